// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up documents that fit a schema, as a constrained model would. */
final class FittingDocuments {
    private static final Map<String, String> FORMATS = Map.of(
            "uuid", "3f2b8c1e-0d2a-4c1b-9a55-0c7f1f0b2a11",
            "uri", "https://example.org/a?b=c#d",
            "date", "2026-02-28",
            "time", "23:59:58+02:00",
            "date-time", "2026-02-28T01:02:03.5Z",
            "duration", "PT1H2M");
    private static final Map<String, String> BY_NAME = Map.of(
            "zone",
            "Asia/Tokyo",
            "locale",
            "de-AT",
            "currency",
            "EUR",
            "time",
            "23:59:58",
            "dateTime",
            "2026-02-28T23:59:58");

    private final JsonObject root;
    private final Random random;

    FittingDocuments(JsonObject root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    JsonValue next() {
        return JsonValue.of(value("", root, 0));
    }

    private Object value(String name, JsonObject schema, int depth) {
        if (schema.get("$ref") instanceof JsonString ref) {
            String key = ref.value().substring("#/$defs/".length());
            return value(name, (JsonObject) root.get("$defs").get(key), depth);
        } else if (schema.get("anyOf") instanceof JsonArray alternatives) {
            return value(name, (JsonObject) pick(alternatives, depth), depth);
        } else if (schema.get("enum") instanceof JsonArray values) {
            return pick(values, 0);
        } else if (schema.get("type") instanceof JsonArray types) {
            JsonValue type = pick(types, 0);
            return type.asString().equals("null") ? null : value(name, schema.with("type", type), depth);
        }
        String type = schema.get("type") == null ? "string" : schema.get("type").asString();
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(depth > 4 ? 1 : 4); i > 0; i--) {
                    items.add(value("", (JsonObject) schema.get("items"), depth + 1));
                }
                yield items;
            }
            case "string" -> text(name, schema);
            case "integer" -> random.nextInt(200) - 100;
            case "number" -> random.nextBoolean() ? random.nextInt(200) : random.nextGaussian();
            case "boolean" -> random.nextBoolean();
            case "null" -> null;
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }

    private Map<String, Object> object(JsonObject schema, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (schema.get("properties") instanceof JsonObject properties) {
            properties.fields().forEach((name, property) -> {
                boolean required = schema.get("required") instanceof JsonArray names
                        && names.items().contains(new JsonString(name));
                if (required || (depth < 6 && random.nextBoolean())) {
                    object.put(name, value(name, (JsonObject) property, depth + 1));
                }
            });
        }
        if (schema.get("additionalProperties") instanceof JsonObject values) {
            for (int i = random.nextInt(3); i > 0; i--) {
                object.put("key " + i, value("", values, depth + 1));
            }
        }
        return object;
    }

    private String text(String name, JsonObject schema) {
        if (schema.get("format") instanceof JsonString format) {
            return FORMATS.get(format.value());
        }
        String text = schema.get("maxLength") == null ? "abcd" : "a";
        return BY_NAME.getOrDefault(name, text);
    }

    private JsonValue pick(JsonArray values, int depth) {
        return values.items().get(depth > 4 ? 0 : random.nextInt(values.items().size()));
    }
}
