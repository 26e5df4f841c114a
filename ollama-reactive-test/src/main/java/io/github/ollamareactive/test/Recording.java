// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with a real server, read from JSON Lines: a request, the status and headers of its answer, the answer's
 * chunks as the server wrote them, and how it ended. Times count from the moment the request was sent.
 *
 * <p>Recordings of a real Ollama come along: {@link #bundledNames()}, {@link #bundled(String)}.
 */
public final class Recording {

    static final String SUFFIX = ".jsonl";
    private static final String COMPLETE = "complete";

    private final String name;
    private final Sent sent;
    private final Answered answered;
    private final List<Chunk> chunks;
    private final Ended ended;

    Recording(String name, Sent sent, Answered answered, List<Chunk> chunks, Ended ended) {
        this.name = name;
        this.sent = sent;
        this.answered = answered;
        this.chunks = List.copyOf(chunks);
        this.ended = ended;
    }

    /** The request. A body too long to be kept left its length only. */
    record Sent(
            String method,
            String path,
            Map<String, List<String>> headers,
            @Nullable Bytes body,
            @Nullable Long bodyLength) {}

    record Answered(Duration at, int status, String reason, Map<String, List<String>> headers) {}

    record Ended(Duration at, String how) {}

    /**
     * A piece of the body: the payload of one HTTP chunk, or what was read at once of a body with a Content-Length.
     *
     * @param at when it came, counted from the request
     * @param content its bytes
     */
    public record Chunk(Duration at, Bytes content) {

        /**
         * The chunk as text.
         *
         * @return the bytes read as UTF-8
         */
        public String text() {
            return content.text();
        }
    }

    /**
     * Reads a recording from a file.
     *
     * @param file the file; its name without {@code .jsonl} becomes the recording's
     * @return the recording
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when it is no recording
     */
    public static Recording read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return RecordingFormat.read(nameOf(file), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads all recordings of a folder.
     *
     * @param folder the folder; its {@code .jsonl} files are read, those of sub-folders are not
     * @return the recordings, ordered by name
     * @throws UncheckedIOException when the folder or a file cannot be read
     * @throws IllegalArgumentException when a file is no recording
     */
    public static List<Recording> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(Recording::read)
                    .sorted(Comparator.comparing(Recording::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A recording that comes with this library.
     *
     * @param name one of {@link #bundledNames()}, such as {@code chat-demo}
     * @return the recording
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Recording bundled(String name) {
        return BundledRecordings.read(name);
    }

    /**
     * The names of the recordings that come with this library.
     *
     * @return the names, in alphabetical order
     */
    public static List<String> bundledNames() {
        return BundledRecordings.names();
    }

    /**
     * Writes this recording to a file.
     *
     * @param file replaced when it exists
     * @throws UncheckedIOException when the file cannot be written
     */
    public void write(Path file) {
        try {
            Files.writeString(file, RecordingFormat.write(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path file) {
        String name = Objects.requireNonNull(file.getFileName(), "file name").toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /**
     * What the recording is called.
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
        return sent.method();
    }

    /**
     * The request's path.
     *
     * @return the path with its query
     */
    public String path() {
        return sent.path();
    }

    /**
     * The request's headers.
     *
     * @return the headers, in recorded order and spelling
     */
    public Map<String, List<String>> requestHeaders() {
        return sent.headers();
    }

    /**
     * The request's body as text.
     *
     * @return the body, null where there was none or where it was too long to be recorded
     */
    public @Nullable String requestBody() {
        Bytes body = sent.body();
        return body == null ? null : body.text();
    }

    /**
     * The answer's status.
     *
     * @return the status code
     */
    public int status() {
        return answered.status();
    }

    /**
     * The answer's reason phrase.
     *
     * @return such as {@code OK}
     */
    public String reason() {
        return answered.reason();
    }

    /**
     * The answer's headers.
     *
     * @return the headers, in recorded order and spelling
     */
    public Map<String, List<String>> headers() {
        return answered.headers();
    }

    /**
     * The first value of one of the answer's headers.
     *
     * @param name the header's name, in any case
     * @return the value, null when the header was absent
     */
    public @Nullable String header(String name) {
        return Headers.first(answered.headers(), name);
    }

    /**
     * When the answer's head came.
     *
     * @return the time since the request
     */
    public Duration respondedAt() {
        return answered.at();
    }

    /**
     * The answer's body, piece by piece.
     *
     * @return the chunks as the server wrote them
     */
    public List<Chunk> chunks() {
        return chunks;
    }

    /**
     * The answer's whole body as text.
     *
     * @return all chunks, joined and read as UTF-8
     */
    public String body() {
        return content().text();
    }

    /**
     * The answer's whole body.
     *
     * @return the bytes of all chunks, joined
     */
    public byte[] bodyBytes() {
        return content().toArray();
    }

    /**
     * How the answer ended.
     *
     * @return {@code complete}, or {@code cut: …} when the connection died before the body's end
     */
    public String end() {
        return ended.how();
    }

    /**
     * When the answer ended.
     *
     * @return the time since the request
     */
    public Duration endedAt() {
        return ended.at();
    }

    /**
     * Whether the body came to its end.
     *
     * @return false when the connection died before
     */
    public boolean complete() {
        return ended.how().equals(COMPLETE);
    }

    private Bytes content() {
        return Bytes.join(chunks.stream().map(Chunk::content).toList());
    }

    Sent sent() {
        return sent;
    }

    Answered answered() {
        return answered;
    }

    Ended ended() {
        return ended;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording that
                && name.equals(that.name)
                && sent.equals(that.sent)
                && answered.equals(that.answered)
                && chunks.equals(that.chunks)
                && ended.equals(that.ended);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, sent, answered, chunks, ended);
    }

    @Override
    public String toString() {
        return name + ": " + method() + " " + path() + " → " + status() + ", " + chunks.size() + " chunks, " + end();
    }
}
