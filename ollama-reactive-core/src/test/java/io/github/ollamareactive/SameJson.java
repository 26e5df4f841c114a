// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares JSON as the table of wire cases means it: the keys listed are required, those in parentheses are optional, any
 * other is a failure. Numbers are the same when they are the same number; the order of keys is no matter.
 */
final class SameJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SameJson() {}

    static void check(String actual, String expected) {
        List<String> differences = new ArrayList<>();
        compare("", MAPPER.readTree(actual), MAPPER.readTree(WireLines.json(expected)), differences);
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("; ", differences) + " in " + actual);
        }
    }

    private static void compare(String at, JsonNode actual, JsonNode expected, List<String> differences) {
        if (actual.isObject() && expected.isObject()) {
            expected.propertyNames().forEach(key -> {
                boolean optional = key.startsWith("(");
                String name = optional ? key.substring(1, key.length() - 1) : key;
                if (actual.has(name)) {
                    compare(at + "/" + name, actual.get(name), expected.get(key), differences);
                } else if (!optional) {
                    differences.add(at + "/" + name + " is missing");
                }
            });
            actual.propertyNames().forEach(name -> {
                if (!expected.has(name) && !expected.has("(" + name + ")")) {
                    differences.add(at + "/" + name + " is too much");
                }
            });
        } else if (actual.isArray() && expected.isArray() && actual.size() == expected.size()) {
            for (int i = 0; i < actual.size(); i++) {
                compare(at + "/" + i, actual.get(i), expected.get(i), differences);
            }
        } else if (actual.isNumber() && expected.isNumber()) {
            if (actual.decimalValue().compareTo(expected.decimalValue()) != 0) {
                differences.add(at + " is " + actual + ", not " + expected);
            }
        } else if (!actual.equals(expected)) {
            differences.add(at + " is " + actual + ", not " + expected);
        }
    }
}
