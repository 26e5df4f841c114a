// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

/** How a client is told where the body ends. */
enum Framing {
    CHUNKED,
    LENGTH,
    /** Neither: the body ends with the connection. */
    CONNECTION;

    static Framing of(Recording recording) {
        if ("chunked".equalsIgnoreCase(recording.header("Transfer-Encoding"))) {
            return CHUNKED;
        }
        return recording.header("Content-Length") != null ? LENGTH : CONNECTION;
    }
}
