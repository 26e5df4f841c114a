// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A change to a body at one place: after so many lines, or at a byte, and at its end where it is shorter. Something is put
 * in, a pause is made, and the answer may stop there.
 */
record Edit(Place place, long count, Bytes insert, Duration pause, Ending.@Nullable Kind stop) {

    enum Place {
        BYTES,
        LINES
    }

    static Edit afterLines(long lines) {
        return at(Place.LINES, lines, "lines");
    }

    static Edit atByte(long bytes) {
        return at(Place.BYTES, bytes, "bytes");
    }

    private static Edit at(Place place, long count, String name) {
        if (count < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + count);
        }
        return new Edit(place, count, Bytes.EMPTY, Duration.ZERO, null);
    }

    Edit insert(Bytes bytes) {
        return new Edit(place, count, bytes, pause, stop);
    }

    Edit pause(Duration duration) {
        return new Edit(place, count, insert, duration, stop);
    }

    Edit stop(Ending.Kind kind) {
        return new Edit(place, count, insert, pause, kind);
    }
}
