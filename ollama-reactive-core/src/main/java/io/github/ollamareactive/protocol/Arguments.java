// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

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
     * Rejects a missing list and missing elements.
     *
     * @param name the argument's name
     * @param values its value
     * @param <T> the elements
     * @return a copy
     */
    public static <T> List<T> all(String name, Collection<? extends T> values) {
        List<T> copy = new ArrayList<>(requireNonNull(values, name).size());
        for (T value : values) {
            copy.add(requireNonNull(value, () -> name + "[" + copy.size() + "]"));
        }
        return copy;
    }

    /**
     * Rejects a missing array and missing elements.
     *
     * @param name the argument's name
     * @param values its value
     * @param <T> the elements
     * @return a copy
     */
    public static <T> List<T> all(String name, T[] values) {
        return all(name, Arrays.asList(requireNonNull(values, name)));
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
     * Rejects zero and negative durations.
     *
     * @param name the argument's name
     * @param value its value
     * @return the value; 100 years for a longer one, which is meant to be for ever and which nanoseconds can't count
     * @throws IllegalArgumentException when it is not positive
     */
    public static Duration positive(String name, Duration value) {
        if (requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
        return value.compareTo(LONGEST) > 0 ? LONGEST : value;
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
