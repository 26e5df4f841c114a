// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import java.time.Duration;

/**
 * How a response ends.
 *
 * @param kind what happens
 * @param gap the recorded time since the last piece
 */
public record ResponseEnd(Kind kind, Duration gap) {

    public static final ResponseEnd COMPLETE = of(Kind.COMPLETE);

    /** What happens to the body and the connection. */
    public enum Kind {
        /** The body ends as its framing says; the connection is kept. */
        COMPLETE,
        /** As {@link #COMPLETE}; then the connection is closed, which no header announced. */
        COMPLETE_AND_CLOSED,
        /** Nothing more is written; the connection stays open. */
        SILENCE,
        /** The connection is reset. */
        RESET,
        /** The connection is closed. */
        CLOSE,
        /** The connection is closed when the request has been read; there is no response. */
        UNANSWERED,
        /** The connection is reset when the request has been read; there is no response. */
        UNANSWERED_RESET,
        /** The request is read; there is no response and the connection stays open. */
        UNANSWERED_SILENCE;

        public boolean completes() {
            return this == COMPLETE || this == COMPLETE_AND_CLOSED;
        }

        public boolean unanswered() {
            return compareTo(UNANSWERED) >= 0;
        }
    }

    public static ResponseEnd of(Kind kind) {
        return new ResponseEnd(kind, Duration.ZERO);
    }
}
