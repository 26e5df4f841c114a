// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.ToolCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Values that a parser stands on. JSON's null is the same as absence, as the server treats it. What only informs is absent
 * too when it can't be read; what is the answer itself makes the line malformed when it has another type.
 */
final class ParsedValues {
    private static final JsonArray NO_ITEMS = new JsonArray(List.of());

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

    /** Text that only informs, and says nothing when it is empty. */
    static @Nullable String word(JsonParser p) {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            p.skipChildren();
            return null;
        }
        String text = p.getString();
        return text.isEmpty() ? null : text;
    }

    static @Nullable Boolean bool(JsonParser p) {
        return switch (p.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedFrame("field '" + p.currentName() + "' is not true or false", null);
        };
    }

    /** A whole number that only informs. */
    static @Nullable Long numberOrNull(JsonParser p) {
        if (!p.currentToken().isNumeric()) {
            p.skipChildren();
            return null;
        }
        try {
            // Some fakes write whole numbers as 1.0 or 1e9.
            return p.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? p.getLongValue()
                    : new BigDecimal(p.getString()).longValueExact();
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** A number that the server leaves out when it is zero. */
    static long number(JsonParser p) {
        Long value = numberOrNull(p);
        return value == null ? 0 : value;
    }

    static Integer integer(JsonParser p) {
        String name = p.currentName();
        Integer value = integerOrNull(p);
        if (value == null) {
            throw new MalformedFrame("field '" + name + "' holds what is no 32-bit whole number", null);
        }
        return value;
    }

    /** A whole number that only informs. */
    static @Nullable Integer integerOrNull(JsonParser p) {
        Long value = numberOrNull(p);
        return value == null || value != value.intValue() ? null : value.intValue();
    }

    static @Nullable Duration duration(long nanos) {
        return nanos == 0 ? null : Duration.ofNanos(nanos);
    }

    static @Nullable Long count(long count) {
        return count == 0 ? null : count;
    }

    /** A number of which zero is sent; what is below isn't one. */
    static @Nullable Long countOrNull(JsonParser p) {
        Long value = numberOrNull(p);
        return value == null || value < 0 ? null : value;
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

    /** The words of an error: text, or whatever JSON stands in its place; blank text and false report nothing. */
    static @Nullable String error(JsonParser p) {
        String words = switch (p.currentToken()) {
            case VALUE_NULL, VALUE_FALSE -> "";
            case VALUE_STRING -> p.getString();
            default -> Json.value(p).toString();
        };
        return words.isBlank() ? null : words;
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
                id = p.currentToken().isNumeric() ? p.getString() : word(p);
            } else if (name.equals("function") && isObject(p)) {
                for (String inner = p.nextName(); inner != null; inner = p.nextName()) {
                    p.nextToken();
                    switch (inner) {
                        case "name" -> function = string(p);
                        case "index" -> index = index(p);
                        case "arguments" -> arguments = arguments(p);
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

    private static @Nullable Integer index(JsonParser p) {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            return integerOrNull(p);
        }
        try {
            return Integer.valueOf(p.getString().strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** An object, or the text of one as OpenAI's form has it; null, blank text and an empty list are none. */
    private static JsonObject arguments(JsonParser p) {
        JsonValue value = Json.value(p);
        if (value instanceof JsonString text && !text.value().isBlank()) {
            try {
                value = JsonValue.parse(text.value());
            } catch (IllegalArgumentException e) {
                throw new MalformedFrame("field 'arguments' is text that is " + e.getMessage(), e);
            }
            if (value instanceof JsonObject object) {
                return object;
            }
        } else if (value instanceof JsonObject object) {
            return object;
        } else if (value == JsonNull.NULL || value instanceof JsonString || value.equals(NO_ITEMS)) {
            return JsonObject.EMPTY;
        }
        throw new MalformedFrame("field 'arguments' is not an object", null);
    }

    /** Log probabilities inform: what can't be read of them is left out. */
    static List<Logprob> logprobs(JsonParser p) {
        List<Logprob> items = new ArrayList<>();
        if (p.currentToken() == JsonToken.START_ARRAY) {
            while (p.nextToken() != JsonToken.END_ARRAY) {
                if (p.currentToken() == JsonToken.START_OBJECT) {
                    items.add(logprob(p));
                } else {
                    p.skipChildren();
                }
            }
        } else {
            p.skipChildren();
        }
        return items;
    }

    private static Logprob logprob(JsonParser p) {
        String token = null;
        double logprob = Double.NaN;
        List<Integer> bytes = null;
        List<Logprob> top = List.of();
        for (String name = p.nextName(); name != null; name = p.nextName()) {
            p.nextToken();
            switch (name) {
                case "token" -> token = word(p);
                case "logprob" -> logprob = finite(p);
                case "bytes" -> bytes = bytes(p);
                case "top_logprobs" -> top = logprobs(p);
                default -> p.skipChildren();
            }
        }
        return new Logprob(token == null ? "" : token, logprob, bytes, top);
    }

    private static double finite(JsonParser p) {
        double value = p.currentToken().isNumeric() ? p.getDoubleValue() : Double.NaN;
        p.skipChildren();
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    private static @Nullable List<Integer> bytes(JsonParser p) {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return null;
        }
        List<@Nullable Integer> bytes = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            bytes.add(integerOrNull(p));
        }
        return bytes.contains(null)
                ? null
                : bytes.stream().map(Objects::requireNonNull).toList();
    }

    private static void startItem(JsonParser p, String list) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedFrame("an item of '" + list + "' is no object", null);
        }
    }
}
