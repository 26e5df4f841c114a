// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One recorded exchange with a real server: a request, the status and headers of its response, the response's body in the
 * chunks that the server wrote, and how it ended. All times count from when the request was sent.
 *
 * <p>A recording is a file of JSON Lines. The kit comes with recordings of a real Ollama: {@link #bundledNames()},
 * {@link #bundled(String)}.
 */
public final class Recording {

    private final String name;
    private final RecordedExchange exchange;

    Recording(String name, RecordedExchange exchange) {
        this.name = name;
        this.exchange = exchange;
    }

    /**
     * Reads a recording from a file.
     *
     * @param file the file; the recording's name is the file's without {@code .jsonl}
     * @return the recording
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when it is not a recording
     */
    public static Recording read(Path file) {
        return RecordingFiles.read(file);
    }

    /**
     * Reads all recordings of a directory.
     *
     * @param folder the directory; its {@code .jsonl} files are read, subdirectories are not
     * @return the recordings, ordered by name
     * @throws UncheckedIOException when the directory or a file cannot be read
     * @throws IllegalArgumentException when a file is not a recording
     */
    public static List<Recording> readAll(Path folder) {
        return RecordingFiles.readAll(folder);
    }

    /**
     * A recording that the kit comes with.
     *
     * @param name one of {@link #bundledNames()}, such as {@code chat-demo}
     * @return the recording
     * @throws IllegalArgumentException when there is no recording of that name
     */
    public static Recording bundled(String name) {
        return BundledRecordings.read(name);
    }

    /**
     * The names of the recordings that the kit comes with.
     *
     * @return the names, in alphabetical order
     */
    public static List<String> bundledNames() {
        return BundledRecordings.names();
    }

    /**
     * Writes this recording to a file.
     *
     * @param file the file, which is replaced when it exists
     * @throws UncheckedIOException when the file cannot be written
     */
    public void write(Path file) {
        RecordingFiles.write(exchange, file);
    }

    /**
     * The recording's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The request's method.
     *
     * @return such as {@code POST}
     */
    public String method() {
        return exchange.request().method();
    }

    /**
     * The request's path.
     *
     * @return the path with its query
     */
    public String path() {
        return exchange.request().path();
    }

    /**
     * The request's headers.
     *
     * @return the headers, in recorded order and spelling
     */
    public Map<String, List<String>> requestHeaders() {
        return exchange.request().headers();
    }

    /**
     * The request's body as text.
     *
     * @return the body decoded as UTF-8; null when there was none or when it was too long to be recorded
     */
    public @Nullable String requestBody() {
        Bytes body = exchange.request().body();
        return body == null ? null : body.text();
    }

    /**
     * The request's body as bytes.
     *
     * @return a copy of the body; null when there was none or when it was too long to be recorded
     */
    public byte @Nullable [] requestBodyBytes() {
        Bytes body = exchange.request().body();
        return body == null ? null : body.toArray();
    }

    /**
     * The length of the request's body, which is recorded even when the body is too long to be.
     *
     * @return the length in bytes, 0 when there was no body
     */
    public long requestBodyLength() {
        Bytes body = exchange.request().body();
        Long length = exchange.request().bodyLength();
        return length != null ? length : body == null ? 0 : body.size();
    }

    /**
     * The response's status.
     *
     * @return the status code
     */
    public int status() {
        return exchange.response().status();
    }

    /**
     * The response's reason phrase.
     *
     * @return such as {@code OK}
     */
    public String reason() {
        return exchange.response().reason();
    }

    /**
     * The response's headers.
     *
     * @return the headers, in recorded order and spelling
     */
    public Map<String, List<String>> headers() {
        return exchange.response().headers();
    }

    /**
     * The first value of one of the response's headers.
     *
     * @param name the header's name, in any case
     * @return the value, null when the header was absent
     */
    public @Nullable String header(String name) {
        return Headers.first(headers(), name);
    }

    /**
     * When the response's head arrived.
     *
     * @return the time since the request
     */
    public Duration respondedAt() {
        return exchange.response().at();
    }

    /**
     * The response's body in chunks.
     *
     * @return the chunks as the server wrote them
     */
    public List<RecordedChunk> chunks() {
        return exchange.chunks();
    }

    /**
     * The response's body as text.
     *
     * @return all chunks, joined and decoded as UTF-8
     */
    public String body() {
        return content().text();
    }

    /**
     * The response's body as bytes.
     *
     * @return the bytes of all chunks, joined
     */
    public byte[] bodyBytes() {
        return content().toArray();
    }

    /**
     * How the response ended.
     *
     * @return {@code complete}, or {@code cut: …} when the connection ended before the body; {@code cut: reset} when it was reset
     */
    public String end() {
        return exchange.end().how();
    }

    /**
     * When the response ended.
     *
     * @return the time since the request
     */
    public Duration endedAt() {
        return exchange.end().at();
    }

    /**
     * Whether the body was received completely.
     *
     * @return false when the connection ended before
     */
    public boolean complete() {
        return exchange.end().complete();
    }

    /**
     * Whether the connection was reset (TCP RST) before the end of the body, not closed (FIN). Replays end in the same way.
     *
     * @return true when {@link #end()} begins with {@code cut: reset}
     */
    public boolean reset() {
        return end().startsWith(RecordedExchange.End.RESET);
    }

    private Bytes content() {
        return Bytes.join(chunks().stream().map(RecordedChunk::content).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording that && name.equals(that.name) && exchange.equals(that.exchange);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, exchange);
    }

    @Override
    public String toString() {
        return name + ": " + method() + " " + path() + " → " + status() + ", " + chunks().size() + " chunks, " + end();
    }
}
