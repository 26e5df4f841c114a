// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.RequestFields;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON Schema: what an answer is constrained to, or what a tool takes.
 *
 * <p>Built by hand, parsed from text, or made {@linkplain #of(Class) of a record}; in each case it goes onto the wire as
 * it is, same keys, same order. Keywords without a method of their own: {@link #with}.
 *
 * <pre>{@code
 * JsonSchema.object()
 *         .required("city", JsonSchema.string().description("without the country"))
 *         .optional("days", JsonSchema.integer().with("maximum", 14));
 * }</pre>
 */
public final class JsonSchema extends RequestFields<JsonSchema> {
    private JsonSchema(JsonObject fields) {
        super(fields);
    }

    @Override
    protected JsonSchema copy(JsonObject fields) {
        return new JsonSchema(fields);
    }

    /**
     * A schema that exists as JSON already.
     *
     * @param schema the document
     * @return the schema
     */
    public static JsonSchema of(JsonObject schema) {
        return new JsonSchema(schema);
    }

    /**
     * Parses a schema; same keys, same order.
     *
     * @param json the text of one JSON object
     * @return the schema
     * @throws IllegalArgumentException when the text is no JSON object
     */
    public static JsonSchema parse(String json) {
        if (JsonValue.parse(json) instanceof JsonObject object) {
            return of(object);
        }
        throw new IllegalArgumentException("schema: not a JSON object: " + json);
    }

    /**
     * Makes the schema of a record: a document that fits it binds to the record by {@link JsonValue#as}.
     *
     * <ul>
     *   <li>Records are objects, also nested and generic ones. A component is required unless it is {@code @Nullable}
     *       (any annotation of that name, on the type or the component) or an {@code Optional}. Names are as the JSON
     *       binding has them.
     *   <li>Collections and arrays are arrays, and bytes base64; maps with text keys are objects with
     *       {@code additionalProperties}; {@code @Nullable} and {@code Optional} elements may be null.
     *   <li>Enums are their names; sealed interfaces of records {@code anyOf} these. Binding takes the first record, in
     *       the order of {@code permits}, that a document fits.
     *   <li>Texts, numbers and booleans are what they are; times, UUIDs and URIs texts with a {@code format} or
     *       {@code pattern}; {@code Object} is anything.
     *   <li>What contains itself stands in {@code $defs}.
     *   <li>{@link Description} gives descriptions.
     * </ul>
     *
     * @param type a record; also a sealed interface, an enum or another of these types
     * @return its schema
     * @throws IllegalArgumentException for a type that is none of these, with the place, as {@code Trip.stops[].place}
     */
    public static JsonSchema of(Class<?> type) {
        return SchemaWalker.schemaOf(requireNonNull(type, "type"));
    }

    /**
     * Anything.
     *
     * @return the schema without keywords
     */
    public static JsonSchema any() {
        return new JsonSchema(JsonObject.EMPTY);
    }

    /**
     * An object; its fields come by {@link #required} and {@link #optional}.
     *
     * @return the schema, without fields yet
     */
    public static JsonSchema object() {
        return type("object").with("properties", JsonObject.EMPTY);
    }

    /**
     * A text.
     *
     * @return the schema
     */
    public static JsonSchema string() {
        return type("string");
    }

    /**
     * A whole number.
     *
     * @return the schema
     */
    public static JsonSchema integer() {
        return type("integer");
    }

    /**
     * A number.
     *
     * @return the schema
     */
    public static JsonSchema number() {
        return type("number");
    }

    /**
     * True or false.
     *
     * @return the schema
     */
    public static JsonSchema bool() {
        return type("boolean");
    }

    /**
     * An array.
     *
     * @param items what each of its items is
     * @return the schema
     */
    public static JsonSchema array(JsonSchema items) {
        return type("array").with("items", requireNonNull(items, "items"));
    }

    /**
     * An object with any names.
     *
     * @param values what each of its values is
     * @return the schema
     */
    public static JsonSchema map(JsonSchema values) {
        return type("object").with("additionalProperties", requireNonNull(values, "values"));
    }

    /**
     * One of some texts.
     *
     * @param values the texts
     * @return the schema
     */
    public static JsonSchema enumeration(String... values) {
        return string().with("enum", List.of(values));
    }

    /**
     * What fits at least one of several schemas.
     *
     * @param alternatives the schemas
     * @return the schema
     */
    public static JsonSchema anyOf(JsonSchema... alternatives) {
        return any().with("anyOf", List.of(alternatives));
    }

    /**
     * What stands in the {@code $defs} of the outermost schema, see {@link #define}.
     *
     * @param name its name there
     * @return the schema
     */
    public static JsonSchema ref(String name) {
        return any().with("$ref", "#/$defs/" + name.replace("~", "~0").replace("/", "~1"));
    }

    static JsonSchema type(String type) {
        return any().with("type", type);
    }

    /**
     * Adds a field that must be there ({@code properties}, {@code required}).
     *
     * @param name the field's name
     * @param schema what it is
     * @return a new schema
     */
    public JsonSchema required(String name, JsonSchema schema) {
        List<JsonValue> names = requiredNames(name);
        names.add(new JsonString(name));
        return property("properties", name, schema).with("required", names);
    }

    /**
     * Adds a field that may be left out ({@code properties}).
     *
     * @param name the field's name
     * @param schema what it is
     * @return a new schema
     */
    public JsonSchema optional(String name, JsonSchema schema) {
        List<JsonValue> names = requiredNames(name);
        return property("properties", name, schema).with("required", names.isEmpty() ? null : names);
    }

    /**
     * Adds a schema for {@link #ref} to name ({@code $defs}); belongs to the outermost schema.
     *
     * @param name its name
     * @param schema the schema
     * @return a new schema
     */
    public JsonSchema define(String name, JsonSchema schema) {
        return property("$defs", name, schema);
    }

    /**
     * Tells the model what it means ({@code description}).
     *
     * @param description the text
     * @return a new schema
     */
    public JsonSchema description(String description) {
        return with("description", requireNonNull(description, "description"));
    }

    /**
     * Allows null besides.
     *
     * @return a new schema
     */
    public JsonSchema nullable() {
        JsonObject fields = fields();
        if (fields.fields().isEmpty()) {
            return this;
        } else if (fields.get("type") instanceof JsonString type && fields.get("enum") == null) {
            return with("type", List.of(type, "null"));
        } else if (fields.get("anyOf") instanceof JsonArray alternatives) {
            List<JsonValue> more = new ArrayList<>(alternatives.items());
            more.add(type("null").fields());
            return with("anyOf", more);
        }
        return anyOf(this, type("null"));
    }

    /** The required names less one: a field that is set again takes its new place. */
    private List<JsonValue> requiredNames(String name) {
        List<JsonValue> names = new ArrayList<>();
        if (fields().get("required") instanceof JsonArray present) {
            names.addAll(present.items());
        }
        names.remove(new JsonString(requireNonNull(name, "name")));
        return names;
    }

    private JsonSchema property(String keyword, String name, JsonSchema schema) {
        JsonObject present = fields().get(keyword) instanceof JsonObject object ? object : JsonObject.EMPTY;
        return with(keyword, present.with(name, requireNonNull(schema, "schema")));
    }
}
