// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/**
 * A function that the model may call.
 *
 * <p>The schema of the parameters is sent unchanged. The server passes {@code type}, {@code properties},
 * {@code required}, {@code $defs}, {@code items}, {@code description}, {@code enum} and {@code anyOf} on to the model
 * and drops other keywords.
 */
public final class Tool extends RequestFields<Tool> {
    private Tool(JsonObject fields) {
        super(fields);
    }

    /**
     * Describes a function.
     *
     * @param name its name
     * @param description what it does, for the model
     * @param parameters the JSON Schema of its arguments, a JSON object
     * @return the tool
     */
    public static Tool function(String name, String description, JsonValue parameters) {
        JsonObject function = JsonObject.EMPTY
                .with("name", required("name", name))
                .with("description", requireNonNull(description, "description"))
                .with("parameters", requireNonNull(parameters, "parameters"));
        return new Tool(JsonObject.EMPTY.with("type", "function").with("function", function));
    }

    /**
     * Describes a function.
     *
     * @param name its name
     * @param description what it does, for the model
     * @param parameters the schema of its arguments, which are an object
     * @return the tool
     */
    public static Tool function(String name, String description, JsonSchema parameters) {
        return function(
                name, description, requireNonNull(parameters, "parameters").fields());
    }

    /**
     * Describes a function whose arguments are the components of a record, see {@link JsonSchema#of(Class)}.
     * {@link JsonValue#as} binds the arguments of a call to the record.
     *
     * @param name its name
     * @param description what it does, for the model
     * @param parameters the record
     * @return the tool
     * @throws IllegalArgumentException when a component's type has no schema
     */
    public static Tool function(String name, String description, Class<? extends Record> parameters) {
        return function(name, description, JsonSchema.of(requireNonNull(parameters, "parameters")));
    }

    /**
     * A tool whose definition already exists as JSON; it is sent unchanged.
     *
     * @param definition the whole tool: {@code {"type":"function","function":{…}}}
     * @return the tool
     */
    public static Tool of(JsonObject definition) {
        return new Tool(requireNonNull(definition, "definition"));
    }

    @Override
    protected Tool copy(JsonObject fields) {
        return new Tool(fields);
    }
}
