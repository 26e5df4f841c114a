// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records one exchange while it happens. */
final class ExchangeRecorder {

    /** Of a longer request body only the length is recorded. */
    private static final int MAX_REQUEST_BODY = 128 * 1024 * 1024;
    /** The path of an uploaded blob tells its content. */
    private static final int MAX_BLOB = 64 * 1024;

    private static final String BLOBS = "/api/blobs/";

    private final long start = System.nanoTime();
    private final String name;
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<RecordedChunk> chunks = new ArrayList<>();
    private final int maxBody;
    private final Redaction redaction;
    private long bodyLength;
    private boolean ended;
    private RecordedExchange.@Nullable Response response;

    ExchangeRecorder(String name, String method, String path, Map<String, List<String>> headers, Redaction redaction) {
        this.name = name;
        this.method = method;
        this.path = redaction.text(path);
        this.maxBody = path.contains(BLOBS) ? MAX_BLOB : MAX_REQUEST_BODY;
        this.headers = redaction.headers(headers);
        this.redaction = redaction;
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    synchronized void requestBody(byte[] bytes) {
        bodyLength += bytes.length;
        if (bodyLength <= maxBody) {
            body.writeBytes(bytes);
        }
    }

    synchronized void responseHead(int status, String reason, Map<String, List<String>> responseHeaders) {
        response = new RecordedExchange.Response(now(), status, reason, redaction.headers(responseHeaders));
    }

    synchronized void responseChunk(Bytes chunk) {
        chunks.add(new RecordedChunk(now(), chunk));
    }

    /** The recording; null when there was no response, and after the first call that gave a recording. */
    synchronized @Nullable Recording end(String how) {
        if (response == null || ended) {
            return null;
        }
        ended = true;
        Bytes kept = bodyLength == 0 || bodyLength > maxBody ? null : redaction.body(Bytes.of(body.toByteArray()));
        Long length = bodyLength > maxBody ? Long.valueOf(bodyLength) : null;
        RecordedExchange.Request request = new RecordedExchange.Request(method, path, headers, kept, length);
        return new Recording(
                name,
                new RecordedExchange(
                        request, response, redaction.chunks(chunks), new RecordedExchange.End(now(), how)));
    }
}
