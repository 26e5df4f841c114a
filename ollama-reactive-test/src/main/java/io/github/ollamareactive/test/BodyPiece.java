// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.Arrays;

/**
 * What is written and flushed in one go: a range of bytes. The gap is how long after the one before it was recorded, which
 * a pace changes; the pause is a scripted one, which is kept at any pace. The size announced is larger than the range where
 * an HTTP chunk is cut. Without bytes it is a pause and nothing else.
 */
record BodyPiece(Bytes bytes, int from, int to, int announced, Duration gap, Duration pause) {

    static BodyPiece of(Bytes bytes, int from, int to) {
        return new BodyPiece(bytes, from, to, to - from, Duration.ZERO, Duration.ZERO);
    }

    static BodyPiece of(Bytes bytes, Duration gap) {
        return new BodyPiece(bytes, 0, bytes.size(), bytes.size(), gap, Duration.ZERO);
    }

    static BodyPiece of(Bytes bytes) {
        return of(bytes, Duration.ZERO);
    }

    int size() {
        return to - from;
    }

    Bytes content() {
        return size() == bytes.size() ? bytes : Bytes.of(Arrays.copyOfRange(bytes.array(), from, to));
    }

    boolean isPause() {
        return announced == 0;
    }

    BodyPiece after(Duration gap, Duration pause) {
        return new BodyPiece(bytes, from, to, announced, gap, pause);
    }

    BodyPiece after(Duration scripted) {
        return after(gap, scripted);
    }

    /** The first bytes of a piece that announces all of them. */
    BodyPiece first(int count) {
        return new BodyPiece(bytes, from, from + count, announced, gap, pause);
    }

    BodyPiece firstAsWhole(int count) {
        return new BodyPiece(bytes, from, from + count, count, gap, pause);
    }

    BodyPiece rest(int skipped) {
        return of(bytes, from + skipped, to);
    }
}
