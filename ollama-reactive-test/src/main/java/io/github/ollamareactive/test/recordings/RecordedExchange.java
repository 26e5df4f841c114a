// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of a recording. Times count from when the request was sent. */
record RecordedExchange(Request request, Response response, List<RecordedChunk> chunks, End end) {

    RecordedExchange {
        chunks = List.copyOf(chunks);
    }

    /** The request. Of a body that is too long to be recorded only the length is known. */
    record Request(
            String method,
            String path,
            Map<String, List<String>> headers,
            @Nullable Bytes body,
            @Nullable Long bodyLength) {}

    /** Status and headers. */
    record Response(Duration at, int status, String reason, Map<String, List<String>> headers) {}

    /** The end of the body. */
    record End(Duration at, String how) {

        static final String COMPLETE = "complete";
        static final String RESET = "cut: reset";

        boolean complete() {
            return how.equals(COMPLETE);
        }
    }
}
