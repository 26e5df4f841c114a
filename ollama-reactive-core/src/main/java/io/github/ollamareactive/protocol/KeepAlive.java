// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.time.Duration;

/**
 * How long a model stays loaded after a request (wire field {@code keep_alive}). When a request has none, the server's
 * setting applies: five minutes by default.
 *
 * @param toJson the value on the wire: a number of seconds, or text such as {@code "10m"}
 */
public record KeepAlive(JsonValue toJson) implements JsonWritable {
    /**
     * Checks that the value is present.
     *
     * @param toJson see the record
     */
    public KeepAlive {
        requireNonNull(toJson, "toJson");
    }

    /** Never unload the model; {@code -1} on the wire. */
    public static final KeepAlive FOREVER = new KeepAlive(new JsonNumber("-1"));

    /** Unload the model when the request is done; {@code 0} on the wire. */
    public static final KeepAlive UNLOAD = new KeepAlive(new JsonNumber("0"));

    /** The longest that the server's nanoseconds can count. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final long[] UNIT_NANOS = {
        3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };
    private static final String[] UNITS = {"h", "m", "s", "ms", "us", "ns"};

    /**
     * Keeps the model loaded for a duration.
     *
     * @param duration the duration; zero is {@link #UNLOAD}; a negative one, and one of more than 292 years, as
     *     {@code ChronoUnit.FOREVER}, is {@link #FOREVER}
     * @return the value, in the largest unit that gives a whole number, as {@code "5m"}
     */
    public static KeepAlive of(Duration duration) {
        if (requireNonNull(duration, "duration").isZero()) {
            return UNLOAD;
        } else if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            return FOREVER;
        }
        long nanos = duration.toNanos();
        int unit = 0;
        while (nanos % UNIT_NANOS[unit] != 0) {
            unit++;
        }
        return new KeepAlive(new JsonString(nanos / UNIT_NANOS[unit] + UNITS[unit]));
    }

    /**
     * Keeps the model loaded for a number of seconds.
     *
     * @param seconds the seconds, fractions allowed; zero is {@link #UNLOAD}; a negative number, and more than 292 years,
     *     {@link #FOREVER}
     * @return the value, a number on the wire
     */
    public static KeepAlive seconds(double seconds) {
        if (seconds == 0) {
            return UNLOAD;
        } else if (seconds < 0 || seconds > LONGEST.toSeconds()) {
            return FOREVER;
        }
        return new KeepAlive(
                seconds == Math.rint(seconds) && seconds < 1e15 ? JsonValue.of((long) seconds) : JsonValue.of(seconds));
    }
}
