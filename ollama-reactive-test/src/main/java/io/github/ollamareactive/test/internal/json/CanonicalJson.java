// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings documents that mean the same to Ollama into one form, so that {@code equals} compares them: the order of keys and
 * the spelling of numbers do not matter, and a field that is null or an empty list equals an absent one.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    public static JsonNode of(JsonNode value) {
        if (value instanceof ObjectNode fields) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            fields.properties().forEach(field -> {
                JsonNode inner = field.getValue();
                if (!inner.isNull() && !(inner.isArray() && inner.isEmpty())) {
                    copy.set(field.getKey(), of(inner));
                }
            });
            return copy;
        }
        if (value instanceof ArrayNode items) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> copy.add(of(item)));
            return copy;
        }
        return value.isNumber()
                ? JsonNodeFactory.instance.numberNode(value.decimalValue().stripTrailingZeros())
                : value;
    }

    public static boolean same(JsonNode one, JsonNode other) {
        return of(one).equals(of(other));
    }
}
