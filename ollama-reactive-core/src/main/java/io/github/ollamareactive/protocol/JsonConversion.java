// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts plain Java values to JSON, for {@link JsonValue#of}. */
final class JsonConversion {
    private JsonConversion() {}

    static JsonValue toJson(@Nullable Object value) {
        return toJson(value, 0);
    }

    /** @param depth how many maps and collections the value is in: one that holds itself has no end */
    private static JsonValue toJson(@Nullable Object value, int depth) {
        if (value == null) {
            return JsonNull.NULL;
        } else if (value instanceof JsonWritable writable) {
            return writable.toJson();
        } else if (value instanceof CharSequence text) {
            return new JsonString(text.toString());
        } else if (value instanceof Boolean bool) {
            return new JsonBoolean(bool);
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Enum<?> constant) {
            return new JsonString(constant.name().toLowerCase(Locale.ROOT));
        } else if (depth == JsonCodec.MAX_DEPTH && (value instanceof Map || value instanceof Collection)) {
            throw new IllegalArgumentException("nested deeper than " + JsonCodec.MAX_DEPTH);
        } else if (value instanceof Map<?, ?> map) {
            return object(map, depth + 1);
        } else if (value instanceof Collection<?> items) {
            return array(items, depth + 1);
        }
        throw new IllegalArgumentException(
                "no JSON value for " + value.getClass().getName());
    }

    private static JsonNumber number(Number number) {
        if ((number instanceof Double || number instanceof Float) && !Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("no JSON number for " + number);
        }
        return new JsonNumber(number.toString());
    }

    private static JsonObject object(Map<?, ?> map, int depth) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), toJson(value, depth)));
        return new JsonObject(fields);
    }

    private static JsonArray array(Collection<?> items, int depth) {
        List<JsonValue> values = new ArrayList<>(items.size());
        items.forEach(item -> values.add(toJson(item, depth)));
        return new JsonArray(values);
    }
}
