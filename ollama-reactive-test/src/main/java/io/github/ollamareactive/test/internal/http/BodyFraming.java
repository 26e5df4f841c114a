// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.http;

import java.util.List;
import java.util.Map;

/** How a message tells the receiver where its body ends. */
public enum BodyFraming {
    /** {@code Transfer-Encoding: chunked}. */
    CHUNKED,
    /** {@code Content-Length}. */
    LENGTH,
    /** Neither header: the body ends when the connection is closed. */
    CONNECTION;

    public static final String TRANSFER_ENCODING = "Transfer-Encoding";
    public static final String CONTENT_LENGTH = "Content-Length";

    public static BodyFraming of(Map<String, List<String>> headers) {
        if ("chunked".equalsIgnoreCase(Headers.first(headers, TRANSFER_ENCODING))) {
            return CHUNKED;
        }
        return Headers.first(headers, CONTENT_LENGTH) != null ? LENGTH : CONNECTION;
    }
}
