// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.List;
import java.util.Map;

/** How a client is told where the body ends. */
enum BodyFraming {
    CHUNKED,
    LENGTH,
    /** Neither: the body ends with the connection. */
    CONNECTION;

    static final String TRANSFER_ENCODING = "Transfer-Encoding";
    static final String CONTENT_LENGTH = "Content-Length";

    static BodyFraming of(Recording recording) {
        return of(recording.headers());
    }

    static BodyFraming of(Map<String, List<String>> headers) {
        if ("chunked".equalsIgnoreCase(Headers.first(headers, TRANSFER_ENCODING))) {
            return CHUNKED;
        }
        return Headers.first(headers, CONTENT_LENGTH) != null ? LENGTH : CONNECTION;
    }
}
