// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON tree that keeps the order of keys and the literals of numbers.
 *
 * <p>{@code toString} of each type returns the JSON text: a value that is parsed and printed is the same document
 * without white space. Two values are equal when they are the same document. Numbers are compared by their literals:
 * {@code 1} is not equal to {@code 1.0}.
 */
// One sealed family in one file. Conversion from Java values is JsonConversion's, text and binding are JsonCodec's.
public sealed interface JsonValue extends JsonWritable {

    /**
     * Parses JSON text.
     *
     * @param json exactly one JSON value
     * @return the tree
     * @throws IllegalArgumentException when the text is not JSON, is nested deeper than 500, or has a number of more than
     *     10,000 characters
     */
    static JsonValue parse(String json) {
        return JsonCodec.instance().parse(requireNonNull(json, "json"));
    }

    /**
     * Converts a plain Java value to JSON.
     *
     * @param value null, a {@link JsonWritable}, a {@code CharSequence}, a number, a boolean, an enum constant (its
     *     name in lower case), a map (keys as text, in iteration order) or a collection of such values
     * @return the JSON value
     * @throws IllegalArgumentException for any other type, for NaN and the infinities, which JSON can't express, and for
     *     maps and collections nested deeper than 500
     */
    static JsonValue of(@Nullable Object value) {
        return JsonConversion.toJson(value);
    }

    @Override
    default JsonValue toJson() {
        return this;
    }

    /**
     * Looks up a field.
     *
     * @param name its name
     * @return the field's value; null when this is not an object or has no such field
     */
    default @Nullable JsonValue get(String name) {
        return null;
    }

    /**
     * The text of a JSON string.
     *
     * @return the text
     * @throws IllegalStateException when this is not a string
     */
    default String asString() {
        throw new IllegalStateException("not a string: " + this);
    }

    /**
     * The value of an integer.
     *
     * @return the number
     * @throws IllegalStateException when this is not a number
     * @throws ArithmeticException when it has a fraction or doesn't fit into 64 bits
     */
    default long asLong() {
        throw new IllegalStateException("not a number: " + this);
    }

    /**
     * The value of a number, rounded to the nearest double.
     *
     * @return the number
     * @throws IllegalStateException when this is not a number
     * @throws ArithmeticException when it is larger than any double
     */
    default double asDouble() {
        throw new IllegalStateException("not a number: " + this);
    }

    /**
     * The exact value of a number.
     *
     * @return the number
     * @throws IllegalStateException when this is not a number
     * @throws ArithmeticException when its exponent doesn't fit into 32 bits
     */
    default BigDecimal asDecimal() {
        throw new IllegalStateException("not a number: " + this);
    }

    /**
     * The value of a boolean.
     *
     * @return true or false
     * @throws IllegalStateException when this is not a boolean
     */
    default boolean asBoolean() {
        throw new IllegalStateException("not a boolean: " + this);
    }

    /**
     * Binds this value to a Java type: a record, a class with a matching constructor, a collection.
     *
     * <p>Nothing is lost on the way, and nothing is left out: a fraction or a number out of range where a whole number is
     * expected, a number in the place of an enum constant, a time or a boolean, and a record's component without a value
     * that {@code JsonSchema.of} calls required, are errors. {@code 140.0} and {@code "140"} are whole numbers too, and a
     * scalar in the place of text is its literal. Fractions are rounded to the nearest {@code float} or {@code double}.
     * Fields that the type doesn't know are ignored. Components may be {@code JsonValue}s.
     *
     * @param type the target type
     * @param <T> the target type
     * @return the object
     * @throws IllegalArgumentException when the value doesn't fit the type; the message names the place, as
     *     {@code order.lines[2].price}, what is there and what is expected
     */
    default <T> T as(Class<T> type) {
        @SuppressWarnings("unchecked")
        T bound = (T) JsonCodec.instance().bind(this, requireNonNull(type, "type"));
        return bound;
    }

    /**
     * Binds this value to a generic type, as {@link #as(Class)} does:
     * {@code value.as(new JsonType<List<Row>>() {})}.
     *
     * @param type the target type
     * @param <T> the target type
     * @return the object
     * @throws IllegalArgumentException when the value doesn't fit the type; the message names the place, as
     *     {@code [2].price}, what is there and what is expected
     */
    default <T> T as(JsonType<T> type) {
        @SuppressWarnings("unchecked")
        T bound = (T) JsonCodec.instance().bind(this, type.annotatedType());
        return bound;
    }

    /**
     * A JSON object.
     *
     * @param fields its fields, in order
     */
    record JsonObject(Map<String, JsonValue> fields) implements JsonValue {
        /** The object without fields. */
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        /**
         * Copies the fields, in their order.
         *
         * @param fields see the record
         */
        public JsonObject {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public @Nullable JsonValue get(String name) {
            return fields.get(name);
        }

        /**
         * Copies this object with one field set or removed. A field that is replaced keeps its place.
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
     * @param items its values, in order
     */
    record JsonArray(List<JsonValue> items) implements JsonValue {
        /**
         * Copies the items.
         *
         * @param items see the record
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
     * A JSON number.
     *
     * @param literal the number as it stands in the JSON text
     */
    record JsonNumber(String literal) implements JsonValue {
        private static final Pattern LITERAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

        /**
         * Checks the literal.
         *
         * @param literal see the record
         * @throws NumberFormatException when it is not a JSON number
         */
        public JsonNumber {
            // Java also parses what is not JSON: a leading plus or point, a trailing point.
            if (!LITERAL.matcher(literal).matches()) {
                throw new NumberFormatException("not a JSON number: " + literal);
            }
        }

        @Override
        public BigDecimal asDecimal() {
            try {
                return new BigDecimal(literal);
            } catch (NumberFormatException e) {
                throw unfit("decimal");
            }
        }

        @Override
        public long asLong() {
            try {
                return new BigDecimal(literal).longValueExact();
            } catch (NumberFormatException | ArithmeticException e) {
                throw unfit("64-bit whole number");
            }
        }

        @Override
        public double asDouble() {
            double value = Double.parseDouble(literal);
            if (Double.isInfinite(value)) {
                throw unfit("double");
            }
            return value;
        }

        private ArithmeticException unfit(String type) {
            return new ArithmeticException("no " + type + " holds " + literal);
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /**
     * A JSON boolean.
     *
     * @param value true or false
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

    /** The JSON value {@code null}. */
    enum JsonNull implements JsonValue {
        /** The only instance. */
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }
}
