// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.generation.JsonSchema;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where JSON ends: depth, numbers, characters. */
final class JsonLimitsTest {
    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String fields(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    record Any(Object value) {}

    @Test
    void d5DepthHasALimitOfOurOwn() {
        for (String deepest : List.of(nested(500), fields(500))) {
            assertThat(JsonValue.parse(deepest)).hasToString(deepest);
        }
        for (String deeper : List.of(nested(501), fields(501), nested(100_000))) {
            assertThatThrownBy(() -> JsonValue.parse(deeper))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not JSON: nested deeper than 500");
        }
    }

    @Test
    void d5WhatIsBuiltDeeperIsPrintedAndRefusedWhereItIsBound() {
        JsonValue deep = new JsonNumber("1");
        for (int i = 0; i < 700; i++) {
            deep = new JsonArray(List.of(deep));
        }
        assertThat(deep).hasToString("[".repeat(700) + "1" + "]".repeat(700));
        JsonValue document = JsonValue.of(Map.of("value", deep));
        assertThatThrownBy(() -> document.as(Any.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't make a Any of the JSON: nested deeper than 500");
    }

    @Test
    void d5AValueThatHoldsItselfHasNoJson() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThatThrownBy(() -> JsonValue.of(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nested deeper than 500");
    }

    @ParameterizedTest(name = "D5 {0}")
    @ValueSource(
            strings = {
                "1e9999999999",
                "-1e9999999999",
                "1e-9999999999",
                "1e999999999",
                "1e-999999999",
                "9223372036854775808",
                "0.5",
                "1e2147483647",
                "1e-2147483648"
            })
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNumberThatNoLongHolds(String literal) {
        JsonNumber number = new JsonNumber(literal);
        assertThat(number).hasToString(literal);
        assertThatThrownBy(number::asLong)
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining(literal);
        assertThatThrownBy(() -> number.as(Long.class)).isInstanceOf(IllegalArgumentException.class);
        if (literal.contains("e")) {
            assertThatThrownBy(() -> number.as(BigInteger.class)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    record Time(Instant at) {}

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void d5LongTextIsRefusedInTime() {
        for (String text : List.of("9".repeat(5_000_000), " ".repeat(5_000_000) + "x")) {
            assertThatThrownBy(() -> new JsonString(text).as(Long.class)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> JsonValue.of(Map.of("at", text)).as(Time.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void d5NumbersBeyondDecimalsAndDoubles() {
        assertThatThrownBy(() -> new JsonNumber("1e9999999999").asDecimal()).isInstanceOf(ArithmeticException.class);
        for (String literal : List.of("1e9999999999", "1e400", "-1e309")) {
            assertThatThrownBy(() -> new JsonNumber(literal).asDouble())
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining(literal);
        }
        assertThat(new JsonNumber("1e-9999999999").asDouble()).isZero();
        assertThat(new JsonNumber("1e2").asLong()).isEqualTo(100);
        assertThat(new JsonNumber("140.0").asLong()).isEqualTo(140);
        String longest = "1".repeat(10_000);
        assertThat(JsonValue.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> JsonValue.parse(longest + "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not JSON: a number of more than 10000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-Infinity", "/* a */ 1", "# a", "'a'", "{a:1}", "\u0000", "tru", "[1 2]"})
    void d5WordsAreOurOwn(String text) {
        assertThatThrownBy(() -> JsonValue.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("not JSON: ")
                .doesNotContain("Feature", "`", "ALLOW_", "Constraints");
    }

    @ParameterizedTest
    @CsvSource({
        "\\ud83d, \\ud83d",
        "\\ude00, \\ude00",
        "a\\ud83db, a\\ud83db",
        "\\ud83d\\ud83d\\ude00\\ude00, \\ud83d\ud83d\ude00\\ude00",
        "\\u0000\\u001f\\u007f\\u2028, \\u0000\\u001f\u007f\u2028",
    })
    void d5HalvesOfCharactersSurvive(String escaped, String printed) {
        JsonValue value = JsonValue.parse("{\"" + escaped + "\":[\"" + escaped + "\"]}");
        String text = value.toString();
        assertThat(text.toLowerCase(java.util.Locale.ROOT)).isEqualTo("{\"" + printed + "\":[\"" + printed + "\"]}");
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonValue.parse(new String(encoded, StandardCharsets.UTF_8))).isEqualTo(value);
        assertThat(new JsonString("\ud83d")).hasToString("\"\\ud83d\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"string\"}",
                "{\"type\":\"null\"}",
                "{\"type\":[\"string\",\"integer\"]}",
                "{\"type\":\"string\",\"enum\":[\"a\"]}",
                "{\"enum\":[\"a\",null]}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}",
                "{\"type\":\"object\",\"oneOf\":[{\"required\":[\"a\"]}]}",
                "{\"const\":1}",
                "{\"$ref\":\"#/$defs/a\"}",
            })
    void d5NullIsAllowedOnce(String schema) {
        JsonSchema once = JsonSchema.parse(schema).nullable();
        assertThat(once.nullable()).isEqualTo(once);
        assertThat(once.nullable().nullable().fields().toString())
                .doesNotContain("null\"]},{\"type\":\"null", "anyOf\":[{\"anyOf");
    }

    @Test
    void d5AListOfTypesTakesNull() {
        assertThat(JsonSchema.parse("{\"type\":[\"string\",\"integer\"]}").nullable())
                .isEqualTo(JsonSchema.parse("{\"type\":[\"string\",\"integer\",\"null\"]}"));
        JsonSchema allowed = JsonSchema.parse("{\"enum\":[\"a\",null]}");
        assertThat(allowed.nullable()).isEqualTo(allowed);
    }
}
