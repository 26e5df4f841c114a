// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Values that a parser stands on. JSON's null is the same as absence, as the server treats it; any other type than the one
 * expected makes the line malformed.
 */
final class ParsedValues {
    private ParsedValues() {}

    static boolean isText(JsonParser p) {
        return is(p, JsonToken.VALUE_STRING, "text");
    }

    static boolean isObject(JsonParser p) {
        return is(p, JsonToken.START_OBJECT, "an object");
    }

    private static boolean is(JsonParser p, JsonToken expected, String words) {
        JsonToken token = p.currentToken();
        if (token != expected && token != JsonToken.VALUE_NULL) {
            throw new MalformedFrame("field '" + p.currentName() + "' is not " + words, null);
        }
        return token == expected;
    }

    static @Nullable String string(JsonParser p) {
        return isText(p) ? p.getString() : null;
    }

    /** Text that says nothing when it is empty. */
    static @Nullable String word(JsonParser p) {
        String text = string(p);
        return text == null || text.isEmpty() ? null : text;
    }

    static @Nullable Boolean bool(JsonParser p) {
        return switch (p.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedFrame("field '" + p.currentName() + "' is not true or false", null);
        };
    }

    static @Nullable Long numberOrNull(JsonParser p) {
        return switch (p.currentToken()) {
            case VALUE_NUMBER_INT -> p.getLongValue();
            // Some fakes write whole numbers as 1.0 or 1e9.
            case VALUE_NUMBER_FLOAT -> exact(p);
            case VALUE_NULL -> null;
            default -> throw new MalformedFrame("field '" + p.currentName() + "' is not a number", null);
        };
    }

    private static long exact(JsonParser p) {
        try {
            return p.getDecimalValue().longValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedFrame("field '" + p.currentName() + "' is no 64-bit whole number", e);
        }
    }

    /** A number that the server leaves out when it is zero. */
    static long number(JsonParser p) {
        if (p.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return p.getLongValue();
        }
        Long value = numberOrNull(p);
        return value == null ? 0 : value;
    }

    static Integer integer(JsonParser p) {
        Long value = numberOrNull(p);
        if (value == null || value != value.intValue()) {
            throw new MalformedFrame("field '" + p.currentName() + "' holds what is no 32-bit whole number", null);
        }
        return value.intValue();
    }

    static @Nullable Integer integerOrNull(JsonParser p) {
        return p.currentToken() == JsonToken.VALUE_NULL ? null : integer(p);
    }

    static @Nullable Duration duration(long nanos) {
        return nanos == 0 ? null : Duration.ofNanos(nanos);
    }

    static @Nullable Long count(long count) {
        return count == 0 ? null : count;
    }

    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedFrame("field 'image' is not base64", e);
        }
    }

    static <V> List<V> list(JsonParser p, Function<JsonParser, V> item) {
        List<V> items = listOrNull(p, item);
        return items == null ? List.of() : items;
    }

    static <V> @Nullable List<V> listOrNull(JsonParser p, Function<JsonParser, V> item) {
        if (!is(p, JsonToken.START_ARRAY, "a list")) {
            return null;
        }
        List<V> items = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            items.add(item.apply(p));
        }
        return items;
    }

    /** The words of an error: text, or whatever JSON stands in its place. */
    static @Nullable String error(JsonParser p) {
        return switch (p.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> p.getString();
            default -> Json.value(p).toString();
        };
    }

    static ToolCall toolCall(JsonParser p) {
        String id = null;
        String function = null;
        Integer index = null;
        JsonObject arguments = JsonObject.EMPTY;
        startItem(p, "tool_calls");
        for (String name = p.nextName(); name != null; name = p.nextName()) {
            p.nextToken();
            if (name.equals("id")) {
                id = word(p);
            } else if (name.equals("function") && isObject(p)) {
                for (String inner = p.nextName(); inner != null; inner = p.nextName()) {
                    p.nextToken();
                    switch (inner) {
                        case "name" -> function = string(p);
                        case "index" -> index = integerOrNull(p);
                        case "arguments" -> arguments = isObject(p) ? (JsonObject) Json.value(p) : arguments;
                        default -> p.skipChildren();
                    }
                }
            } else {
                p.skipChildren();
            }
        }
        if (function == null) {
            throw new MalformedFrame("a tool call without a name", null);
        }
        return new ToolCall(id, index, function, arguments);
    }

    static Logprob logprob(JsonParser p) {
        String token = "";
        double logprob = 0;
        List<Integer> bytes = null;
        List<Logprob> top = List.of();
        startItem(p, "logprobs");
        for (String name = p.nextName(); name != null; name = p.nextName()) {
            p.nextToken();
            switch (name) {
                case "token" -> {
                    String value = string(p);
                    token = value == null ? "" : value;
                }
                case "logprob" -> logprob = p.getDoubleValue();
                case "bytes" -> bytes = listOrNull(p, ParsedValues::integer);
                case "top_logprobs" -> top = list(p, ParsedValues::logprob);
                default -> p.skipChildren();
            }
        }
        return new Logprob(token, logprob, bytes, top);
    }

    private static void startItem(JsonParser p, String list) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedFrame("an item of '" + list + "' is no object", null);
        }
    }
}
