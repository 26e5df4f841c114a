// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Binds JSON to itself, with the literals of its numbers. */
final class JsonTree extends StdDeserializer<JsonValue> {
    JsonTree(Class<? extends JsonValue> type) {
        super(type);
    }

    @Override
    public JsonValue deserialize(JsonParser p, DeserializationContext context) {
        JsonValue value = Json.value(p);
        if (!handledType().isInstance(value)) {
            throw MismatchedInputException.from(p, handledType(), "another JSON type");
        }
        return value;
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return handledType().isInstance(JsonNull.NULL) ? JsonNull.NULL : null;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
