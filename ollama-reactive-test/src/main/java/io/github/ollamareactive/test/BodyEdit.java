// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A change to a body at one place: after so many lines, or at a byte, and at its end where it is shorter. Something is put
 * in, a pause is made, and the answer may stop there.
 */
record BodyEdit(Place place, long count, Bytes insert, Duration pause, ResponseEnd.@Nullable Kind stop) {

    enum Place {
        BYTES,
        LINES
    }

    static BodyEdit afterLines(long lines) {
        return at(Place.LINES, lines, "lines");
    }

    static BodyEdit atByte(long bytes) {
        return at(Place.BYTES, bytes, "bytes");
    }

    private static BodyEdit at(Place place, long count, String name) {
        if (count < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + count);
        }
        return new BodyEdit(place, count, Bytes.EMPTY, Duration.ZERO, null);
    }

    BodyEdit insert(Bytes bytes) {
        return new BodyEdit(place, count, bytes, pause, stop);
    }

    BodyEdit pause(Duration duration) {
        return new BodyEdit(place, count, insert, duration, stop);
    }

    BodyEdit stop(ResponseEnd.Kind kind) {
        return new BodyEdit(place, count, insert, pause, kind);
    }
}
