// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Binds a list of numbers to an array of primitives, element by element. */
final class ExactArray extends StdDeserializer<Object> {
    private final Class<?> component;
    private final ExactNumber<?> element;

    ExactArray(Class<?> component, ExactNumber<?> element) {
        super(component.arrayType());
        this.component = component;
        this.element = element;
    }

    @Override
    public Object deserialize(JsonParser p, DeserializationContext context) {
        if (!p.isExpectedStartArrayToken()) {
            throw MismatchedInputException.from(p, handledType(), "no list");
        }
        List<@Nullable Object> values = new ArrayList<>();
        try {
            while (p.nextToken() != JsonToken.END_ARRAY) {
                values.add(
                        p.hasToken(JsonToken.VALUE_NULL)
                                ? element.getNullValue(context)
                                : element.deserialize(p, context));
            }
        } catch (JacksonException e) {
            throw e.prependPath(values, values.size());
        }
        Object array = Array.newInstance(component, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }
}
