// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.ollamareactive.protocol.JsonType;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas: of records (W53), by hand, from text (W05, W10, W49). */
final class JsonSchemaTest {
    private static final SchemaRegistry VALIDATOR =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** A golden file, its type, a document that fits, what that binds to, and a document that doesn't fit. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("weather", SchemaShapes.Weather.class, "{'city':'Paris'}", "{'days':2}")
                        .gives(new SchemaShapes.Weather("Paris", null, Optional.empty())),
                shape("empty", SchemaShapes.Empty.class, "{}", "[]").gives(new SchemaShapes.Empty()),
                shape(
                        "numbers",
                        SchemaShapes.Numbers.class,
                        "{'aByte':1,'aShort':2,'anInt':3,'aLong':4,'boxed':5,'big':123456789012345678901234567890,'aFloat':0.5,"
                                + "'aDouble':1e3,'exact':1.50,'any':7,'flag':true,'boxedFlag':false}",
                        "{'aByte':1.5}"),
                shape(
                        "texts",
                        SchemaShapes.Texts.class,
                        "{'text':'a','chars':'b','letter':'c','id':'3f2b8c1e-0d2a-4c1b-9a55-0c7f1f0b2a11','uri':'urn:a',"
                                + "'url':'http://example.org/','bytes':'QUJD','zone':'Asia/Tokyo','locale':'de','currency':'EUR'}",
                        "{'text':1}"),
                shape(
                        "times",
                        SchemaShapes.Times.class,
                        "{'instant':'2026-02-28T01:02:03Z','offset':'2026-02-28T01:02:03+02:00','zoned':'2026-02-28T01:02:03Z',"
                                + "'date':'2026-02-28','offsetTime':'01:02:03+02:00','time':'01:02:03','dateTime':'2026-02-28T01:02:03',"
                                + "'duration':'PT1M'}",
                        "{'instant':'2026-02-28T01:02:03Z','offset':'2026-02-28T01:02:03+02:00','zoned':'2026-02-28T01:02:03Z',"
                                + "'date':'2026-02-28','offsetTime':'01:02:03+02:00','time':'01:02','dateTime':'2026-02-28T01:02:03',"
                                + "'duration':'PT1M'}"),
                shape(
                        "lists",
                        SchemaShapes.Lists.class,
                        "{'names':['a'],'numbers':[1,2],'flags':[true],'primitives':[3],'table':[['a'],[]],'lists':[[0.5]]}",
                        "{'names':'a','numbers':[1,2],'flags':[true],'primitives':[3],'table':[],'lists':[]}"),
                shape(
                        "maps",
                        SchemaShapes.Maps.class,
                        "{'counts':{'a':1},'groups':{'b':['c']},'points':{'d':{'x':1,'y':2}}}",
                        "{'counts':{'a':'1'},'groups':{},'points':{}}"),
                shape(
                                "enums",
                                SchemaShapes.Enums.class,
                                "{'level':'LOW','unit':'celsius','renamed':'first','day':'MONDAY','levels':['HIGH']}",
                                "{'level':'LOW','unit':'CELSIUS','renamed':'first','day':'MONDAY','levels':['HIGH']}")
                        .gives(new SchemaShapes.Enums(
                                SchemaShapes.Level.LOW,
                                SchemaShapes.Unit.CELSIUS,
                                SchemaShapes.Renamed.FIRST,
                                java.time.DayOfWeek.MONDAY,
                                java.util.EnumSet.of(SchemaShapes.Level.HIGH))),
                shape(
                        "nested",
                        SchemaShapes.Nested.class,
                        "{'from':{'name':'a','at':{'x':1,'y':2}},'to':{'name':'b','at':{'x':3,'y':4}},'stops':[]}",
                        "{'from':{'name':'a','at':{'x':1}},'to':{'name':'b','at':{'x':3,'y':4}},'stops':[]}"),
                shape(
                                "recursive",
                                SchemaShapes.Tree.class,
                                "{'value':'a','children':[{'value':'b','children':[]}]}",
                                "{'value':'a','children':[{'value':'b'}]}")
                        .gives(new SchemaShapes.Tree("a", List.of(new SchemaShapes.Tree("b", List.of())))),
                shape(
                        "mutual",
                        SchemaShapes.Mutual.class,
                        "{'first':{'name':'a','pet':{'name':'b','owner':{'name':'a'}}},'second':{'name':'c'}}",
                        "{'first':{'name':'a','pet':{'name':'b','owner':{}}},'second':{'name':'c'}}"),
                shape(
                                "sealed",
                                SchemaShapes.Drawing.class,
                                "{'shapes':[{'radius':1},{'width':2,'height':3},{'width':2,'height':3,'label':'a'},{'x':4},{'x':4,'y':5}]}",
                                "{'shapes':[{'width':2}]}")
                        .gives(new SchemaShapes.Drawing(
                                List.of(
                                        new SchemaShapes.Circle(1),
                                        new SchemaShapes.Rectangle(2, 3, null),
                                        new SchemaShapes.Rectangle(2, 3, "a"),
                                        new SchemaShapes.OnLine(4),
                                        new SchemaShapes.OnPlane(4, 5)),
                                Optional.empty())),
                shape(
                                "expression",
                                SchemaShapes.Expression.class,
                                "{'left':{'value':1},'right':{'left':{'value':2},'right':{'value':3}}}",
                                "{'left':{'value':1},'right':{'left':{'value':2}}}")
                        .gives(new SchemaShapes.Sum(
                                new SchemaShapes.Value(1),
                                new SchemaShapes.Sum(new SchemaShapes.Value(2), new SchemaShapes.Value(3)))),
                shape(
                        "generic",
                        SchemaShapes.Generic.class,
                        "{'text':{'content':'a'},'numbers':{'content':[1]},'pair':{'first':'b','second':{'content':true}},"
                                + "'bounded':[1,2.5],'unknown':{'content':{'a':null}}}",
                        "{'text':{'content':1},'numbers':{'content':[1]},'pair':{'first':'b','second':{'content':true}},"
                                + "'bounded':[],'unknown':{'content':1}}"),
                shape(
                        "generic-recursive",
                        SchemaShapes.Nodes.class,
                        "{'texts':{'content':'a','nodes':[{'content':'b','nodes':[]}]},'numbers':{'content':1,'nodes':[]}}",
                        "{'texts':{'content':'a','nodes':[{'content':1,'nodes':[]}]},'numbers':{'content':1,'nodes':[]}}"),
                shape(
                                "generic-sealed",
                                SchemaShapes.Outcome.class,
                                "{'result':{'value':[1]}}",
                                "{'result':{'value':['a']}}")
                        .gives(new SchemaShapes.Outcome(new SchemaShapes.Success<>(List.of(1)))),
                shape(
                        "nullable-elements",
                        SchemaShapes.NullableElements.class,
                        "{'texts':['a',null],'more':[null],'points':[null,{'x':1,'y':2}],'levels':{'a':null,'b':'LOW'},"
                                + "'shapes':[null,{'message':'m'}],'array':[null,'a']}",
                        "{'texts':['a',null],'more':[null],'points':[null],'levels':{'a':null},'shapes':[],'array':[],'missing':null}"),
                shape("optionals", SchemaShapes.Optionals.class, "{}", "{'whole':'a'}")
                        .gives(new SchemaShapes.Optionals(
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                null,
                                null)),
                shape(
                                "renamed",
                                SchemaShapes.Renames.class,
                                "{'city_name':'a','days':1,'zip':'75001','hidden':'h'}",
                                "{'city':'a','days':1,'zip':'75001'}")
                        .gives(new SchemaShapes.Renames("a", 1, null, "75001")),
                shape(
                        "anything",
                        SchemaShapes.Anything.class,
                        "{'any':1,'list':[1,'a'],'map':{'a':[]},'objects':{'b':null}}",
                        "{'any':1,'list':{},'map':{},'objects':{}}"));
    }

    private record Shape(String golden, Class<?> type, String fits, String doesNotFit) implements Arguments {
        @Override
        public Object[] get() {
            return gives(null).get();
        }

        Arguments gives(Object bound) {
            return Arguments.of(golden, type, fits.replace('\'', '"'), doesNotFit.replace('\'', '"'), bound);
        }
    }

    private static Shape shape(String golden, Class<?> type, String fits, String doesNotFit) {
        return new Shape(golden, type, fits, doesNotFit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void aRecordHasItsSchema(String golden, Class<?> type, String fits, String doesNotFit, Object bound)
            throws IOException {
        JsonSchema schema = JsonSchema.of(type);
        try (InputStream in = getClass().getResourceAsStream("/schemas/" + golden + ".json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(schema.fields()).hasToString(JsonValue.parse(text).toString());
        }
        assertThat(complaints(schema, fits)).isEmpty();
        assertThat(complaints(schema, doesNotFit)).isNotEmpty();
        Object value = JsonValue.parse(fits).as(type);
        assertThat(value).isInstanceOf(type);
        if (bound != null) {
            assertThat(value).isEqualTo(bound);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void whatFitsBinds(String golden, Class<?> type) {
        long seed = System.nanoTime();
        JsonSchema schema = JsonSchema.of(type);
        FittingDocuments documents = new FittingDocuments(schema.fields(), seed);
        for (int i = 0; i < 100; i++) {
            JsonValue document = documents.next();
            assertThat(complaints(schema, document.toString()))
                    .as("%s, seed %d", document, seed)
                    .isEmpty();
            assertThat(document.as(type)).as("%s, seed %d", document, seed).isInstanceOf(type);
        }
    }

    private static List<Error> complaints(JsonSchema schema, String document) {
        Schema validator = VALIDATOR.getSchema(schema.fields().toString());
        return validator.validate(
                document, InputFormat.JSON, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)));
    }

    record WithMap(Map<Integer, String> byNumber) {}

    record WithThread(Thread thread) {}

    record Deep(Optional<List<Map<String, WithThread[]>>> threads) {}

    sealed interface Mixed permits Fine, Worse {}

    record Fine(int a) implements Mixed {}

    static final class Worse implements Mixed {}

    record WithMixed(Mixed mixed) {}

    sealed interface Hiding permits Hidden {}

    record Hidden(WithThread inner) implements Hiding {}

    record Endless<T>(List<Endless<List<T>>> more) {}

    @ParameterizedTest
    @CsvSource({
        "WithMap, WithMap.byNumber: a map whose keys are no texts: java.lang.Integer",
        "WithThread, WithThread.thread: no schema for the type: java.lang.Thread",
        "Deep, Deep.threads[]{}[].thread: no schema for the type: java.lang.Thread",
        "WithMixed, WithMixed.mixed: neither a record nor a sealed interface: io.github.ollamareactive.generation.JsonSchemaTest$Worse",
        "Hiding, Hiding(Hidden).inner.thread: no schema for the type: java.lang.Thread",
    })
    void whatHasNoSchemaIsNamedWithItsPlace(String type, String message) throws ClassNotFoundException {
        Class<?> unsupported = Class.forName(getClass().getName() + "$" + type);
        assertThatThrownBy(() -> JsonSchema.of(unsupported))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    record Parts(
            JsonValue any,
            JsonObject object,
            List<JsonValue> list,
            @Nullable JsonValue maybe) {}

    @Test
    void d3JsonHasASchema() {
        assertThat(JsonSchema.of(Parts.class).fields())
                .hasToString(("{'type':'object','properties':{'any':{},'object':{'type':'object'},"
                                + "'list':{'type':'array','items':{}},'maybe':{}},'required':['any','object','list']}")
                        .replace('\'', '"'));
    }

    record Row(String name, @Nullable Integer count) {}

    @Test
    void d3AGenericTypeHasASchema() {
        JsonSchema row = JsonSchema.of(Row.class);
        assertThat(JsonSchema.of(new JsonType<List<Row>>() {})).isEqualTo(JsonSchema.array(row));
        assertThat(JsonSchema.of(new JsonType<Map<String, Row>>() {})).isEqualTo(JsonSchema.map(row));
        assertThat(JsonSchema.of(new JsonType<Row>() {})).isEqualTo(row);
        assertThat(JsonSchema.of(new JsonType<SchemaShapes.Box<List<Row>>>() {}))
                .isEqualTo(JsonSchema.object().required("content", JsonSchema.array(row)));
        assertThat(JsonSchema.of(new JsonType<List<@Nullable String>>() {}))
                .isEqualTo(JsonSchema.array(JsonSchema.string().nullable()));
        assertThatThrownBy(() -> JsonSchema.of(new JsonType<Map<String, List<Thread>>>() {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Map<String, List<Thread>>{}[]: no schema for the type: java.lang.Thread");
    }

    @Test
    void aTypeWithoutEndIsRefused() {
        assertThatThrownBy(() -> JsonSchema.of(Endless.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("nested deeper than 64");
    }

    @Test
    void aDocumentThatFitsNoRecordOfASealedInterfaceIsRefused() {
        assertThatThrownBy(() -> JsonValue.parse("{\"size\":1}").as(SchemaShapes.Shape.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fits no record of Shape: fields [size]");
        assertThatThrownBy(() -> JsonValue.parse("{\"radius\":\"wide\"}").as(SchemaShapes.Shape.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wide");
        assertThat(JsonValue.parse("{\"radius\":1,\"more\":2}").as(SchemaShapes.Shape.class))
                .isEqualTo(new SchemaShapes.Circle(1));
    }

    @Test
    void isBuiltByHand() {
        JsonSchema schema = JsonSchema.object()
                .required("city", JsonSchema.string().description("without the country"))
                .optional("days", JsonSchema.integer().with("maximum", 14))
                .required("units", JsonSchema.array(JsonSchema.enumeration("C", "F")))
                .optional("winds", JsonSchema.map(JsonSchema.number()))
                .optional("flag", JsonSchema.anyOf(JsonSchema.bool(), JsonSchema.string()))
                .optional("next", JsonSchema.ref("node"))
                .optional("any", JsonSchema.any())
                .define("node", JsonSchema.object());
        assertThat(schema.fields())
                .hasToString(
                        ("{'type':'object','properties':{'city':{'type':'string','description':'without the country'},"
                                        + "'days':{'type':'integer','maximum':14},'units':{'type':'array','items':{'type':'string','enum':['C','F']}},"
                                        + "'winds':{'type':'object','additionalProperties':{'type':'number'}},"
                                        + "'flag':{'anyOf':[{'type':'boolean'},{'type':'string'}]},'next':{'$ref':'#/$defs/node'},'any':{}},"
                                        + "'required':['city','units'],'$defs':{'node':{'type':'object','properties':{}}}}")
                                .replace('\'', '"'));
        assertThat(schema.optional("city", JsonSchema.string()).fields().get("required"))
                .hasToString("[\"units\"]");
        assertThat(JsonSchema.object()
                        .required("a", JsonSchema.any())
                        .optional("a", JsonSchema.any())
                        .fields()
                        .get("required"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\"} | {\"type\":[\"string\",\"null\"]}",
                "{\"type\":\"string\",\"enum\":[\"a\"]} | {\"anyOf\":[{\"type\":\"string\",\"enum\":[\"a\"]},{\"type\":\"null\"}]}",
                "{\"anyOf\":[{}],\"description\":\"d\"} | {\"anyOf\":[{},{\"type\":\"null\"}],\"description\":\"d\"}",
                "{\"$ref\":\"#/$defs/a\"} | {\"anyOf\":[{\"$ref\":\"#/$defs/a\"},{\"type\":\"null\"}]}",
                "{} | {}",
            })
    void nullIsAllowedBesides(String schema, String nullable) {
        assertThat(JsonSchema.parse(schema).nullable()).isEqualTo(JsonSchema.parse(nullable));
    }

    @Test
    void textKeepsItsKeysAndTheirOrder() {
        String text = "{\"title\":\"T\",\"type\":\"object\",\"properties\":{\"b\":{\"type\":[\"integer\",\"null\"]},"
                + "\"a\":{\"enum\":[1,\"x\",null,{\"k\":1.50}]},\"n\":{\"anyOf\":[{\"$ref\":\"#/$defs/d\"}],\"items\":{}}},"
                + "\"$defs\":{\"d\":{}},\"required\":[\"b\"]}";
        JsonSchema schema = JsonSchema.parse(text);
        assertThat(schema.fields()).hasToString(text);
        assertThat(GenerateRequest.of("m", "p").format(schema).fields().get("format"))
                .hasToString(text);
        assertThat(ChatRequest.of("m").format(schema).fields().get("format")).hasToString(text);
        assertThat(schema).isEqualTo(JsonSchema.of((JsonObject) JsonValue.parse(text)));
        assertThatThrownBy(() -> JsonSchema.parse("[]")).hasMessageStartingWith("schema: not a JSON object");
        assertThatThrownBy(() -> JsonSchema.parse("{")).hasMessageStartingWith("not JSON");
    }

    @Test
    void aToolTakesARecord() {
        Tool tool = Tool.function("forecast", "tells the weather", SchemaShapes.Weather.class);
        assertThat(tool)
                .isEqualTo(Tool.function("forecast", "tells the weather", JsonSchema.of(SchemaShapes.Weather.class)));
        assertThat(tool.fields().get("function").get("parameters"))
                .isEqualTo(JsonSchema.of(SchemaShapes.Weather.class).fields());
        assertThatThrownBy(() -> Tool.function("", "", SchemaShapes.Weather.class))
                .hasMessageStartingWith("name");
    }

    @Test
    void anEnumHasASchemaOfItsOwn() {
        assertThat(JsonSchema.of(TimeUnit.class))
                .isEqualTo(JsonSchema.enumeration(
                        "NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS"));
    }
}
