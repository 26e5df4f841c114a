// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/**
 * A function that the model may call.
 *
 * <p>The parameters' schema goes onto the wire as it is. The server keeps {@code type}, {@code properties},
 * {@code required}, {@code $defs}, {@code items}, {@code description}, {@code enum} and {@code anyOf} of it, and drops other
 * keywords before the model sees them.
 */
public final class Tool extends RequestFields<Tool> {
    private Tool(JsonObject fields) {
        super(fields);
    }

    /**
     * A function.
     *
     * @param name its name
     * @param description what it does, for the model
     * @param parameters the JSON Schema of its arguments, an object
     * @return the tool
     */
    public static Tool function(String name, String description, JsonValue parameters) {
        JsonObject function = JsonObject.EMPTY
                .with("name", required("name", name))
                .with("description", description)
                .with("parameters", parameters);
        return new Tool(JsonObject.EMPTY.with("type", "function").with("function", function));
    }

    /**
     * A function.
     *
     * @param name its name
     * @param description what it does, for the model
     * @param parameters the schema of its arguments, of an object
     * @return the tool
     */
    public static Tool function(String name, String description, JsonSchema parameters) {
        return function(name, description, parameters.fields());
    }

    /**
     * A function that takes what a record holds, see {@link JsonSchema#of(Class)}. Read a call's arguments by
     * {@link JsonValue#as}.
     *
     * @param name its name
     * @param description what it does, for the model
     * @param parameters the record
     * @return the tool
     * @throws IllegalArgumentException when a component's type has no schema
     */
    public static Tool function(String name, String description, Class<? extends Record> parameters) {
        return function(name, description, JsonSchema.of(parameters));
    }

    /**
     * A tool whose definition exists as JSON already; it is sent as it is.
     *
     * @param definition the whole tool: {@code {"type":"function","function":{…}}}
     * @return the tool
     */
    public static Tool of(JsonObject definition) {
        return new Tool(definition);
    }

    @Override
    protected Tool copy(JsonObject fields) {
        return new Tool(fields);
    }
}
