// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes down one exchange while it happens. */
final class ExchangeRecorder {

    /** A longer body leaves its length only. */
    private static final int MOST_BODY = 64 * 1024;

    private final long start = System.nanoTime();
    private final String name;
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Recording.Chunk> chunks = new ArrayList<>();
    private long bodyLength;
    private boolean ended;
    private Recording.@Nullable Answered answered;

    ExchangeRecorder(String name, String method, String path, Map<String, List<String>> headers) {
        this.name = name;
        this.method = method;
        this.path = path;
        this.headers = HeaderFilters.leftOut(headers);
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    synchronized void sent(byte[] bytes) {
        bodyLength += bytes.length;
        if (bodyLength <= MOST_BODY) {
            body.writeBytes(bytes);
        }
    }

    synchronized void answered(int status, String reason, Map<String, List<String>> answerHeaders) {
        answered = new Recording.Answered(now(), status, reason, HeaderFilters.leftOut(answerHeaders));
    }

    synchronized void came(Bytes chunk) {
        chunks.add(new Recording.Chunk(now(), chunk));
    }

    /** The recording; null where there was no answer that could be recorded, and after the first end. */
    synchronized @Nullable Recording end(String how) {
        if (answered == null || ended) {
            return null;
        }
        ended = true;
        Bytes kept = bodyLength == 0 || bodyLength > MOST_BODY ? null : Bytes.of(body.toByteArray());
        Long length = bodyLength > MOST_BODY ? Long.valueOf(bodyLength) : null;
        return new Recording(
                name,
                new Recording.Sent(method, path, headers, kept, length),
                answered,
                chunks,
                new Recording.Ended(now(), how));
    }
}
