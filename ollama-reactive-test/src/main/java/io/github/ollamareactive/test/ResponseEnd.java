// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;

/** How an answer ends, and how long after its last piece that was recorded. */
record ResponseEnd(Kind kind, Duration gap) {

    static final ResponseEnd COMPLETE = of(Kind.COMPLETE);

    enum Kind {
        COMPLETE,
        /** Complete; then the connection, which the client thinks kept, is closed. */
        DROPPED,
        /** The connection stays open, nothing more comes. */
        SILENCE,
        RESET,
        CLOSE,
        /** Closed upon the request: there is no answer at all. */
        UNANSWERED,
        /** Reset upon the request. */
        UNANSWERED_RESET,
        /** The request is taken, and that is all. */
        UNANSWERED_SILENCE;

        boolean completes() {
            return this == COMPLETE || this == DROPPED;
        }

        boolean unanswered() {
            return compareTo(UNANSWERED) >= 0;
        }
    }

    static ResponseEnd of(Kind kind) {
        return new ResponseEnd(kind, Duration.ZERO);
    }

    static ResponseEnd of(Recording recording) {
        Duration last = recording.chunks().isEmpty()
                ? recording.respondedAt()
                : recording.chunks().get(recording.chunks().size() - 1).at();
        Kind kind = recording.complete() ? Kind.COMPLETE : Kind.CLOSE;
        return new ResponseEnd(kind, recording.endedAt().minus(last));
    }
}
