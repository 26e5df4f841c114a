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
        } else if (value instanceof Map<?, ?> map) {
            return object(map);
        } else if (value instanceof Collection<?> items) {
            return array(items);
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

    private static JsonObject object(Map<?, ?> map) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), toJson(value)));
        return new JsonObject(fields);
    }

    private static JsonArray array(Collection<?> items) {
        List<JsonValue> values = new ArrayList<>(items.size());
        items.forEach(item -> values.add(toJson(item)));
        return new JsonArray(values);
    }
}
