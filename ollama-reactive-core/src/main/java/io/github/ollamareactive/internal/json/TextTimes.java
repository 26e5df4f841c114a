// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import java.time.Year;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Times are text: a number has no unit, and a list no name for its parts. */
final class TextTimes extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
        Class<?> type = description.getBeanClass();
        boolean time = type.getPackageName().equals("java.time") && type != Year.class && !type.isEnum();
        return time ? new TimeText(deserializer) : deserializer;
    }

    private static final class TimeText extends DelegatingDeserializer {
        TimeText(ValueDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
            return new TimeText(delegate);
        }

        @Override
        public Object deserialize(JsonParser p, DeserializationContext context) {
            if (!p.hasToken(JsonToken.VALUE_STRING) || p.getString().strip().matches("[-+]?[0-9.]*")) {
                throw MismatchedInputException.from(p, handledType(), "no text");
            }
            return super.deserialize(p, context);
        }
    }
}
