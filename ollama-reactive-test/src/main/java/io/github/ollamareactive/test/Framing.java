// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

/** How a client is told where the body ends. */
enum Framing {
    CHUNKED,
    LENGTH,
    /** Neither: the body ends with the connection. */
    CONNECTION;

    static final String TRANSFER_ENCODING = "Transfer-Encoding";
    static final String CONTENT_LENGTH = "Content-Length";

    static Framing of(Recording recording) {
        if ("chunked".equalsIgnoreCase(recording.header(TRANSFER_ENCODING))) {
            return CHUNKED;
        }
        return recording.header(CONTENT_LENGTH) != null ? LENGTH : CONNECTION;
    }
}
