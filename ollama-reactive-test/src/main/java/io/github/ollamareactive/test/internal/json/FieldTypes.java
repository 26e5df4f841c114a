// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The types of request fields, and what Ollama reads as absent. A value that has another type stays as it is. */
final class FieldTypes {

    static final JsonNode ABSENT = MissingNode.getInstance();

    /** How a field is read: a missing node when it is the same as an absent field. */
    interface FieldType {
        JsonNode read(JsonNode value);
    }

    /** Text, number, flag, or any JSON: the zero value is absent. */
    static final FieldType VALUE = value -> isZero(value) ? ABSENT : CanonicalJson.withoutNulls(value);

    /** Accepted and not looked at, so that a recording may have it masked. */
    static final FieldType IGNORED = value -> ABSENT;

    /** A pointer in Go: false, zero and an empty text mean something. */
    static final FieldType NULLABLE = value -> value.isNull() ? ABSENT : CanonicalJson.withoutNulls(value);

    static final FieldType DEFAULT_TRUE =
            value -> value.isBoolean() && value.booleanValue() ? ABSENT : NULLABLE.read(value);

    /** Its values mean something, zeros too. */
    static final FieldType MAP = value -> value.isContainer() && value.isEmpty() ? ABSENT : NULLABLE.read(value);

    static final FieldType ROLE =
            value -> value.isString() ? text(value.stringValue().toLowerCase(Locale.ROOT)) : value;

    static final FieldType MODEL = ModelName::canonical;

    /** Base64 with or without line breaks. */
    static final FieldType PICTURE =
            value -> value.isString() ? text(value.stringValue().replaceAll("[\r\n]", "")) : value;

    static final FieldType KEEP_ALIVE = value -> value.isNull() ? ABSENT : KeepAliveTimes.canonical(value);

    /** One text is a list of one. */
    static final FieldType LIST_OF_VALUES =
            value -> !isZero(value) && value.isString() ? array().add(value) : VALUE.read(value);

    /** A list of one text is this text. */
    static final FieldType SINGLE_OR_LIST =
            value -> value.isArray() && value.size() == 1 ? VALUE.read(value.get(0)) : VALUE.read(value);

    private FieldTypes() {}

    /** A structure of which other fields are not read. */
    static FieldType struct(Map<String, FieldType> fields) {
        return value -> read(value, fields, false);
    }

    /** A structure whose other fields are values. */
    static FieldType openStruct(Map<String, FieldType> fields) {
        return value -> read(value, fields, true);
    }

    private static JsonNode read(JsonNode value, Map<String, FieldType> fields, boolean open) {
        if (!(value instanceof ObjectNode given)) {
            return VALUE.read(value);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        given.properties().forEach(field -> {
            String name = nameOf(field.getKey(), fields.keySet());
            FieldType type = fields.getOrDefault(name, open ? VALUE : unread -> ABSENT);
            JsonNode inner = type.read(field.getValue());
            if (isAbsent(inner, type)) {
                result.remove(name);
            } else {
                result.set(name, inner);
            }
        });
        return result.isEmpty() ? ABSENT : result;
    }

    /** An empty text or list is absent in every type but the nullable ones. */
    private static boolean isAbsent(JsonNode inner, FieldType type) {
        boolean keepsZeros = type == NULLABLE || type == DEFAULT_TRUE || type == KEEP_ALIVE;
        return inner.isMissingNode() || (!keepsZeros && isZero(inner));
    }

    private static String nameOf(String given, Set<String> known) {
        return known.stream()
                .filter(given::equalsIgnoreCase)
                .findFirst()
                .orElseGet(() -> given.toLowerCase(Locale.ROOT));
    }

    static FieldType list(FieldType element) {
        return value -> {
            if (!value.isArray()) {
                return VALUE.read(value);
            }
            ArrayNode result = array();
            value.forEach(item -> {
                JsonNode inner = element.read(item);
                // The position counts: an element of zeros is one.
                result.add(inner.isMissingNode() ? JsonNodeFactory.instance.objectNode() : inner);
            });
            return result;
        };
    }

    /** An object whose keys are anything. */
    static FieldType mapOf(FieldType element) {
        return value -> {
            if (!(value instanceof ObjectNode given)) {
                return VALUE.read(value);
            }
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            given.properties().forEach(field -> {
                JsonNode inner = element.read(field.getValue());
                result.set(field.getKey(), inner.isMissingNode() ? JsonNodeFactory.instance.objectNode() : inner);
            });
            return result;
        };
    }

    static FieldType recursive(Supplier<FieldType> type) {
        return value -> type.get().read(value);
    }

    private static boolean isZero(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.decimalValue().signum() == 0)
                || (value.isString() && value.stringValue().isEmpty())
                || (value.isContainer() && value.isEmpty());
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
