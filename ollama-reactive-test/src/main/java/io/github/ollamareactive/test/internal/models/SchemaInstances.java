// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a value that fits a JSON schema. Strings are a given text where they may be. A schema that refers to itself gets a
 * value that soon ends. Conditions on other values ({@code not}, {@code if}, {@code dependentRequired}, {@code contains}) are
 * not looked at.
 */
public final class SchemaInstances {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** How often a value may stand in another one of the same referenced schema, if it need not. */
    private static final int MAX_NESTED = 2;
    /** Beyond these even a schema that requires itself for ever ends. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_VALUES = 100_000;

    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "array", "object", "null");

    private final SchemaReferences references;
    private final String text;
    /** The references that lead to the value being made, the innermost first. */
    private final Deque<String> open = new ArrayDeque<>();

    private int made;

    private SchemaInstances(JsonNode root, String text) {
        this.references = new SchemaReferences(root);
        this.text = text;
    }

    public static JsonNode of(JsonNode schema, String text) {
        return new SchemaInstances(schema, text).value(schema, 0, 0);
    }

    /** Whether the schema and all that it contains can be one: types have known names, references lead somewhere. */
    public static boolean isSchema(JsonNode schema) {
        return new SchemaInstances(schema, "").valid(schema);
    }

    private boolean valid(JsonNode schema) {
        if (schema.isBoolean()) {
            return true;
        }
        JsonNode type = schema.path("type");
        Stream<JsonNode> types = type.isArray() ? type.valueStream() : Stream.of(type);
        boolean known = type.isMissingNode()
                || (!(type.isArray() && type.isEmpty())
                        && types.allMatch(one -> one.isString() && TYPES.contains(one.asString())));
        return schema.isObject()
                && known
                && isAbsentOr(StringInstances.isPattern(schema.path("pattern")), schema, "pattern")
                && isAbsentOr(schema.path("properties").isObject(), schema, "properties")
                && isAbsentOr(schema.path("required").isArray(), schema, "required")
                && isAbsentOr(
                        !schema.path("enum").isEmpty() && schema.path("enum").isArray(), schema, "enum")
                && isAbsentOr(references.find(schema.path("$ref")) != null, schema, "$ref")
                && SchemaReferences.children(schema).allMatch(this::valid);
    }

    private static boolean isAbsentOr(boolean valid, JsonNode schema, String keyword) {
        return valid || !schema.has(keyword);
    }

    /**
     * A value.
     *
     * @param index which one of several values that are to differ
     * @param depth how deep in the value this one is
     */
    private JsonNode value(JsonNode schema, int index, int depth) {
        JsonNode merged = references.merged(schema, 0, isExhausted(schema));
        if (merged.has("const")) {
            return merged.path("const");
        }
        JsonNode choices = merged.path("enum");
        if (!choices.isEmpty()) {
            List<JsonNode> fitting = choices.valueStream()
                    .filter(choice -> hasType(merged, choice))
                    .toList();
            List<JsonNode> all = fitting.isEmpty() ? choices.valueStream().toList() : fitting;
            return all.get(index % all.size());
        }
        if (depth > MAX_DEPTH || ++made > MAX_VALUES) {
            return NODES.nullNode();
        }
        List<String> followed = SchemaReferences.of(schema);
        followed.forEach(open::push);
        JsonNode value = switch (typeOf(merged)) {
            case "string" -> NODES.stringNode(StringInstances.of(merged, text, index));
            case "integer" -> NumberInstances.of(merged, true, index);
            case "number" -> NumberInstances.of(merged, false, index);
            case "boolean" -> NODES.booleanNode(index % 2 == 0);
            case "array" -> array(merged, index, depth);
            case "null" -> NODES.nullNode();
            default -> object(merged, index, depth);
        };
        followed.forEach(reference -> open.pop());
        return value;
    }

    /** Whether a schema refers to one that the value is already inside of more than once. */
    private boolean isExhausted(JsonNode schema) {
        return SchemaReferences.of(schema).stream()
                .anyMatch(reference -> Collections.frequency(open, reference) >= MAX_NESTED);
    }

    private static boolean hasType(JsonNode schema, JsonNode value) {
        String type = typeOf(schema);
        return !schema.has("type")
                || switch (type) {
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    default -> value.isContainer();
                };
    }

    /** The first type that is not null; without one, what the other keywords speak of. */
    private static String typeOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream()
                    .map(JsonNode::asString)
                    .filter(name -> !name.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        if (type.isString()) {
            return type.asString();
        }
        if (schema.has("items") || schema.has("prefixItems") || schema.has("minItems")) {
            return "array";
        }
        if (schema.has("pattern") || schema.has("minLength") || schema.has("maxLength") || schema.has("format")) {
            return "string";
        }
        return schema.has("minimum")
                        || schema.has("maximum")
                        || schema.has("multipleOf")
                        || schema.has("exclusiveMinimum")
                        || schema.has("exclusiveMaximum")
                ? "number"
                : "object";
    }

    private JsonNode array(JsonNode schema, int index, int depth) {
        ArrayNode array = NODES.arrayNode();
        JsonNode prefix = schema.path("prefixItems");
        JsonNode items = schema.path("items");
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        int wanted = isExhausted(items) ? least : Math.max(least, Math.max(1, prefix.size()));
        boolean closed = items.isBoolean() && !items.asBoolean();
        boolean unique = schema.path("uniqueItems").asBoolean(false);
        for (int i = 0; i < Math.min(wanted, most) && (i < prefix.size() || !closed); i++) {
            JsonNode item = i < prefix.size() ? prefix.path(i) : items;
            array.add(any(item, unique ? index + i : index, depth));
        }
        return array;
    }

    private JsonNode object(JsonNode schema, int index, int depth) {
        ObjectNode object = NODES.objectNode();
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode of = property.getValue();
            boolean forbidden = of.isBoolean() && !of.asBoolean();
            if (!forbidden && (required.contains(property.getKey()) || !isExhausted(of))) {
                object.set(property.getKey(), any(of, index, depth));
            }
        }
        JsonNode others = schema.path("additionalProperties");
        required.removeIf(object::has);
        required.forEach(name -> object.set(name, any(others, index, depth)));
        for (int i = 1; object.size() < schema.path("minProperties").asInt(0); i++) {
            object.set("key" + i, any(others, index, depth));
        }
        return object;
    }

    /** The text where a schema says nothing. */
    private JsonNode any(JsonNode schema, int index, int depth) {
        return schema.isObject() && !schema.isEmpty()
                ? value(schema, index, depth + 1)
                : NODES.stringNode(StringInstances.of(NODES.objectNode(), text, index));
    }
}
