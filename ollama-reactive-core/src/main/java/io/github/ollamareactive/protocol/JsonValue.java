// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON tree: keys in the order they came, numbers exactly as they were written.
 *
 * <p>{@code toString} of each of its types is the JSON text, so that a value read and printed again is the same document
 * without its blanks. Two values are equal when they are the same document; number literals count, so {@code 1} and
 * {@code 1.0} differ.
 */
public sealed interface JsonValue extends JsonWritable {

    /**
     * Parses JSON text.
     *
     * @param json exactly one JSON value
     * @return the tree
     * @throws IllegalArgumentException when the text is no JSON
     */
    static JsonValue parse(String json) {
        return JsonCodec.instance().parse(requireNonNull(json, "json"));
    }

    /**
     * Turns a plain Java value into JSON.
     *
     * @param value null, a {@link JsonWritable}, text, a number, a boolean, an enum (its name in lower case), a map with
     *     text keys (iteration order kept) or a collection of such values
     * @return the JSON value
     * @throws IllegalArgumentException for any other type, and for NaN and the infinities, which JSON doesn't know
     */
    static JsonValue of(@Nullable Object value) {
        if (value == null) {
            return JsonNull.NULL;
        } else if (value instanceof JsonWritable w) {
            return w.toJson();
        } else if (value instanceof CharSequence s) {
            return new JsonString(s.toString());
        } else if (value instanceof Boolean b) {
            return new JsonBoolean(b);
        } else if (value instanceof Number n) {
            return JsonNumber.of(n);
        } else if (value instanceof Enum<?> e) {
            return new JsonString(e.name().toLowerCase(Locale.ROOT));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, JsonValue> fields = new LinkedHashMap<>();
            map.forEach((k, v) -> fields.put(String.valueOf(k), of(v)));
            return new JsonObject(fields);
        } else if (value instanceof Collection<?> items) {
            List<JsonValue> list = new ArrayList<>(items.size());
            items.forEach(item -> list.add(of(item)));
            return new JsonArray(list);
        }
        throw new IllegalArgumentException(
                "no JSON value for " + value.getClass().getName());
    }

    @Override
    default JsonValue toJson() {
        return this;
    }

    /**
     * Looks a field up.
     *
     * @param name its name
     * @return the field's value; null when this is no object or has no such field
     */
    default @Nullable JsonValue get(String name) {
        return null;
    }

    /**
     * The text of a JSON string.
     *
     * @return the text
     * @throws IllegalStateException when this is something else
     */
    default String asString() {
        throw new IllegalStateException("not a string: " + this);
    }

    /**
     * A whole number.
     *
     * @return the number
     * @throws IllegalStateException when this is no number
     * @throws ArithmeticException when it has a fraction or doesn't fit into 64 bits
     */
    default long asLong() {
        return asDecimal().longValueExact();
    }

    /**
     * A number, rounded to the nearest double.
     *
     * @return the number
     * @throws IllegalStateException when this is no number
     */
    default double asDouble() {
        return asDecimal().doubleValue();
    }

    /**
     * A number, exactly.
     *
     * @return the number
     * @throws IllegalStateException when this is no number
     */
    default BigDecimal asDecimal() {
        throw new IllegalStateException("not a number: " + this);
    }

    /**
     * A boolean.
     *
     * @return its value
     * @throws IllegalStateException when this is something else
     */
    default boolean asBoolean() {
        throw new IllegalStateException("not a boolean: " + this);
    }

    /**
     * Binds this value to a Java type: a record, a class with a matching constructor, a collection.
     *
     * @param type the type wanted
     * @param <T> the type wanted
     * @return the bound object
     * @throws IllegalArgumentException when the value doesn't fit the type
     */
    default <T> T as(Class<T> type) {
        return JsonCodec.instance().bind(this, requireNonNull(type, "type"));
    }

    /**
     * A JSON object.
     *
     * @param fields its fields in order
     */
    record JsonObject(Map<String, JsonValue> fields) implements JsonValue {
        /** The object without fields. */
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        /**
         * Copies the fields, in their order.
         *
         * @param fields the fields
         */
        public JsonObject {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public @Nullable JsonValue get(String name) {
            return fields.get(name);
        }

        /**
         * The same object with one field set, replaced in its place, or removed.
         *
         * @param name the field's name
         * @param value its value, as {@link JsonValue#of} takes it; null removes the field
         * @return the new object
         */
        public JsonObject with(String name, @Nullable Object value) {
            requireNonNull(name, "name");
            Map<String, JsonValue> copy = new LinkedHashMap<>(fields);
            if (value == null) {
                copy.remove(name);
            } else {
                copy.put(name, JsonValue.of(value));
            }
            return new JsonObject(copy);
        }

        @Override
        public String toString() {
            return JsonCodec.instance().print(this);
        }
    }

    /**
     * A JSON array.
     *
     * @param items its values
     */
    record JsonArray(List<JsonValue> items) implements JsonValue {
        /**
         * Copies the items.
         *
         * @param items the values
         */
        public JsonArray {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return JsonCodec.instance().print(this);
        }
    }

    /**
     * A JSON string.
     *
     * @param value its text
     */
    record JsonString(String value) implements JsonValue {
        @Override
        public String asString() {
            return value;
        }

        @Override
        public String toString() {
            return JsonCodec.instance().print(this);
        }
    }

    /**
     * A JSON number, kept as it was written.
     *
     * @param literal its digits, as JSON writes them
     */
    record JsonNumber(String literal) implements JsonValue {
        private static final Pattern LITERAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

        /**
         * Checks that the literal is a number.
         *
         * @param literal the digits
         * @throws NumberFormatException when it is none
         */
        public JsonNumber {
            // What Java reads beyond JSON (a leading + or point, a trailing point) would spoil the document.
            if (!LITERAL.matcher(literal).matches()) {
                throw new NumberFormatException("not a JSON number: " + literal);
            }
        }

        static JsonNumber of(Number number) {
            if (number instanceof Double || number instanceof Float) {
                double d = number.doubleValue();
                if (Double.isNaN(d) || Double.isInfinite(d)) {
                    throw new IllegalArgumentException("no JSON number for " + number);
                }
            }
            return new JsonNumber(number.toString());
        }

        @Override
        public BigDecimal asDecimal() {
            return new BigDecimal(literal);
        }

        @Override
        public double asDouble() {
            return Double.parseDouble(literal);
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /**
     * {@code true} or {@code false}.
     *
     * @param value which
     */
    record JsonBoolean(boolean value) implements JsonValue {
        @Override
        public boolean asBoolean() {
            return value;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** JSON's {@code null}. */
    enum JsonNull implements JsonValue {
        /** The only one. */
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }
}
