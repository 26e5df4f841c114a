// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.time.Duration;

/**
 * How long a model stays loaded after a request (wire field {@code keep_alive}). Unset, the server's own setting holds: five
 * minutes by default.
 *
 * @param toJson the value as the wire has it: a number of seconds, or text such as {@code "10m"}
 */
public record KeepAlive(JsonValue toJson) implements JsonWritable {
    /** Never unload the model; {@code -1} on the wire. */
    public static final KeepAlive FOREVER = new KeepAlive(new JsonNumber("-1"));

    /** Unload the model as soon as the request is done; {@code 0} on the wire. */
    public static final KeepAlive UNLOAD = new KeepAlive(new JsonNumber("0"));

    private static final long[] UNIT_NANOS = {
        3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };
    private static final String[] UNITS = {"h", "m", "s", "ms", "us", "ns"};

    /**
     * Keeps the model for a time.
     *
     * @param duration the time; zero unloads at once, and any negative one means for ever
     * @return the value, in the largest unit that divides it, as {@code "5m"}
     */
    public static KeepAlive of(Duration duration) {
        if (duration.isZero()) {
            return UNLOAD;
        } else if (duration.isNegative()) {
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
     * Keeps the model for a number of seconds.
     *
     * @param seconds the seconds, with a fraction if wanted; zero unloads at once, negative means for ever
     * @return the value, a number on the wire
     */
    public static KeepAlive seconds(double seconds) {
        if (seconds == 0) {
            return UNLOAD;
        } else if (seconds < 0) {
            return FOREVER;
        }
        return new KeepAlive(
                seconds == Math.rint(seconds) && seconds < 1e15 ? JsonValue.of((long) seconds) : JsonValue.of(seconds));
    }
}
