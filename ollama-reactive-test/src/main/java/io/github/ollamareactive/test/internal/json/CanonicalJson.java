// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings documents into one form, so that {@code equals} compares them and texts of equal ones are equal. */
public final class CanonicalJson {

    /** Numbers that end with more zeros are spelled with an exponent. */
    private static final int MAX_ZEROS = 20;

    private CanonicalJson() {}

    /** Keys are sorted, numbers spelled in one way; a field that is null or an empty list is left out. */
    public static JsonNode of(JsonNode value) {
        return of(value, inner -> inner.isNull() || (inner.isArray() && inner.isEmpty()));
    }

    /** As {@link #of}, but empty lists stay. */
    static JsonNode withoutNulls(JsonNode value) {
        return of(value, JsonNode::isNull);
    }

    /** As {@link #of}, but all fields stay. */
    static JsonNode sorted(JsonNode value) {
        return of(value, inner -> false);
    }

    private static JsonNode of(JsonNode value, Predicate<JsonNode> absent) {
        if (value instanceof ObjectNode fields) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            fields.properties().forEach(field -> {
                if (!absent.test(field.getValue())) {
                    sorted.put(field.getKey(), of(field.getValue(), absent));
                }
            });
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            sorted.forEach(copy::set);
            return copy;
        }
        if (value instanceof ArrayNode items) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> copy.add(of(item, absent)));
            return copy;
        }
        return value.isNumber() ? number(value.decimalValue()) : value;
    }

    static JsonNode number(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean large = stripped.scale() < -MAX_ZEROS;
        return JsonNodeFactory.instance.numberNode(stripped.scale() < 0 && !large ? stripped.setScale(0) : stripped);
    }

    public static boolean same(JsonNode one, JsonNode other) {
        return of(one).equals(of(other));
    }
}
