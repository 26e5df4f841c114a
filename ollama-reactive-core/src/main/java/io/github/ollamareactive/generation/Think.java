// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.Excerpts;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.JsonWritable;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much a thinking model thinks (wire field {@code think}). For true and false, see
 * {@link GenerationFields#think(boolean)}.
 */
public enum Think implements JsonWritable {
    /** The lowest level. */
    LOW,
    /** The middle level; gpt-oss models take {@code true} as this. */
    MEDIUM,
    /** The high level. */
    HIGH,
    /** The highest level that the model has. */
    MAX;

    /**
     * The level with a given name on the wire.
     *
     * @param level {@code low}, {@code medium}, {@code high} or {@code max}
     * @return the level
     * @throws IllegalArgumentException when there is no such level
     */
    public static Think of(String level) {
        requireNonNull(level, "level");
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(level))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("think: unknown level '" + Excerpts.printable(level)
                        + "', there are low, medium, high and max"));
    }

    @Override
    public JsonValue toJson() {
        return new JsonString(toString());
    }

    /** {@return the name on the wire} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
