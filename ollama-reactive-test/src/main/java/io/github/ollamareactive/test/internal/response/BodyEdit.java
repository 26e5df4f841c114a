// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A change to a body at one position, or at its end when the body is shorter: pause, insert bytes, then stop or go on.
 *
 * @param unit what the position is counted in
 * @param position how many lines or bytes stand before it
 * @param insert what to insert
 * @param pause how long to wait before the inserted bytes
 * @param stop how the response ends here; null when the rest follows
 */
public record BodyEdit(Unit unit, long position, Bytes insert, Duration pause, ResponseEnd.@Nullable Kind stop) {

    /** What a position is counted in. */
    public enum Unit {
        BYTES,
        LINES
    }

    public static BodyEdit afterLines(long lines) {
        return at(Unit.LINES, lines, "lines");
    }

    public static BodyEdit atByte(long bytes) {
        return at(Unit.BYTES, bytes, "bytes");
    }

    private static BodyEdit at(Unit unit, long position, String name) {
        if (position < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + position);
        }
        return new BodyEdit(unit, position, Bytes.EMPTY, Duration.ZERO, null);
    }

    public BodyEdit insert(Bytes bytes) {
        return new BodyEdit(unit, position, bytes, pause, stop);
    }

    public BodyEdit pause(Duration duration) {
        return new BodyEdit(unit, position, insert, duration, stop);
    }

    public BodyEdit stop(ResponseEnd.Kind kind) {
        return new BodyEdit(unit, position, insert, pause, kind);
    }
}
