// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands in the place of whatever value, a reader gives events or one of its two errors: any other exception would
 * end no stream, and leave its subscriber waiting.
 */
final class WrongValuesTest {
    private static final JsonObject REQUEST =
            JsonObject.EMPTY.with("input", List.of("a")).with("prompt", "a");

    private static final List<JsonValue> WRONG = Stream.of(
                    "null, true, 'x', '', 0, 1.5, -1, 3000000000, 99999999999999999999, 1e400, 1e999999999, -1e-999999999",
                    "[], [null], ['x'], [1.5], [3000000000], [1e999999999], [[1]], [{}], {}, {'a':1}, {'name':1}",
                    "'2026-13-01T00:00:00Z', '+999999999-01-01T00:00:00Z'")
            .flatMap(values -> ((JsonArray) json("[" + values + "]")).items().stream())
            .toList();

    static Stream<Arguments> frames() {
        return Stream.of(
                reader("generation", GenerationReader::new, """
                        {'model':'m','created_at':'2026-11-23T08:37:21Z','message':{'role':'assistant','content':'c','thinking':'t',
                        'tool_calls':[{'id':'i','function':{'index':1,'name':'f','arguments':{'a':1}}}]},'response':'r','thinking':'t',
                        'tool_calls':[{'function':{'name':'f'}}],'logprobs':[{'token':'t','logprob':-1,'bytes':[1],
                        'top_logprobs':[{'token':'t','logprob':-1}]}],'done':true,'done_reason':'s','context':[1],'total_duration':1,
                        'eval_count':1,'completed':1,'total':1,'image':'QUJD','remote_model':'x',
                        '_debug_info':{'rendered_template':'t','image_count':1},'error':null}"""),
                reader(
                        "progress",
                        EventReaders::transfer,
                        "{'status':'s','digest':'d','total':1,'completed':1,'error':null}"),
                reader(
                        "installed",
                        ModelReaders::installed,
                        "{'name':'n','modified_at':'2026-11-23T08:37:21Z','size':1,'details':{'families':['x'],'context_length':1},'capabilities':['x']}"),
                reader(
                        "running",
                        ModelReaders::running,
                        "{'name':'n','expires_at':'2026-11-23T08:37:21Z','size_vram':1}"),
                reader(
                        "shown",
                        ModelReaders::shown,
                        "{'license':'l','messages':[{'role':'user','content':'c'}],'model_info':{'a':1},'tensors':[{'name':'n','type':'t','shape':[1]}],'modified_at':'2026-11-23T08:37:21Z'}"),
                reader("vector", () -> new EmbedReader(REQUEST), "[1,2]"),
                reader(
                        "embedded",
                        () -> new EmbedReader(REQUEST),
                        "{'model':'m','total_duration':1,'prompt_eval_count':1}"),
                reader("embedding", () -> EventReaders.embedding(REQUEST), "{'embedding':[1]}"),
                reader("version", EventReaders::version, "{'version':'1'}"),
                reader("status", EventReaders::cloudStatus, "{'cloud':{'disabled':true,'source':'s'}}"),
                reader("account", EventReaders::account, "{'id':'s'}"),
                reader("result", EventReaders::webResult, "{'title':'t','url':'u','content':'c'}"),
                reader("page", EventReaders::webPage, "{'title':'t','links':['u']}"),
                reader("recommendation", EventReaders::recommendations, "{'model':'m','vram_bytes':1}"));
    }

    private static Arguments reader(String name, Supplier<EventReader<?>> reader, String frame) {
        return Arguments.of(name, reader, json(frame));
    }

    private static JsonValue json(String singleQuoted) {
        return JsonValue.parse(singleQuoted.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void areMalformedOrLetPass(String name, Supplier<EventReader<?>> reader, JsonValue frame) {
        List<JsonValue> mutants = mutants(frame);
        assertThat(mutants).hasSizeGreaterThan(WRONG.size());
        for (JsonValue mutant : mutants) {
            byte[] bytes = mutant.toString().getBytes(StandardCharsets.UTF_8);
            for (boolean rest : new boolean[] {false, true}) {
                Throwable error = error(reader.get(), bytes, rest);
                if (error != null) {
                    assertThat(error).as("%s", mutant).isInstanceOfAny(MalformedFrame.class, OllamaException.class);
                }
            }
        }
    }

    private static <T> Throwable error(EventReader<T> reader, byte[] bytes, boolean rest) {
        EventSink<T> sink = new EventSink<>() {
            @Override
            public void next(T event) {}

            @Override
            public void last(T event) {}
        };
        try {
            if (rest) {
                reader.rest(bytes, 0, bytes.length, sink);
            } else {
                reader.read(bytes, 0, bytes.length, sink);
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** The value with one of the values inside of it, or itself, replaced by each wrong one. */
    private static List<JsonValue> mutants(JsonValue value) {
        List<JsonValue> mutants = new ArrayList<>(WRONG);
        if (value instanceof JsonObject object) {
            object.fields()
                    .forEach((name, field) -> mutants(field).forEach(mutant -> {
                        Map<String, JsonValue> fields = new LinkedHashMap<>(object.fields());
                        fields.put(name, mutant);
                        mutants.add(new JsonObject(fields));
                    }));
        } else if (value instanceof JsonArray array) {
            mutants(array.items().get(0)).forEach(mutant -> mutants.add(new JsonArray(List.of(mutant))));
        }
        return mutants;
    }
}
