// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Numbers, times and JSON itself, bound without loss: a whole number has no fraction and fits, a number is finite, a time is
 * text, and JSON keeps its literals.
 */
final class ExactScalars extends SimpleModule {
    private static final long serialVersionUID = 1;

    /** More digits are refused: 1e999999999 as a whole number would take all memory. */
    static final int MAX_DIGITS = 10_000;

    private static final Set<Class<?>> WHOLE = Set.of(
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            BigInteger.class,
            OptionalInt.class,
            OptionalLong.class);
    private static final Set<Class<?>> FRACTIONS = Set.of(
            float.class,
            Float.class,
            double.class,
            Double.class,
            BigDecimal.class,
            Number.class,
            OptionalDouble.class,
            JsonNumber.class);

    /** The names that messages call types by. */
    static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(
            Byte.class, byte.class,
            Short.class, short.class,
            Integer.class, int.class,
            OptionalInt.class, int.class,
            Long.class, long.class,
            OptionalLong.class, long.class,
            Float.class, float.class,
            Double.class, double.class,
            OptionalDouble.class, double.class);

    ExactScalars() {
        number(byte.class, Byte.class, s -> new BigDecimal(s).byteValueExact());
        number(short.class, Short.class, s -> new BigDecimal(s).shortValueExact());
        number(int.class, Integer.class, s -> new BigDecimal(s).intValueExact());
        number(long.class, Long.class, s -> new BigDecimal(s).longValueExact());
        number(float.class, Float.class, ExactScalars::finiteFloat);
        number(double.class, Double.class, ExactScalars::finiteDouble);
        add(new ExactNumber<>(BigInteger.class, ExactScalars::whole, null));
        add(new ExactNumber<>(BigDecimal.class, BigDecimal::new, null));
        add(new ExactNumber<>(Number.class, ExactScalars::number, null));
        add(new ExactNumber<>(
                OptionalInt.class, s -> OptionalInt.of(new BigDecimal(s).intValueExact()), OptionalInt.empty()));
        add(new ExactNumber<>(
                OptionalLong.class, s -> OptionalLong.of(new BigDecimal(s).longValueExact()), OptionalLong.empty()));
        add(new ExactNumber<>(OptionalDouble.class, s -> OptionalDouble.of(finiteDouble(s)), OptionalDouble.empty()));
        add(new JsonTree(JsonValue.class));
        add(new JsonTree(JsonObject.class));
        add(new JsonTree(JsonArray.class));
        add(new JsonTree(JsonString.class));
        add(new JsonTree(JsonNumber.class));
        add(new JsonTree(JsonBoolean.class));
        add(new JsonTree(JsonNull.class));
        setDeserializerModifier(new TextTimes());
    }

    static boolean isWhole(Class<?> type) {
        return WHOLE.contains(type);
    }

    static boolean isNumber(Class<?> type) {
        return FRACTIONS.contains(type);
    }

    @SuppressWarnings("unchecked")
    private <T> void number(Class<T> primitive, Class<T> boxed, Function<String, T> exact) {
        ExactNumber<T> element = new ExactNumber<>(primitive, exact, null);
        add(element);
        add(new ExactNumber<>(boxed, exact, null));
        if (primitive != byte.class) { // whose arrays are base64
            addDeserializer((Class<Object>) primitive.arrayType(), new ExactArray(primitive, element));
        }
    }

    @SuppressWarnings("unchecked")
    private void add(StdDeserializer<?> deserializer) {
        addDeserializer((Class<Object>) deserializer.handledType(), (ValueDeserializer<Object>) deserializer);
    }

    private static float finiteFloat(String literal) {
        float value = Float.parseFloat(literal);
        if (Float.isInfinite(value)) {
            throw new ArithmeticException("overflow");
        }
        return value;
    }

    private static double finiteDouble(String literal) {
        return new JsonNumber(literal).asDouble();
    }

    private static BigInteger whole(String literal) {
        BigDecimal value = new BigDecimal(literal);
        if (value.signum() != 0 && Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw new ArithmeticException("too many digits");
        }
        return value.signum() == 0 ? BigInteger.ZERO : value.toBigIntegerExact();
    }

    /** The smallest type that holds it. */
    private static Number number(String literal) {
        if (literal.matches("-?[0-9]+")) {
            BigInteger whole = new BigInteger(literal);
            return whole.bitLength() < 32
                    ? (Number) whole.intValue()
                    : whole.bitLength() < 64 ? (Number) whole.longValue() : whole;
        }
        return finiteDouble(literal);
    }
}
