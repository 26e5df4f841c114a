// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.JsonWritable;
import java.util.Arrays;
import java.util.Locale;

/** How hard a thinking model thinks (wire field {@code think}). {@code true} and {@code false} are withers of their own. */
public enum Think implements JsonWritable {
    /** Little. */
    LOW,
    /** Middling; what {@code true} means to gpt-oss models. */
    MEDIUM,
    /** Much. */
    HIGH,
    /** As much as the model can. */
    MAX;

    /**
     * Reads a level by its name on the wire.
     *
     * @param level {@code low}, {@code medium}, {@code high} or {@code max}
     * @return the level
     * @throws IllegalArgumentException when there is no such level
     */
    public static Think of(String level) {
        return Arrays.stream(values())
                .filter(v -> v.toString().equals(level))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "think: unknown level '" + level + "', there are low, medium, high and max"));
    }

    @Override
    public JsonValue toJson() {
        return new JsonString(toString());
    }

    /** The name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
