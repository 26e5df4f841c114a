// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON tree: what is read is what is printed. */
final class JsonValueTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "{\"b\":1,\"a\":{\"z\":[],\"y\":null}}",
                "[1,-0,1.0,1.50,1e-6,1E+2,18446744073709551615,123456789012345678901234567890.5]",
                "\"\\\"\\\\\\n\\t \u00e4 \u4f60 \ud83d\ude00\"",
            })
    void isPrintedAsItWasRead(String json) {
        assertThat(JsonValue.parse(json)).hasToString(json);
        assertThat(JsonValue.parse(json)).isEqualTo(JsonValue.parse(json)).hasSameHashCodeAs(JsonValue.parse(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":}", "[1,]", "1 2", "{} x", "nul", "'a'", "01", "+1", ".5", "NaN"})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonValue.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON");
    }

    @Test
    void plainJavaValuesBecomeJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a");
        map.put("int", 1);
        map.put("big", new BigDecimal("1.50"));
        map.put("double", 1e-7);
        map.put("none", null);
        map.put("list", List.of(true, TimeUnit.SECONDS));
        map.put("options", ModelOptions.create().seed(7));
        assertThat(JsonValue.of(map))
                .hasToString("{\"text\":\"a\",\"int\":1,\"big\":1.50,\"double\":1.0E-7,\"none\":null,"
                        + "\"list\":[true,\"seconds\"],\"options\":{\"seed\":7}}");
        assertThatThrownBy(() -> JsonValue.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonValue.of(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsItsParts() {
        JsonValue value = JsonValue.parse("{\"a\":\"x\",\"n\":42,\"d\":0.1,\"b\":true,\"z\":null}");
        assertThat(value.get("a").asString()).isEqualTo("x");
        assertThat(value.get("n").asLong()).isEqualTo(42);
        assertThat(value.get("d").asDouble()).isEqualTo(0.1);
        assertThat(value.get("d").asDecimal()).isEqualTo(new BigDecimal("0.1"));
        assertThat(value.get("b").asBoolean()).isTrue();
        assertThat(value.get("z")).isEqualTo(JsonNull.NULL);
        assertThat(value.get("nothing")).isNull();
        assertThatThrownBy(() -> value.get("a").asLong()).hasMessage("not a number: \"x\"");
        assertThatThrownBy(() -> value.get("d").asLong()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new JsonNumber("1.")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void keepsOrderWhenAFieldIsReplaced() {
        JsonObject object = JsonObject.EMPTY.with("a", 1).with("b", 2).with("a", 3);
        assertThat(object).hasToString("{\"a\":3,\"b\":2}");
        assertThat(object.with("a", null)).hasToString("{\"b\":2}");
    }

    record Weather(String city, int days, List<String> details) {}

    @Test
    void bindsToARecord() {
        JsonValue value = JsonValue.parse("{\"city\":\"Paris\",\"days\":2,\"details\":[\"rain\"],\"more\":1}");
        assertThat(value.as(Weather.class)).isEqualTo(new Weather("Paris", 2, List.of("rain")));
        assertThatThrownBy(() ->
                        JsonValue.parse("{\"city\":\"Paris\",\"days\":\"two\"}").as(Weather.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Weather");
    }

    sealed interface Sum permits Add, Mul, Num {}

    record Add(Sum l, Sum r) implements Sum {}

    record Mul(Sum l, Sum r) implements Sum {}

    record Num(int n) implements Sum {}

    /** Each level has two records that fit by their names: trying both would take two to the power of the depth. */
    @Test
    void aDeepDocumentThatFitsNothingIsRefusedWithoutTryingEverything() {
        String document = "{\"n\":\"no number\"}";
        for (int depth = 0; depth < 60; depth++) {
            document = "{\"l\":{\"n\":1},\"r\":" + document + "}";
        }
        JsonValue deep = JsonValue.parse(document);
        assertThatThrownBy(() -> deep.as(Sum.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomTreesSurviveTheRoundTrip() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            JsonValue tree = JsonValue.of(random(random, 4));
            assertThat(JsonValue.parse(tree.toString())).as("seed %d", seed).isEqualTo(tree);
        }
    }

    private static Object random(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0:
                return random.nextLong();
            case 1:
                return random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 2:
                return random.nextBoolean();
            case 3:
                return null;
            case 4:
                StringBuilder text = new StringBuilder();
                random.ints(random.nextInt(8), 0, 0x2FFF).forEach(text::appendCodePoint);
                return text.toString();
            case 5:
                List<Object> list = new ArrayList<>();
                random.ints(random.nextInt(4)).forEach(n -> list.add(random(random, depth - 1)));
                return list;
            default:
                Map<String, Object> map = new LinkedHashMap<>();
                random.ints(random.nextInt(4)).forEach(n -> map.put("k" + n, random(random, depth - 1)));
                return map;
        }
    }
}
