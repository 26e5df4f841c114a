// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A function that the model wants to be called. It always arrives whole; the arguments are an object, never text.
 *
 * @param id what a tool's result refers to; null when the server gave none
 * @param index its place in the answer (wire field {@code function.index}); not a key, it may repeat. Null when absent
 * @param name the function's name
 * @param arguments the arguments, in the order they came; bind them with {@link JsonValue#as}
 */
public record ToolCall(@Nullable String id, @Nullable Integer index, String name, JsonObject arguments)
        implements JsonWritable {
    /**
     * Checks the required parts.
     *
     * @param id see the record
     * @param index see the record
     * @param name see the record
     * @param arguments see the record
     */
    public ToolCall {
        requireNonNull(name, "name");
        requireNonNull(arguments, "arguments");
    }

    /** The call as a history sends it back: what was received, nothing lost. */
    @Override
    public JsonObject toJson() {
        JsonObject function =
                JsonObject.EMPTY.with("index", index).with("name", name).with("arguments", arguments);
        return JsonObject.EMPTY.with("id", id).with("function", function);
    }
}
