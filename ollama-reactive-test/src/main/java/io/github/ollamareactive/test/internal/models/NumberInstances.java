// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes numbers that fit a JSON schema's limits and {@code multipleOf}: the lowest that fits, or 1 where nothing is said. */
final class NumberInstances {

    private NumberInstances() {}

    /**
     * A number.
     *
     * @param index which one of several numbers that are to differ
     */
    static JsonNode of(JsonNode schema, boolean integer, int index) {
        BigDecimal low = decimal(schema, "minimum", "exclusiveMinimum", true);
        BigDecimal high = decimal(schema, "maximum", "exclusiveMaximum", false);
        JsonNode multipleOf = schema.path("multipleOf");
        boolean grid = integer || multipleOf.isNumber();
        BigDecimal step = step(multipleOf, integer, low, high);
        BigDecimal first = low == null ? BigDecimal.ONE : low;
        BigDecimal value = grid ? multiple(first, step, RoundingMode.CEILING) : first;
        if (low == null && high != null && value.compareTo(high) >= 0) {
            value = grid ? multiple(high, step, RoundingMode.FLOOR) : high;
            step = step.negate();
        }
        if (isAt(value, schema.path("exclusiveMinimum")) || isAt(value, schema.path("exclusiveMaximum"))) {
            value = value.add(step);
        }
        BigDecimal plain = value.add(step.multiply(BigDecimal.valueOf(index))).stripTrailingZeros();
        return plain.scale() <= 0
                ? JsonNodeFactory.instance.numberNode(plain.toBigInteger())
                : JsonNodeFactory.instance.numberNode(plain);
    }

    private static BigDecimal step(
            JsonNode multipleOf, boolean integer, @Nullable BigDecimal low, @Nullable BigDecimal high) {
        if (multipleOf.isNumber()) {
            BigDecimal step = multipleOf.decimalValue().abs();
            while (integer && step.stripTrailingZeros().scale() > 0) {
                step = step.multiply(BigDecimal.TEN);
            }
            return step.signum() == 0 ? BigDecimal.ONE : step;
        }
        if (integer || low == null || high == null || high.compareTo(low) <= 0) {
            return BigDecimal.ONE;
        }
        return high.subtract(low).divide(BigDecimal.valueOf(64));
    }

    private static BigDecimal multiple(BigDecimal near, BigDecimal step, RoundingMode rounding) {
        return near.divide(step, 0, rounding).multiply(step);
    }

    private static boolean isAt(BigDecimal value, JsonNode limit) {
        return limit.isNumber() && value.compareTo(limit.decimalValue()) == 0;
    }

    /** The stricter one of two limits. */
    private static @Nullable BigDecimal decimal(JsonNode schema, String inclusive, String exclusive, boolean lower) {
        JsonNode first = schema.path(inclusive);
        JsonNode second = schema.path(exclusive);
        if (!first.isNumber() || !second.isNumber()) {
            return first.isNumber() ? first.decimalValue() : second.isNumber() ? second.decimalValue() : null;
        }
        return lower
                ? first.decimalValue().max(second.decimalValue())
                : first.decimalValue().min(second.decimalValue());
    }
}
