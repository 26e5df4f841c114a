// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Binds a number, or text that is one, and loses nothing of it.
 *
 * @param <T> the type
 */
final class ExactNumber<T> extends StdDeserializer<T> {
    private final Function<String, T> exact;
    private final @Nullable T absent;

    ExactNumber(Class<T> type, Function<String, T> exact, @Nullable T absent) {
        super(type);
        this.exact = exact;
        this.absent = absent;
    }

    @Override
    public T deserialize(JsonParser p, DeserializationContext context) {
        JsonToken token = p.currentToken();
        if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
            try {
                String literal = p.getString().strip();
                if (literal.length() <= ExactScalars.MAX_DIGITS) {
                    return exact.apply(new JsonNumber(literal).literal());
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // It is reported below, in the words of all the others.
            }
        }
        throw MismatchedInputException.from(p, handledType(), "no such number");
    }

    @Override
    @SuppressWarnings("NullAway") // null stands for null
    public @Nullable T getNullValue(DeserializationContext context) {
        if (handledType().isPrimitive()) {
            throw MismatchedInputException.from(context.getParser(), handledType(), "null");
        }
        return absent;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return getNullValue(context);
    }
}
