// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.all;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonType;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.RequestFields;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON Schema, of an answer or of the arguments of a tool.
 *
 * <p>It is built by hand, parsed from text, or generated {@linkplain #of(Class) from a record}, and sent with its keys
 * in order. {@link #with} sets keywords that have no method.
 *
 * <pre>{@code
 * JsonSchema.object()
 *         .required("city", JsonSchema.string().description("without the country"))
 *         .optional("days", JsonSchema.integer().with("maximum", 14));
 * }</pre>
 */
// A factory a type and a wither a keyword: half of the lines are their contracts. Schemas of classes are
// SchemaGenerator's.
public final class JsonSchema extends RequestFields<JsonSchema> {
    private static final JsonString NULL_TYPE = new JsonString("null");

    /** Keywords that may refuse null beside a type that allows it. */
    private static final List<String> RESTRICTIONS =
            List.of("enum", "const", "anyOf", "oneOf", "allOf", "not", "if", "$ref");

    private JsonSchema(JsonObject fields) {
        super(fields);
    }

    @Override
    protected JsonSchema copy(JsonObject fields) {
        return new JsonSchema(fields);
    }

    /**
     * A schema that already exists as JSON.
     *
     * @param schema the document
     * @return the schema
     */
    public static JsonSchema of(JsonObject schema) {
        return new JsonSchema(requireNonNull(schema, "schema"));
    }

    /**
     * Parses a schema.
     *
     * @param json the text of one JSON object
     * @return the schema, with its keys in order
     * @throws IllegalArgumentException when the text is not a JSON object
     */
    public static JsonSchema parse(String json) {
        if (JsonValue.parse(json) instanceof JsonObject object) {
            return of(object);
        }
        throw new IllegalArgumentException("schema: not a JSON object: " + json);
    }

    /**
     * Generates the schema of a record. {@link JsonValue#as} binds a document that is valid against it to the record.
     *
     * <ul>
     *   <li>A record becomes an object; it may be nested and generic. A component is required unless it is
     *       {@code @Nullable} (any annotation of that name, on the type or the component) or an {@code Optional}.
     *       Property names are those of the JSON binding.
     *   <li>Collections and arrays become arrays, {@code byte[]} becomes base64 text, and a map with text keys becomes
     *       an object with {@code additionalProperties}. {@code @Nullable} and {@code Optional} elements may be null.
     *   <li>An enum becomes its names, and a sealed interface of records {@code anyOf} its records. Binding uses the
     *       first record, in the order of {@code permits}, that a document fits.
     *   <li>Text, numbers and booleans become the JSON type; times, UUIDs and URIs become text with a {@code format} or
     *       {@code pattern}; {@code Object} and {@code JsonValue} allow any value.
     *   <li>A type that contains itself is defined in {@code $defs}.
     *   <li>{@link Description} sets the {@code description}.
     * </ul>
     *
     * @param type a record; also a sealed interface, an enum or another of these types
     * @return its schema
     * @throws IllegalArgumentException for any other type; the message names the place, as {@code Trip.stops[].place}
     */
    public static JsonSchema of(Class<?> type) {
        return SchemaGenerator.schemaOf(ResolvedType.of(requireNonNull(type, "type")), type.getSimpleName());
    }

    /**
     * Generates the schema of a generic type, as {@link #of(Class)} does: {@code JsonSchema.of(new JsonType<List<Row>>() {})}.
     *
     * @param type the type
     * @return its schema
     * @throws IllegalArgumentException when a type in it has no schema; the message names the place
     */
    public static JsonSchema of(JsonType<?> type) {
        return SchemaGenerator.schemaOf(
                ResolvedType.of(requireNonNull(type, "type").annotatedType()), type.toString());
    }

    /**
     * Whether {@link #of(Class)} calls a component of a record required.
     *
     * @param component the component
     * @return false when it is {@code @Nullable}, or an {@code Optional}
     */
    public static boolean requires(RecordComponent component) {
        return !SchemaGenerator.isOptional(
                ResolvedType.of(requireNonNull(component, "component").getDeclaringRecord())
                        .component(component));
    }

    /** {@return the schema of any value, which has no keywords} */
    public static JsonSchema any() {
        return new JsonSchema(JsonObject.EMPTY);
    }

    /**
     * The schema of an object. {@link #required} and {@link #optional} add properties.
     *
     * @return the schema, without properties
     */
    public static JsonSchema object() {
        return type("object").with("properties", JsonObject.EMPTY);
    }

    /** {@return the schema of text} */
    public static JsonSchema string() {
        return type("string");
    }

    /** {@return the schema of an integer} */
    public static JsonSchema integer() {
        return type("integer");
    }

    /** {@return the schema of a number} */
    public static JsonSchema number() {
        return type("number");
    }

    /** {@return the schema of a boolean} */
    public static JsonSchema bool() {
        return type("boolean");
    }

    /**
     * The schema of an array.
     *
     * @param items the schema of its items
     * @return the schema
     */
    public static JsonSchema array(JsonSchema items) {
        return type("array").with("items", requireNonNull(items, "items"));
    }

    /**
     * The schema of an object whose property names are not known.
     *
     * @param values the schema of its values
     * @return the schema
     */
    public static JsonSchema map(JsonSchema values) {
        return type("object").with("additionalProperties", requireNonNull(values, "values"));
    }

    /**
     * The schema of text with one of several values.
     *
     * @param values the values
     * @return the schema
     */
    public static JsonSchema enumeration(String... values) {
        return string().with("enum", all("values", values));
    }

    /**
     * The schema of a value that is valid against at least one of several schemas.
     *
     * @param alternatives the schemas
     * @return the schema
     */
    public static JsonSchema anyOf(JsonSchema... alternatives) {
        return any().with("anyOf", all("alternatives", alternatives));
    }

    /**
     * A reference to a definition in the {@code $defs} of the outermost schema, see {@link #define}.
     *
     * @param name the name of the definition
     * @return the schema
     */
    public static JsonSchema ref(String name) {
        return any().with(
                        "$ref",
                        "#/$defs/"
                                + requireNonNull(name, "name")
                                        .replace("~", "~0")
                                        .replace("/", "~1"));
    }

    static JsonSchema type(String type) {
        return any().with("type", type);
    }

    /**
     * Adds a required property ({@code properties}, {@code required}).
     *
     * @param name the property's name
     * @param schema the schema of its value
     * @return a new schema
     */
    public JsonSchema required(String name, JsonSchema schema) {
        List<JsonValue> names = requiredNamesWithout(name);
        names.add(new JsonString(name));
        return property("properties", name, schema).with("required", names);
    }

    /**
     * Adds an optional property ({@code properties}).
     *
     * @param name the property's name
     * @param schema the schema of its value
     * @return a new schema
     */
    public JsonSchema optional(String name, JsonSchema schema) {
        List<JsonValue> names = requiredNamesWithout(name);
        return property("properties", name, schema).with("required", names.isEmpty() ? null : names);
    }

    /**
     * Adds a definition for {@link #ref} to refer to ({@code $defs}). Only the outermost schema may have definitions.
     *
     * @param name the name of the definition
     * @param schema the schema
     * @return a new schema
     */
    public JsonSchema define(String name, JsonSchema schema) {
        return property("$defs", name, schema);
    }

    /**
     * Sets the description, which the model reads ({@code description}).
     *
     * @param description the text
     * @return a new schema
     */
    public JsonSchema description(String description) {
        return with("description", requireNonNull(description, "description"));
    }

    /**
     * Also allows null.
     *
     * @return a new schema
     */
    public JsonSchema nullable() {
        JsonObject fields = fields();
        JsonValue type = fields.get("type");
        boolean typeAlone = RESTRICTIONS.stream().noneMatch(keyword -> fields.get(keyword) != null);
        if (fields.fields().isEmpty()) {
            return this;
        } else if (type != null && typeAlone) {
            return with("type", withNull(type instanceof JsonArray types ? types.items() : List.of(type), NULL_TYPE));
        } else if (fields.get("anyOf") instanceof JsonArray alternatives && type == null) {
            return with("anyOf", withNull(alternatives.items(), type("null").fields()));
        } else if (fields.get("enum") instanceof JsonArray values
                && type == null
                && values.items().contains(JsonNull.NULL)) {
            return this;
        }
        return anyOf(this, type("null"));
    }

    private static JsonValue withNull(List<JsonValue> alternatives, JsonValue nothing) {
        List<JsonValue> all = new ArrayList<>(alternatives);
        if (!all.contains(nothing)) {
            all.add(nothing);
        }
        return all.size() == 1 ? all.get(0) : new JsonArray(all);
    }

    /** Without the given name, so that a property that is set again moves to the end. */
    private List<JsonValue> requiredNamesWithout(String name) {
        List<JsonValue> names = new ArrayList<>();
        if (fields().get("required") instanceof JsonArray present) {
            names.addAll(present.items());
        }
        names.remove(new JsonString(requireNonNull(name, "name")));
        return names;
    }

    private JsonSchema property(String keyword, String name, JsonSchema schema) {
        JsonObject present = fields().get(keyword) instanceof JsonObject object ? object : JsonObject.EMPTY;
        return with(keyword, present.with(requireNonNull(name, "name"), requireNonNull(schema, "schema")));
    }
}
