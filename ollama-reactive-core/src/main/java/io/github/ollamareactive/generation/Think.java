// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.required;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.JsonWritable;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how much a thinking model thinks (wire field {@code think}). Since server 0.34.3 each model names its own levels, which
 * {@code show} lists in {@link io.github.ollamareactive.server.ModelEvent.Shown#thinking()}; a server takes a word that the model doesn't
 * list for the model's default, and an older one refuses what isn't among {@link #LOW}, {@link #MEDIUM}, {@link #HIGH} and {@link #MAX}.
 */
public final class Think implements JsonWritable {
    /** No thinking ({@code false}). */
    public static final Think OFF = new Think(new JsonBoolean(false));

    /** Thinking ({@code true}); gpt-oss models take it as {@link #MEDIUM}. */
    public static final Think ON = new Think(new JsonBoolean(true));

    /** The lowest level that most models with levels have. */
    public static final Think LOW = of("low");

    /** The middle level that most models with levels have. */
    public static final Think MEDIUM = of("medium");

    /** The high level that most models with levels have. */
    public static final Think HIGH = of("high");

    /** The highest level; gpt-oss models take it as {@link #HIGH}. */
    public static final Think MAX = of("max");

    private final JsonValue value;

    private Think(JsonValue value) {
        this.value = value;
    }

    /**
     * The level with a given name on the wire.
     *
     * @param level as the model names it, {@code xhigh} for example; sent unchanged
     * @return the level
     * @throws IllegalArgumentException when it is empty: a server would take it for the model's default
     */
    public static Think of(String level) {
        return new Think(new JsonString(required("level", level)));
    }

    /**
     * Thinking switched on or off.
     *
     * @param on true for thinking
     * @return {@link #ON} or {@link #OFF}
     */
    public static Think of(boolean on) {
        return on ? ON : OFF;
    }

    @Override
    public JsonValue toJson() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Think think && think.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@return the word on the wire: a level, {@code true} or {@code false}} */
    @Override
    public String toString() {
        return value instanceof JsonString level ? level.value() : value.toString();
    }
}
