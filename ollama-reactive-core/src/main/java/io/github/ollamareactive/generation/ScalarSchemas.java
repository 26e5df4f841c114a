// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schemas of the Java types that are text, a number or a boolean in JSON, of {@code Object} and of JSON itself. */
final class ScalarSchemas {
    private static final Map<Class<?>, JsonSchema> SCHEMAS = new HashMap<>();

    static {
        put(JsonSchema.any(), Object.class, JsonValue.class);
        put(JsonSchema.type("object"), JsonObject.class);
        put(JsonSchema.array(JsonSchema.any()), JsonArray.class);
        put(JsonSchema.bool(), boolean.class, Boolean.class, JsonBoolean.class);
        put(JsonSchema.integer(), byte.class, Byte.class, short.class, Short.class, int.class, Integer.class);
        put(JsonSchema.integer(), long.class, Long.class, BigInteger.class, OptionalInt.class, OptionalLong.class);
        put(JsonSchema.number(), float.class, Float.class, double.class, Double.class);
        put(JsonSchema.number(), Number.class, BigDecimal.class, OptionalDouble.class, JsonNumber.class);
        put(JsonSchema.string(), String.class, CharSequence.class, JsonString.class);
        put(JsonSchema.string(), ZoneId.class, Locale.class, Currency.class);
        put(JsonSchema.string().with("minLength", 1).with("maxLength", 1), char.class, Character.class);
        put(JsonSchema.string().with("contentEncoding", "base64"), byte[].class);
        put(format("uuid"), UUID.class);
        put(format("uri"), URI.class, URL.class);
        put(format("date"), LocalDate.class);
        put(format("time"), OffsetTime.class);
        put(format("date-time"), Instant.class, OffsetDateTime.class, ZonedDateTime.class);
        put(format("duration"), Duration.class);
        // The formats "time" and "date-time" require an offset, which these two types don't parse.
        String time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";
        put(JsonSchema.string().with("pattern", "^" + time), LocalTime.class);
        put(
                JsonSchema.string().with("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])T" + time),
                LocalDateTime.class);
    }

    private ScalarSchemas() {}

    static @Nullable JsonSchema schemaOf(Class<?> type) {
        return SCHEMAS.get(type);
    }

    private static JsonSchema format(String format) {
        return JsonSchema.string().with("format", format);
    }

    private static void put(JsonSchema schema, Class<?>... types) {
        for (Class<?> type : types) {
            SCHEMAS.put(type, schema);
        }
    }
}
