// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.github.ollamareactive.test.internal.server.RequestForwarder;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records one exchange while it happens. */
final class ExchangeRecorder implements RequestForwarder.Observer {

    /** Of a longer request body only the length is recorded. */
    private static final int MAX_REQUEST_BODY = 128 * 1024 * 1024;
    /** The path of an uploaded blob tells its content. */
    private static final int MAX_BLOB = 64 * 1024;

    private final long start = System.nanoTime();
    private final String name;
    private final Route route;
    private final Map<String, List<String>> headers;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<RecordedChunk> chunks = new ArrayList<>();
    private final int maxBody;
    private final Redaction redaction;
    private long bodyLength;
    private boolean ended;
    private RecordedExchange.@Nullable Response response;

    ExchangeRecorder(String name, Route route, Map<String, List<String>> headers, Redaction redaction) {
        this.name = name;
        this.route = new Route(route.method(), redaction.text(route.path()));
        this.maxBody = route.isBlob() ? MAX_BLOB : MAX_REQUEST_BODY;
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

    @Override
    public synchronized void responseHead(ResponseHead head) {
        response = new RecordedExchange.Response(
                now(), head.status(), requireNonNull(head.reason(), "reason"), redaction.headers(head.headers()));
    }

    synchronized boolean hasResponse() {
        return response != null;
    }

    @Override
    public synchronized void responseChunk(Bytes chunk) {
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
        RecordedExchange.Request request =
                new RecordedExchange.Request(route.method(), route.path(), headers, kept, length);
        return new Recording(
                name,
                new RecordedExchange(
                        request, response, redaction.chunks(chunks), new RecordedExchange.End(now(), how)));
    }
}
