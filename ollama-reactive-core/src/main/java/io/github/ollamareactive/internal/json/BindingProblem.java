// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Why a document can't be bound: the place, what is there, what is expected. None of it in the parser's words. */
final class BindingProblem {
    private static final int EXCERPT = 100;

    private BindingProblem() {}

    static String words(JsonValue document, JacksonException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof StreamConstraintsException limit) {
                return Json.problem(limit);
            }
        }
        String path = path(e.getPath());
        JsonValue found = find(document, e.getPath());
        String place = (path.isEmpty() ? "the JSON" : path);
        String words;
        if (e instanceof InvalidFormatException format
                && found instanceof JsonObject
                && format.getValue() instanceof String name) {
            words = " has the name " + excerpt(new JsonString(name)) + ", expected " + expected(format.getTargetType());
        } else {
            words = " is " + (found == null ? "missing" : excerpt(found)) + ", " + problem(e);
        }
        return printable(place + words);
    }

    private static String problem(JacksonException e) {
        if (e instanceof SealedTypes.FitsNone) {
            return e.getOriginalMessage();
        } else if (e instanceof InvalidDefinitionException definition) {
            return "which no " + definition.getType().getRawClass().getSimpleName() + " can be made of";
        } else if (e instanceof ValueInstantiationException refusal) {
            Throwable cause = refusal.getCause() == null ? refusal : refusal.getCause();
            String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return "refused by " + refusal.getType().getRawClass().getSimpleName() + ": " + words;
        } else if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected " + expected(mismatch.getTargetType());
        }
        return "which doesn't fit";
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            String name = reference.getPropertyName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else if (name.matches("[\\w-]{1,100}")) {
                path.append(path.isEmpty() ? "" : ".").append(name);
            } else {
                path.append('[').append(excerpt(new JsonString(name))).append(']');
            }
        }
        return path.toString();
    }

    private static @Nullable JsonValue find(@Nullable JsonValue value, List<JacksonException.Reference> references) {
        for (JacksonException.Reference reference : references) {
            String name = reference.getPropertyName();
            if (name != null) {
                value = value == null ? null : value.get(name);
            } else if (value instanceof JsonArray array
                    && reference.getIndex() < array.items().size()) {
                value = array.items().get(reference.getIndex());
            } else {
                value = null;
            }
        }
        return value;
    }

    private static String excerpt(JsonValue value) {
        String text = value.toString();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private static String printable(String text) {
        return text.chars()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    private static String expected(Class<?> type) {
        String name = type.getSimpleName();
        if (ExactScalars.isWhole(type)) {
            return "a whole number (" + primitive(type) + ")";
        } else if (ExactScalars.isNumber(type)) {
            return "a number (" + primitive(type) + ")";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type == Character.class || type == char.class) {
            return "one character";
        } else if (CharSequence.class.isAssignableFrom(type) || type == JsonString.class) {
            return "text";
        } else if (type.isEnum()) {
            String names = Binder.names(type).values().stream()
                    .map(constant -> new JsonString(constant).toString())
                    .collect(Collectors.joining(" or "));
            return names.length() <= 3 * EXCERPT ? names : "one of the names of " + name;
        } else if (type == Object.class || type == JsonValue.class) {
            return "any JSON";
        } else if (Collection.class.isAssignableFrom(type) || type == JsonArray.class || type.isArray()) {
            return type == byte[].class ? "base64" : "a list";
        } else if (Map.class.isAssignableFrom(type)) {
            return "an object";
        }
        boolean scalar = type.getPackageName().startsWith("java.");
        return (scalar ? "text (" : "an object (") + name + ")";
    }

    private static String primitive(Class<?> type) {
        Class<?> known = ExactScalars.PRIMITIVES.getOrDefault(type, type);
        return known.getSimpleName();
    }
}
