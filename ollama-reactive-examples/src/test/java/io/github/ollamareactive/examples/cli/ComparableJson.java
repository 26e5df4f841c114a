// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts JSON to a tree for comparison. Numbers with a fraction or an exponent are compared by value, so {@code 1e-3} equals
 * {@code 0.001}; integers are compared as written, so {@code 1} does not equal {@code 1.0}.
 */
final class ComparableJson {
    private ComparableJson() {}

    static Object of(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> fields = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> fields.put(name, of(field)));
            return fields;
        } else if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(of(item)));
            return items;
        } else if (value instanceof JsonNumber number && !number.literal().matches("-?[0-9]+")) {
            return number.asDouble();
        }
        return value;
    }
}
