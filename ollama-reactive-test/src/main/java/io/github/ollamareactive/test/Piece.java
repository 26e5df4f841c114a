// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;

/** What is written and flushed in one go: a range of bytes, and how long after the one before it was recorded. */
record Piece(Bytes bytes, int from, int to, Duration gap) {

    static Piece of(Bytes bytes, Duration gap) {
        return new Piece(bytes, 0, bytes.size(), gap);
    }

    static Piece of(Bytes bytes) {
        return of(bytes, Duration.ZERO);
    }

    int size() {
        return to - from;
    }
}
