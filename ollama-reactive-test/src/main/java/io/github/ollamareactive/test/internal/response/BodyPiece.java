// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A part of a body that is written and flushed at once: a range of bytes. A piece without bytes is only a pause.
 *
 * @param bytes the bytes that the range is taken from
 * @param from the range's first index
 * @param to the index after the range
 * @param announced the size in the HTTP chunk's header; larger than the range when the chunk is to be truncated
 * @param gap the recorded time since the previous piece, which a pace changes
 * @param pause a scripted wait before the piece, which every pace keeps
 * @param timeAt where in the bytes a {@link CreatedAt} stands that is to be the time when the piece is due; -1 for nowhere
 */
public record BodyPiece(Bytes bytes, int from, int to, int announced, Duration gap, Duration pause, int timeAt) {

    static BodyPiece of(Bytes bytes, int from, int to) {
        return new BodyPiece(bytes, from, to, to - from, Duration.ZERO, Duration.ZERO, -1);
    }

    public static BodyPiece of(Bytes bytes, Duration gap) {
        return new BodyPiece(bytes, 0, bytes.size(), bytes.size(), gap, Duration.ZERO, -1);
    }

    /** A document or line of a generation, which gets the time when it is due. */
    public static BodyPiece timed(String line) {
        Bytes bytes = Bytes.of(line);
        return new BodyPiece(
                bytes, 0, bytes.size(), bytes.size(), Duration.ZERO, Duration.ZERO, CreatedAt.indexIn(line));
    }

    BodyPiece at(Instant time) {
        if (timeAt < 0) {
            return this;
        }
        byte[] changed = bytes.toArray();
        byte[] digits = CreatedAt.bytes(time);
        System.arraycopy(digits, 0, changed, timeAt, digits.length);
        return new BodyPiece(Bytes.of(changed), from, to, announced, gap, pause, timeAt);
    }

    public static BodyPiece of(Bytes bytes) {
        return of(bytes, Duration.ZERO);
    }

    public int size() {
        return to - from;
    }

    Bytes content() {
        return size() == bytes.size() ? bytes : Bytes.of(Arrays.copyOfRange(bytes.array(), from, to));
    }

    public boolean isPause() {
        return announced == 0;
    }

    BodyPiece after(Duration newGap, Duration newPause) {
        return new BodyPiece(bytes, from, to, announced, newGap, newPause, timeAt);
    }

    public BodyPiece afterPause(Duration newPause) {
        return after(gap, newPause);
    }

    /** The first bytes of this piece, announced as the whole. */
    BodyPiece truncatedTo(int count) {
        return new BodyPiece(bytes, from, from + count, announced, gap, pause, timeAt);
    }

    /** The first bytes of this piece as a piece of their own. */
    BodyPiece first(int count) {
        return new BodyPiece(bytes, from, from + count, count, gap, pause, timeAt);
    }

    BodyPiece without(int firstBytes) {
        return new BodyPiece(
                bytes, from + firstBytes, to, to - from - firstBytes, Duration.ZERO, Duration.ZERO, timeAt);
    }
}
