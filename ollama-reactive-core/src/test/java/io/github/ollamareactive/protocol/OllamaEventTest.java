// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON form of events. That every event comes back as it was is seen wherever tests call a server. */
final class OllamaEventTest {
    private static JsonObject json(String singleQuoted) {
        return (JsonObject) JsonValue.parse(singleQuoted.replace('\'', '"'));
    }

    @Test
    void anEventIsAJsonValueToo() {
        Token token = new Token("a\uD83D", List.of(new Logprob("a", Double.NaN, null, List.of())), json("{'x':null}"));
        JsonValue form = JsonValue.of(Map.of("last", token)).get("last");
        assertThat(form)
                .hasToString("{\"event\":\"token\",\"text\":\"a\\ud83d\",\"logprobs\":[{\"token\":\"a\"}],"
                        + "\"extras\":{\"x\":null}}");
        assertThat(OllamaEvent.fromJson((JsonObject) form, GenerationEvent.class))
                .isEqualTo(token);
    }

    static Stream<Arguments> withoutAnswer() {
        return Stream.of(
                        new ServerEvent.Alive(),
                        new ServerEvent.SignedOut(),
                        new ModelEvent.Copied("a", "b"),
                        new ModelEvent.Deleted("a"),
                        new BlobEvent.Uploading("sha256:a", 1, 2),
                        new BlobEvent.Stored("sha256:a"),
                        new BlobEvent.AlreadyThere("sha256:a"),
                        new BlobEvent.Found("sha256:a"),
                        new BlobEvent.Missing("sha256:a"),
                        new ProgressEvent.Layer("s", "d", null, 0),
                        new DecisionEvent.Unanswered("q"))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("withoutAnswer")
    void anEventIsFoundInItsFamilyAndAmongAll(OllamaEvent event) {
        assertThat(OllamaEvent.fromJson(event.toJson(), event.getClass())).isEqualTo(event);
        assertThat(OllamaEvent.fromJson(event.toJson(), OllamaEvent.class)).isEqualTo(event);
    }

    @Test
    void theFamilySaysWhichOfTwoEventsOfOneNameItIs() {
        JsonObject done = json("{'event':'done','model':'m'}");
        assertThat(OllamaEvent.fromJson(done, EmbeddingEvent.class)).isInstanceOf(EmbeddingEvent.Done.class);
        assertThat(OllamaEvent.fromJson(done, GenerationEvent.class)).isInstanceOf(GenerationEvent.Done.class);
        JsonObject model = json("{'event':'model','name':'m'}");
        assertThat(OllamaEvent.fromJson(model, ModelEvent.class)).isInstanceOf(ModelEvent.Installed.class);
        assertThat(OllamaEvent.fromJson(model, ModelEvent.Running.class)).isInstanceOf(ModelEvent.Running.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                            | 'event' is missing
                    {'event':7}                                                   | 'event' is not text
                    {'event':'tokens','text':'a'}                                 | 'tokens' is no event of GenerationEvent
                    {'event':'success'}                                           | 'success' is no event of GenerationEvent
                    {'event':'token'}                                             | 'text' is missing
                    {'event':'token','text':['a']}                                | 'text' is not text
                    {'event':'token','text':'a','logprobs':{}}                    | 'logprobs' is not a list
                    {'event':'token','text':'a','logprobs':[{'token':'a','logprob':1e999}]} | 'logprob' is not a number
                    {'event':'token','text':'a','logprobs':[{'token':'a','bytes':[9999999999]}]} | 'bytes' is not a list
                    {'event':'tool_called'}                                       | 'name' is missing
                    {'event':'rendering'}                                         | 'completed' is missing
                    {'event':'rendering','completed':'1'}                         | 'completed' is not a number
                    {'event':'image','image':'***'}                               | 'image' is not base64
                    {'event':'done','context':[1.5]}                              | 'context' is no 64-bit whole number
                    {'event':'done','context':7}                                  | 'context' is not a list
                    """)
    void whatIsNoEventIsRefused(String json, String words) {
        assertThatThrownBy(() -> OllamaEvent.fromJson(json(json), GenerationEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no event: ")
                .hasMessageContaining(words);
    }
}
