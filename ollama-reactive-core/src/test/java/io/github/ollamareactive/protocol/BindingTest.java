// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binding loses nothing, leaves nothing out, and says where and what when it can't. */
final class BindingTest {
    enum Level {
        LOW,
        @JsonProperty("high up")
        HIGH
    }

    /** A field for each kind of value; all may be absent. */
    record Values(
            @Nullable Byte aByte,
            @Nullable Short aShort,
            @Nullable Integer anInt,
            @Nullable Long aLong,
            @Nullable BigInteger big,
            @Nullable Float aFloat,
            @Nullable Double aDouble,
            @Nullable BigDecimal decimal,
            @Nullable Number number,
            @Nullable Boolean flag,
            @Nullable Character letter,
            @Nullable String text,
            @Nullable Level level,
            @Nullable LocalDate date,
            @Nullable LocalTime time,
            @Nullable LocalDateTime dateTime,
            @Nullable Instant instant,
            @Nullable OffsetDateTime offset,
            @Nullable ZonedDateTime zoned,
            @Nullable Duration duration,
            @Nullable UUID id,
            int @Nullable [] ints,
            double @Nullable [] doubles,
            boolean @Nullable [] flags,
            @Nullable List<Integer> list,
            @Nullable Set<Level> levels,
            @Nullable Map<Level, Integer> byLevel,
            Optional<Integer> maybe,
            OptionalInt maybeInt,
            OptionalLong maybeLong,
            OptionalDouble maybeDouble) {}

    private static JsonValue json(String singleQuoted) {
        return JsonValue.parse(singleQuoted.replace('\'', '"'));
    }

    private static Values values(String field) {
        return json("{" + field + "}").as(Values.class);
    }

    @ParameterizedTest(name = "D1 {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'aByte':200 | aByte is 200, expected a whole number (byte)",
                "'aByte':'200' | aByte is \"200\", expected a whole number (byte)",
                "'aByte':-129 | aByte is -129, expected a whole number (byte)",
                "'aShort':40000 | aShort is 40000, expected a whole number (short)",
                "'anInt':3.7 | anInt is 3.7, expected a whole number (int)",
                "'anInt':'3.7' | anInt is \"3.7\", expected a whole number (int)",
                "'anInt':3000000000 | anInt is 3000000000, expected a whole number (int)",
                "'anInt':1e999999999 | anInt is 1e999999999, expected a whole number (int)",
                "'anInt':'' | anInt is \"\", expected a whole number (int)",
                "'anInt':'null' | anInt is \"null\", expected a whole number (int)",
                "'anInt':true | anInt is true, expected a whole number (int)",
                "'anInt':[1] | anInt is [1], expected a whole number (int)",
                "'anInt':{'a':1} | anInt is {\"a\":1}, expected a whole number (int)",
                "'aLong':9223372036854775808 | aLong is 9223372036854775808, expected a whole number (long)",
                "'aLong':1e-1 | aLong is 1e-1, expected a whole number (long)",
                "'big':0.5 | big is 0.5, expected a whole number (BigInteger)",
                "'big':1e999999999 | big is 1e999999999, expected a whole number (BigInteger)",
                "'big':1e-999999999 | big is 1e-999999999, expected a whole number (BigInteger)",
                "'aFloat':1e39 | aFloat is 1e39, expected a number (float)",
                "'aFloat':'1e39' | aFloat is \"1e39\", expected a number (float)",
                "'aFloat':'NaN' | aFloat is \"NaN\", expected a number (float)",
                "'aDouble':-1e400 | aDouble is -1e400, expected a number (double)",
                "'aDouble':'Infinity' | aDouble is \"Infinity\", expected a number (double)",
                "'decimal':'' | decimal is \"\", expected a number (BigDecimal)",
                "'decimal':1e99999999999 | decimal is 1e99999999999, expected a number (BigDecimal)",
                "'number':1e400 | number is 1e400, expected a number (Number)",
                "'flag':1 | flag is 1, expected true or false",
                "'flag':0 | flag is 0, expected true or false",
                "'flag':'yes' | flag is \"yes\", expected true or false",
                "'flag':'' | flag is \"\", expected true or false",
                "'letter':65 | letter is 65, expected one character",
                "'letter':'ab' | letter is \"ab\", expected one character",
                "'letter':'' | letter is \"\", expected one character",
                "'text':{} | text is {}, expected text",
                "'text':['a'] | text is [\"a\"], expected text",
                "'level':1 | level is 1, expected \"LOW\" or \"high up\"",
                "'level':'1' | level is \"1\", expected \"LOW\" or \"high up\"",
                "'level':'low' | level is \"low\", expected \"LOW\" or \"high up\"",
                "'level':'HIGH' | level is \"HIGH\", expected \"LOW\" or \"high up\"",
                "'level':'' | level is \"\", expected \"LOW\" or \"high up\"",
                "'date':2025 | date is 2025, expected text (LocalDate)",
                "'date':'2025' | date is \"2025\", expected text (LocalDate)",
                "'date':[2025,1,2] | date is [2025,1,2], expected text (LocalDate)",
                "'date':'2025-01-02T03:04:05Z' | date is \"2025-01-02T03:04:05Z\", expected text (LocalDate)",
                "'date':'2025-02-30' | date is \"2025-02-30\", expected text (LocalDate)",
                "'date':'' | date is \"\", expected text (LocalDate)",
                "'time':3600 | time is 3600, expected text (LocalTime)",
                "'dateTime':'2025-01-02T03:04:05Z' | dateTime is \"2025-01-02T03:04:05Z\", expected text (LocalDateTime)",
                "'dateTime':'2025-01-02T03:04:05+02:00' | dateTime is \"2025-01-02T03:04:05+02:00\", expected text (LocalDateTime)",
                "'instant':1700000000 | instant is 1700000000, expected text (Instant)",
                "'instant':'2025' | instant is \"2025\", expected text (Instant)",
                "'instant':1.5 | instant is 1.5, expected text (Instant)",
                "'offset':'2025-01-02T03:04:05' | offset is \"2025-01-02T03:04:05\", expected text (OffsetDateTime)",
                "'offset':'1700000000' | offset is \"1700000000\", expected text (OffsetDateTime)",
                "'zoned':1700000000 | zoned is 1700000000, expected text (ZonedDateTime)",
                "'duration':60 | duration is 60, expected text (Duration)",
                "'duration':'1 h' | duration is \"1 h\", expected text (Duration)",
                "'id':'' | id is \"\", expected text (UUID)",
                "'ints':[1,2.5] | ints[1] is 2.5, expected a whole number (int)",
                "'ints':[null] | ints[0] is null, expected a whole number (int)",
                "'ints':1 | ints is 1, expected a list",
                "'doubles':[1e400] | doubles[0] is 1e400, expected a number (double)",
                "'flags':[true,1] | flags[1] is 1, expected true or false",
                "'list':[1,3.7] | list[1] is 3.7, expected a whole number (int)",
                "'list':[null] | list[0] is null, expected a whole number (int)",
                "'list':{} | list is {}, expected a list",
                "'levels':['LOW','x'] | levels[1] is \"x\", expected \"LOW\" or \"high up\"",
                "'byLevel':{'x':1} | byLevel has the name \"x\", expected \"LOW\" or \"high up\"",
                "'byLevel':{'LOW':1.5} | byLevel.LOW is 1.5, expected a whole number (int)",
                "'maybe':3.7 | maybe is 3.7, expected a whole number (int)",
                "'maybe':'' | maybe is \"\", expected a whole number (int)",
                "'maybeInt':3.7 | maybeInt is 3.7, expected a whole number (int)",
                "'maybeLong':1e30 | maybeLong is 1e30, expected a whole number (long)",
                "'maybeDouble':1e400 | maybeDouble is 1e400, expected a number (double)",
            })
    void whatWouldLoseSomethingIsRefused(String field, String message) {
        assertThatThrownBy(() -> values(field))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't make a Values of the JSON: " + message);
    }

    @Test
    void d1WhatLosesNothingBinds() {
        for (String whole : List.of("140", "140.0", "1.4e2", "'140'", "' 140 '", "'140.0'")) {
            assertThat(values("'anInt':" + whole).anInt()).as(whole).isEqualTo(140);
            assertThat(values("'aLong':" + whole).aLong()).isEqualTo(140);
            assertThat(values("'aShort':" + whole).aShort()).isEqualTo((short) 140);
            assertThat(values("'big':" + whole).big()).isEqualTo(BigInteger.valueOf(140));
            assertThat(values("'aDouble':" + whole).aDouble()).isEqualTo(140);
            assertThat(values("'aFloat':" + whole).aFloat()).isEqualTo(140);
            assertThat(values("'maybe':" + whole).maybe()).hasValue(140);
            assertThat(values("'maybeInt':" + whole).maybeInt()).hasValue(140);
            assertThat(values("'maybeDouble':" + whole).maybeDouble()).hasValue(140);
            assertThat(values("'ints':[" + whole + "]").ints()).containsExactly(140);
            assertThat(values("'list':[" + whole + "]").list()).containsExactly(140);
            assertThat(values("'byLevel':{'high up':" + whole + "}").byLevel()).containsEntry(Level.HIGH, 140);
        }
        assertThat(values("'aByte':-128.0").aByte()).isEqualTo((byte) -128);
        assertThat(values("'decimal':1.50").decimal()).isEqualTo(new BigDecimal("1.50"));
        assertThat(values("'decimal':1e400").decimal()).isEqualTo(new BigDecimal("1e400"));
        assertThat(values("'aDouble':-0.0").aDouble()).isEqualTo(-0.0);
        assertThat(values("'number':7").number()).isEqualTo(7);
        assertThat(values("'number':0.5").number()).isEqualTo(0.5);
        assertThat(values("'text':1.50").text()).isEqualTo("1.50");
        assertThat(values("'text':''").text()).isEmpty();
        assertThat(values("'flag':'true'").flag()).isTrue();
        assertThat(values("'letter':'\u00e4'").letter()).isEqualTo('\u00e4');
        assertThat(values("'level':'high up'").level()).isEqualTo(Level.HIGH);
        assertThat(values("'offset':'2025-01-02T03:04:05+05:30'").offset())
                .isEqualTo(OffsetDateTime.parse("2025-01-02T03:04:05+05:30"));
        assertThat(values("'zoned':'2025-01-02T03:04:05-03:00'").zoned())
                .isEqualTo(ZonedDateTime.parse("2025-01-02T03:04:05-03:00"));
        assertThat(values("'instant':'2025-01-02T03:04:05.5+02:00'").instant())
                .isEqualTo(Instant.parse("2025-01-02T01:04:05.5Z"));
        assertThat(values("'duration':'PT90M'").duration()).isEqualTo(Duration.ofMinutes(90));
        assertThat(values("")).isEqualTo(values("'anInt':null,'list':null,'maybe':null,'maybeInt':null"));
    }

    record Line(String item, int count, double price) {}

    record Order(String id, List<Line> lines, Map<String, Line> extras, Optional<Line> gift) {}

    record Shop(Order order) {}

    record Box<T>(T content) {}

    record Boxes(
            Box<Line> line, Box<List<Line>> lines, @Nullable Box<@Nullable String> text) {}

    sealed interface Shape permits Circle, Group {}

    record Circle(double radius) implements Shape {}

    record Group(List<Shape> shapes) implements Shape {}

    @ParameterizedTest(name = "D2 {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'lines':[{'item':'a','count':1,'price':1},{'item':'b','count':1,'price':1},{'item':'c','count':1,'price':'dear'}]"
                        + " | order.lines[2].price is \"dear\", expected a number (double)",
                "'lines':[{'item':'a','count':1}] | order.lines[0].price is missing, expected a number (double)",
                "'lines':[{'count':1,'price':1}] | order.lines[0].item is missing, expected text",
                "'lines':[{'item':null,'count':1,'price':1}] | order.lines[0].item is null, expected text",
                "'lines':[{'item':'a','count':null,'price':1}] | order.lines[0].count is null, expected a whole number (int)",
                "'lines':[null] | order.lines[0] is null, expected an object (Line)",
                "'lines':['a'] | order.lines[0] is \"a\", expected an object (Line)",
                "'lines':'a' | order.lines is \"a\", expected a list",
                "'extras':{'x y':{'item':'a','count':'many','price':1}}"
                        + " | order.extras[\"x y\"].count is \"many\", expected a whole number (int)",
                "'extras':{'x':null} | order.extras.x is null, expected an object (Line)",
                "'extras':[] | order.extras is [], expected an object",
                "'gift':{'item':'a','count':1.5,'price':1} | order.gift.count is 1.5, expected a whole number (int)",
                "'gift':7 | order.gift is 7, expected an object (Line)",
                "'id':null | order.id is null, expected text",
            })
    void theMessageHasThePlace(String field, String message) {
        String name = field.substring(1, field.indexOf('\'', 1));
        String rest = Map.of("id", "'id':'1'", "lines", "'lines':[]", "extras", "'extras':{}").entrySet().stream()
                .filter(entry -> !entry.getKey().equals(name))
                .map(entry -> "," + entry.getValue())
                .reduce("", String::concat);
        JsonValue document = json("{'order':{" + field + rest + "}}");
        assertThatThrownBy(() -> document.as(Shop.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't make a Shop of the JSON: " + message);
    }

    @Test
    void d1NestedGenericsAndSealedInterfaces() {
        assertThatThrownBy(() -> json("{'line':{},'lines':{'content':[]}}").as(Boxes.class))
                .hasMessageEndingWith("line.content is missing, expected an object (Line)");
        assertThatThrownBy(() -> json("{'line':{'content':{'item':'a','count':1,'price':1}},"
                                + "'lines':{'content':[{'item':'a','count':1.5,'price':1}]}}")
                        .as(Boxes.class))
                .hasMessageEndingWith("lines.content[0].count is 1.5, expected a whole number (int)");
        assertThatThrownBy(() -> json("{'shapes':[{'radius':1},{'shapes':[{'radius':'wide'}]}]}")
                        .as(Shape.class))
                .hasMessage(
                        "can't make a Shape of the JSON: shapes[1].shapes[0].radius is \"wide\", expected a number (double)");
        assertThatThrownBy(() -> json("{'shapes':[{'radius':1},{'size':2}]}").as(Shape.class))
                .hasMessageContaining("shapes[1]")
                .hasMessageContaining("fits no record of Shape: fields [size]");
        assertThatThrownBy(() -> json("{'shapes':[7]}").as(Shape.class)).hasMessageContaining("shapes[0] is 7");
    }

    @ParameterizedTest(name = "D2 the root {0}")
    @ValueSource(strings = {"null", "7", "'a'", "[]", "[1]", "true"})
    void theRootItself(String root) {
        JsonValue value = json(root);
        assertThatThrownBy(() -> value.as(Line.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't make a Line of the JSON: the JSON is " + value + ", expected an object (Line)");
    }

    record Checked(int percent, String name) {
        Checked {
            Objects.requireNonNull(name, "no name");
            if (percent > 100) {
                throw new IllegalArgumentException("percent must be at most 100: " + percent);
            }
        }
    }

    record WithChecked(List<Checked> all) {}

    record Silent(String name) {
        Silent {
            throw new UnsupportedOperationException();
        }
    }

    record WithRunnable(List<Runnable> all) {}

    @Test
    void d2WhatTheProgramRefusesIsSaidInItsWords() {
        assertThatThrownBy(() -> json("{'all':[{'percent':200,'name':'a'}]}").as(WithChecked.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't make a WithChecked of the JSON: all[0] is {\"percent\":200,\"name\":\"a\"}, "
                        + "refused by Checked: percent must be at most 100: 200");
        assertThatThrownBy(() -> json("{'name':'a'}").as(Silent.class))
                .hasMessageEndingWith("refused by Silent: UnsupportedOperationException");
        assertThatThrownBy(() -> json("{'all':[{'percent':1}]}").as(WithChecked.class))
                .hasMessageEndingWith("all[0].name is missing, expected text");
        assertThatThrownBy(() -> json("{'all':[{}]}").as(WithRunnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("all[0] is {}, which no Runnable can be made of");
    }

    @Test
    void d2AMessageIsShortAndPrintable() {
        JsonValue value =
                JsonValue.of(Map.of("item", "a", "count", "\u009b31m\u0007" + "x".repeat(10_000), "price", 1));
        assertThatThrownBy(() -> value.as(Line.class))
                .message()
                .hasSizeLessThan(400)
                .matches(message -> message.chars().noneMatch(Character::isISOControl));
    }

    @ParameterizedTest(name = "D2 no word of Jackson: {0}")
    @ValueSource(
            strings = {
                "'anInt':'x'",
                "'date':'x'",
                "'id':'x'",
                "'level':'x'",
                "'list':'x'",
                "'byLevel':{'x':1}",
                "'maybe':{}",
                "'duration':[]"
            })
    void noWordOfJackson(String field) {
        assertThatThrownBy(() -> values(field))
                .message()
                .doesNotContainIgnoringCase("jackson")
                .doesNotContain("Feature", "deserializ", "Deserializ", "token", "`", "java.");
    }

    record Parts(JsonValue any, JsonValue.JsonObject object, List<JsonValue> list, Map<String, JsonValue> map) {}

    record OptionalParts(@Nullable JsonValue any, JsonValue.@Nullable JsonObject object, Optional<JsonValue> maybe) {}

    sealed interface Node permits Leaf, Tree {}

    record Leaf(JsonValue value) implements Node {}

    record Tree(List<Node> nodes) implements Node {}

    @Test
    void d3ComponentsThatAreJson() {
        JsonValue document = json(
                "{'any':{'z':1.50,'a':[1e400,18446744073709551616]},'object':{'b':null},'list':[1.0,'x',null,{}],'map':{'k':[]}}");
        Parts parts = document.as(Parts.class);
        assertThat(parts)
                .isEqualTo(new Parts(
                        document.get("any"),
                        (JsonValue.JsonObject) document.get("object"),
                        ((JsonValue.JsonArray) document.get("list")).items(),
                        ((JsonValue.JsonObject) document.get("map")).fields()));
        assertThat(json("{'any':null,'object':{},'list':[],'map':{}}")
                        .as(Parts.class)
                        .any())
                .isEqualTo(JsonValue.JsonNull.NULL);
        assertThat(json("{}").as(OptionalParts.class)).isEqualTo(new OptionalParts(null, null, Optional.empty()));
        assertThat(json("{'maybe':7}").as(OptionalParts.class).maybe()).hasValue(json("7"));
        assertThatThrownBy(() -> json("{'object':{},'list':[],'map':{}}").as(Parts.class))
                .hasMessageEndingWith("any is missing, expected any JSON");
        assertThatThrownBy(
                        () -> json("{'any':1,'object':[],'list':[],'map':{}}").as(Parts.class))
                .hasMessageEndingWith("object is [], expected an object (JsonObject)");
        assertThat(json("{'nodes':[{'value':1.50},{'nodes':[{'value':1e2}]}]}").as(Node.class))
                .isEqualTo(new Tree(List.of(new Leaf(json("1.50")), new Tree(List.of(new Leaf(json("1e2")))))));
        assertThat(document.as(JsonValue.class)).isEqualTo(document);
        assertThat(json("null").as(JsonValue.class)).isEqualTo(JsonValue.JsonNull.NULL);
        assertThat(json("1.50").as(JsonValue.JsonNumber.class)).isEqualTo(json("1.50"));
    }

    record Row(String name, int count) {}

    @Test
    void d3GenericTypes() {
        JsonType<List<Row>> rows = new JsonType<>() {};
        JsonType<Map<String, Row>> byName = new JsonType<>() {};
        JsonType<Box<List<Row>>> box = new JsonType<>() {};
        Row row = new Row("a", 1);
        assertThat(json("[{'name':'a','count':1}]").as(rows)).containsExactly(row);
        assertThat(json("{'x':{'name':'a','count':1}}").as(byName)).isEqualTo(Map.of("x", row));
        assertThat(json("{'content':[{'name':'a','count':1}]}").as(box)).isEqualTo(new Box<>(List.of(row)));
        assertThat(json("{'name':'a','count':1}").as(new JsonType<Row>() {})).isEqualTo(row);
        assertThat(rows).hasToString("List<Row>");
        assertThatThrownBy(() -> json("[{'name':'a','count':1},{'name':'a','count':1.5}]")
                        .as(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't make a List<Row> of the JSON: [1].count is 1.5, expected a whole number (int)");
        assertThatThrownBy(() -> json("[null]").as(rows)).hasMessageEndingWith("[0] is null, expected an object (Row)");
        assertThatThrownBy(() -> json("{'x':{'count':1}}").as(byName))
                .hasMessageEndingWith("x.name is missing, expected text");
        assertThatThrownBy(() -> json("null").as(rows)).isInstanceOf(IllegalArgumentException.class);
        assertThat(json("[null]").as(new JsonType<List<@Nullable Row>>() {})).containsExactly((Row) null);
    }

    @SuppressWarnings("rawtypes")
    @Test
    void d3ATypeWithoutArgumentsIsRefused() {
        assertThatThrownBy(() -> new JsonType() {}).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(BindingTest::<Row>unknown).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(BindingTest::<Row>unknownArray).isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> JsonType<T[]> unknownArray() {
        return new JsonType<>() {};
    }

    private static <T> JsonType<List<T>> unknown() {
        return new JsonType<>() {};
    }
}
