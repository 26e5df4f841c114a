// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A function call that the model asks for. It always arrives complete, and its arguments are always an object.
 *
 * @param id the id that the tool's result refers to; null when the server sent none
 * @param index its position in the answer (wire field {@code function.index}), not unique; null when absent
 * @param name the function's name
 * @param arguments the arguments, in the order received; bind them with {@link JsonValue#as}
 */
public record ToolCall(@Nullable String id, @Nullable Integer index, String name, JsonObject arguments)
        implements JsonWritable {
    /**
     * Checks that name and arguments are present.
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

    /** {@return the call as a later request sends it back, with everything that was received} */
    @Override
    public JsonObject toJson() {
        JsonObject function =
                JsonObject.EMPTY.with("index", index).with("name", name).with("arguments", arguments);
        return JsonObject.EMPTY.with("id", id).with("function", function);
    }
}
