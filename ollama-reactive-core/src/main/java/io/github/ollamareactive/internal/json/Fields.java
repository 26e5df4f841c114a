// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object, by the types that they should have. JSON's null is absence. A field that only informs, as plain
 * text, numbers, durations and times do, is absent too when it can't be read; any other of another type makes the frame
 * malformed.
 */
public final class Fields {
    private final JsonObject object;
    private final boolean stored;
    private final Set<String> known = new HashSet<>();

    /** @param object the object, as a server sent it */
    public Fields(JsonObject object) {
        this(object, false);
    }

    private Fields(JsonObject object, boolean stored) {
        this.object = object;
        this.stored = stored;
    }

    /** The fields of an event's JSON form, in which the unknown ones stand by themselves, in {@code extras}. */
    public static Fields stored(JsonObject event) {
        return new Fields(event, true);
    }

    /** The fields that the library doesn't know: those that nobody has asked for when all others have been read. */
    public JsonObject extras() {
        if (stored) {
            JsonObject kept = tree("extras");
            return kept == null ? JsonObject.EMPTY : kept;
        }
        Map<String, JsonValue> unknown = new LinkedHashMap<>(object.fields());
        unknown.keySet().removeAll(known);
        return unknown.isEmpty() ? JsonObject.EMPTY : new JsonObject(unknown);
    }

    /** The names of all fields. */
    public Set<String> names() {
        return object.fields().keySet();
    }

    /** Whether there is such a field, null included. */
    public boolean has(String name) {
        return value(name) != null;
    }

    private @Nullable JsonValue value(String name) {
        known.add(name);
        return object.get(name);
    }

    private @Nullable JsonValue present(String name) {
        JsonValue value = value(name);
        return value == JsonNull.NULL ? null : value;
    }

    private static MalformedFrame wrong(String name, String expected) {
        return new MalformedFrame("field '" + name + "' is not " + expected, null);
    }

    @Nullable
    public String text(String name) {
        return value(name) instanceof JsonString s ? s.value() : null;
    }

    /** Text that is what was asked for. */
    @Nullable
    public String content(String name) {
        JsonValue value = present(name);
        if (value == null) {
            return null;
        } else if (value instanceof JsonString s) {
            return s.value();
        }
        throw wrong(name, "text");
    }

    public String requiredText(String name) {
        return required(name, content(name));
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new MalformedFrame("field '" + name + "' is missing", null);
        }
        return value;
    }

    @Nullable
    public Long number(String name) {
        try {
            return value(name) instanceof JsonNumber n ? n.asLong() : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static Long number(String name, JsonValue value) {
        try {
            if (value instanceof JsonNumber n) {
                return n.asLong();
            }
        } catch (ArithmeticException e) {
            throw new MalformedFrame("field '" + name + "' is no 64-bit whole number", e);
        }
        throw wrong(name, "a number");
    }

    public long requiredNumber(String name) {
        return number(name, required(name, present(name)));
    }

    @Nullable
    public Integer integer(String name) {
        Long number = number(name);
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    public int requiredInteger(String name) {
        return required(name, integer(name));
    }

    @Nullable
    public List<Long> numbers(String name) {
        return list(name, item -> number(name, item));
    }

    @Nullable
    public List<Integer> integers(String name) {
        return list(name, item -> {
            long number = number(name, item);
            if (number != (int) number) {
                throw wrong(name, "a list of 32-bit whole numbers");
            }
            return (int) number;
        });
    }

    /** A number that is what was asked for. */
    @Nullable
    public Double real(String name) {
        JsonValue value = present(name);
        return value == null ? null : real(name, value);
    }

    public double requiredReal(String name) {
        return real(name, required(name, present(name)));
    }

    @Nullable
    public List<Double> reals(String name) {
        return list(name, item -> real(name, item));
    }

    private static double real(String name, JsonValue value) {
        double number = value instanceof JsonNumber n ? Double.parseDouble(n.literal()) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrong(name, "a number within 64 bits");
        }
        return number;
    }

    @Nullable
    public Duration duration(String name) {
        Long nanos = number(name);
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    /** A decimal number. */
    @Nullable
    public BigDecimal decimal(String name) {
        return value(name) instanceof JsonNumber n ? new BigDecimal(n.literal()) : null;
    }

    /** A value of any type. */
    @Nullable
    public JsonValue any(String name) {
        return present(name);
    }

    @Nullable
    public Boolean bool(String name) {
        JsonValue value = present(name);
        if (value == null) {
            return null;
        } else if (value instanceof JsonBoolean b) {
            return b.value();
        }
        throw wrong(name, "true or false");
    }

    @Nullable
    public JsonObject tree(String name) {
        Fields inner = inner(name);
        return inner == null ? null : inner.object;
    }

    /** A list, each of its items read by a function. */
    public <T> @Nullable List<T> list(String name, Function<JsonValue, T> item) {
        JsonValue value = present(name);
        if (value == null) {
            return null;
        } else if (value instanceof JsonArray a) {
            return a.items().stream().map(item).toList();
        }
        throw wrong(name, "a list");
    }

    public static Fields of(JsonValue item) {
        return new Fields(objectOf(item));
    }

    public static JsonObject objectOf(JsonValue item) {
        if (item instanceof JsonObject object) {
            return object;
        }
        throw new MalformedFrame("an item of a list is no object", null);
    }

    /** Throws what the server reports in place of an answer; blank text and false report nothing. */
    public void checkError() {
        JsonValue error = present("error");
        if (error != null && !(error instanceof JsonBoolean b && !b.value())) {
            String words = error instanceof JsonString s ? s.value() : error.toString();
            if (!words.isBlank()) {
                throw ExceptionFactory.reported(words);
            }
        }
    }

    /** Checks a list that was read element by element. */
    public void checkList(String name) {
        required(name, value(name));
        list(name, item -> item);
    }

    @Nullable
    public OffsetDateTime time(String name) {
        String text = text(name);
        return text == null ? null : Rfc3339.parse(text);
    }

    @Nullable
    public Fields inner(String name) {
        JsonValue value = present(name);
        if (value == null) {
            return null;
        } else if (value instanceof JsonObject o) {
            return new Fields(o, stored);
        }
        throw wrong(name, "an object");
    }

    @Nullable
    public List<String> texts(String name) {
        JsonValue value = present(name);
        if (value == null) {
            return null;
        } else if (value instanceof JsonArray a && a.items().stream().allMatch(JsonString.class::isInstance)) {
            return a.items().stream().map(JsonValue::asString).toList();
        }
        throw wrong(name, "a list of texts");
    }
}
