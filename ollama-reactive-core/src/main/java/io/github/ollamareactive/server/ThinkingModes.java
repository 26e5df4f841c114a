// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.generation.Think;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model thinks ({@code thinking} of {@code show}; since server 0.34.3).
 *
 * @param values what a request's {@code think} may be, in the server's order; with another one the model takes its default
 * @param defaultValue what a request without {@code think} means ({@code default}); null when absent
 */
public record ThinkingModes(List<Think> values, @Nullable Think defaultValue) {
    /**
     * Copies the list.
     *
     * @param values see the record
     * @param defaultValue see the record
     */
    public ThinkingModes {
        values = List.copyOf(values);
    }

    /**
     * Whether the model can think.
     *
     * @return false when {@code false} is its only value
     */
    public boolean isSupported() {
        return values.stream().anyMatch(value -> !value.equals(Think.OFF));
    }

    /**
     * Whether its thinking can be switched off.
     *
     * @return true when {@code false} is among its values
     */
    public boolean canBeSwitchedOff() {
        return values.contains(Think.OFF);
    }
}
