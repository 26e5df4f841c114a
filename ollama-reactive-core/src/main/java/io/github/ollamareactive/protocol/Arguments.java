// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Checks of arguments. Each gives back the value that it has checked. */
public final class Arguments {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Arguments() {}

    /**
     * Rejects a missing or blank text.
     *
     * @param name the argument's name
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException when it is blank
     */
    public static String required(String name, String value) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }

    /**
     * Rejects zero and negative numbers.
     *
     * @param name the argument's name
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException when it is not positive
     */
    public static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
        return value;
    }

    /**
     * Rejects zero and negative durations, and those that nanoseconds can't count.
     *
     * @param name the argument's name
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException when it is not positive, or longer than 100 years
     */
    public static Duration positive(String name, Duration value) {
        if (requireNonNull(value, name).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be at most 100 years: " + value);
        }
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
        return value;
    }

    /**
     * Rejects negative numbers.
     *
     * @param name the argument's name
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException when it is negative
     */
    public static int notNegative(String name, int value) {
        return (int) notNegative(name, (long) value);
    }

    /**
     * Rejects negative numbers.
     *
     * @param name the argument's name
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException when it is negative
     */
    public static long notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }
}
