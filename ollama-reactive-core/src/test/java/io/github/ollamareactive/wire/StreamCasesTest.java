// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.done;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLineWithMessage;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.AnswerLines.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.operators.Completion;
import io.github.ollamareactive.operators.Progress;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ProgressEvent.Layer;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Which events the bytes of a stream give: the table {@code streams.txt}, and what operators make of the events. */
final class StreamCasesTest {
    private static final Function<OllamaClient, Flux<GenerationEvent>> CHAT = client -> client.chat(WireRequests.CHAT);

    private record Age(int age, boolean available) {}

    static Stream<Arguments> table() {
        return WireCase.underEveryCut("streams");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("table")
    void theStreamGivesTheEventsInTheTable(WireCase exchange, Chunking cuts) {
        exchange.run(cuts);
    }

    private static CallResult chat(Chunking cuts, String body) {
        return CallResult.of(stream(body).chunking(cuts), CHAT::apply);
    }

    private static Completion completion(CallResult result) {
        return Flux.fromIterable(result.events())
                .cast(GenerationEvent.class)
                .as(Tokens::collect)
                .block();
    }

    private static ToolCalled toolCalled(String id, String name, String arguments) {
        return new ToolCalled(new ToolCall(id, null, name, (JsonObject) JsonValue.parse(json(arguments))));
    }

    @ParameterizedTest(name = "S09 a tool call in the last record, arguments in order, {0}")
    @EveryCut
    void argumentsOfAToolCallKeepTheirOrderAndTheirNumbers(Chunking cuts) {
        String arguments = "{'format':'celsius','location':'Paris, France','number':42}";
        CallResult result = chat(
                cuts,
                lines(lastChatLineWithMessage(
                        "",
                        "'tool_calls':[{'function':{'name':'get_current_weather','arguments':" + arguments + "}}]")));
        result.assertCompleted(toolCalled(null, "get_current_weather", arguments), done(null));
        JsonValue received = ((ToolCalled) result.events().get(0)).call().arguments();
        assertThat(received).hasToString(json(arguments));
        assertThat(received.get("number").asLong()).isEqualTo(42);
    }

    @ParameterizedTest(name = "S13 thinking, then content, which begins in the record where thinking ends, {0}")
    @EveryCut
    void theEndOfThinkingIsTheChangeOfTheEventType(Chunking cuts) {
        CallResult result = chat(
                cuts,
                lines(
                        chatLine("", "'thinking':'I '"),
                        chatLine("", "'thinking':'should '"),
                        chatLine("The ", "'thinking':'answer.'"),
                        lastChatLine("sky")));
        result.assertCompleted(
                new Thinking("I ", List.of()),
                new Thinking("should ", List.of()),
                new Thinking("answer.", List.of()),
                token("The "),
                token("sky"),
                done(null));
        assertThat(completion(result).thinking()).isEqualTo("I should answer.");
        assertThat(completion(result).text()).isEqualTo("The sky");
    }

    @ParameterizedTest(name = "S16 a value is read from the content alone, {0}")
    @EveryCut
    void aValueIsReadFromTheContentAlone(Chunking cuts) {
        Completion completion = completion(chat(
                cuts,
                lines(
                        chatLine("", "'thinking':'{\\'age\\': 0}'"),
                        lastChatLineWithMessage("{\"age\": 22, \"available\": true}", "'thinking':''"))));
        assertThat(completion.thinking()).isEqualTo("{\"age\": 0}");
        assertThat(JsonValue.parse(completion.text()).as(Age.class)).isEqualTo(new Age(22, true));
    }

    @ParameterizedTest(name = "S21 the first event comes while the second line doesn't exist yet, {0}")
    @EveryCut
    void anEventIsDeliveredBeforeTheNextLineExists(Chunking cuts) {
        Sinks.Many<String> written = Sinks.many().unicast().onBackpressureBuffer();
        written.tryEmitNext(chatLine("a"));
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", Answer.lines(written.asFlux()).chunking(cuts));
            List<Object> before = new ArrayList<>();
            CallResult result = CallResult.of(
                    server,
                    client -> CHAT.apply(client).doOnNext(event -> {
                        if (event.equals(token("a"))) {
                            // Only what this event sets off can let the answer go on.
                            before.add(event);
                            written.tryEmitNext(lastChatLine("b"));
                            written.tryEmitComplete();
                        }
                    }));
            assertThat(before).containsExactly(token("a"));
            result.assertCompleted(token("a"), token("b"), done(null));
        }
    }

    @Test
    @DisplayName("S22 two records in one write")
    void twoRecordsInOneWriteGiveTheEventsOfBoth() {
        CallResult.of(Answer.chunks(utf8(lines(chatLine("a"), lastChatLine("b")))), CHAT::apply)
                .assertCompleted(token("a"), token("b"), done(null));
    }

    @Test
    @DisplayName("S23 a character of two bytes cut between two writes")
    void aCharacterMayBeCutBetweenTwoWrites() {
        byte[] body = utf8(lines(chatLine("\u00fc"), lastChatLine("")));
        int middle = 1 + new String(body, StandardCharsets.ISO_8859_1).indexOf('\u00c3');
        CallResult.of(
                        Answer.chunks(Arrays.copyOf(body, middle), Arrays.copyOfRange(body, middle, body.length)),
                        CHAT::apply)
                .assertCompleted(token("\u00fc"), done(null));
    }

    @ParameterizedTest(name = "S24 the history after the stream, {0}")
    @EveryCut
    void theCompletionIsTheMessageForTheHistory(Chunking cuts) {
        String call = "{'id':'call_1','function':{'name':'f','arguments':{'a':1}}}";
        CallResult result =
                chat(cuts, lines(chatLine("hello "), lastChatLineWithMessage("world", "'tool_calls':[" + call + "]")));
        result.assertCompleted(token("hello "), token("world"), toolCalled("call_1", "f", "{'a':1}"), done(null));
        assertThat(Message.user("q").fields()).hasToString(json("{'role':'user','content':'q'}"));
        assertThat(completion(result).message().fields())
                .hasToString(json("{'role':'assistant','content':'hello world','tool_calls':[" + call + "]}"));
    }

    @ParameterizedTest(name = "S25 the aggregate is the join, a tap sees the pieces, {0}")
    @EveryCut
    void joinGivesTheWholeTextAndATapSeesThePieces(Chunking cuts) {
        List<String> tapped = new ArrayList<>();
        CallResult result = CallResult.of(
                stream(lines(chatLine("Hi hu"), chatLine("man, how"), lastChatLine(" are you?")))
                        .chunking(cuts),
                client -> CHAT.apply(client)
                        .doOnNext(event -> {
                            if (event instanceof Token token) {
                                tapped.add(token.text());
                            }
                        })
                        .as(Tokens::join)
                        .flux());
        result.assertCompleted("Hi human, how are you?");
        assertThat(tapped).containsExactly("Hi hu", "man, how", " are you?");
    }

    @ParameterizedTest(name = "S26 an aggregate without an end fails with the partial answer, {0}")
    @EveryCut
    void anAggregateOfAnAnswerWithoutAnEndFailsWithThePartialAnswer(Chunking cuts) {
        for (Function<Flux<GenerationEvent>, Mono<?>> aggregate :
                List.<Function<Flux<GenerationEvent>, Mono<?>>>of(Tokens::join, Tokens::collect)) {
            CallResult result = CallResult.of(
                    stream(lines(chatLine("a"), chatLine("b"))).chunking(cuts),
                    client -> aggregate.apply(CHAT.apply(client)).flux());
            assertThat(result.events()).isEmpty();
            assertThat(result.error()).isInstanceOf(OllamaException.Stream.class);
            assertThat(((OllamaException) result.error()).partial().text()).isEqualTo("ab");
        }
    }

    @ParameterizedTest(name = "S29 layers, the first without completed, {0}")
    @EveryCut
    void layersGiveAProgressInPercent(Chunking cuts) {
        CallResult result = CallResult.of(
                stream(json(lines(
                                "{'status':'pulling manifest'}",
                                "{'status':'pulling a','digest':'sha256:a','total':200}",
                                "{'status':'pulling a','digest':'sha256:a','total':200,'completed':50}",
                                "{'status':'pulling b','digest':'sha256:b'}",
                                "{'status':'success'}")))
                        .chunking(cuts),
                client -> client.pull(PullRequest.of("m")));
        result.assertCompleted(
                new ProgressEvent.Status("pulling manifest"),
                new Layer("pulling a", "sha256:a", 200L, 0),
                new Layer("pulling a", "sha256:a", 200L, 50),
                new Layer("pulling b", "sha256:b", null, 0),
                new ProgressEvent.Success());
        assertThat(Progress.total(Flux.fromIterable(result.events()).cast(ProgressEvent.class))
                        .map(progress -> progress.percent().orElse(-1))
                        .collectList()
                        .block())
                .containsExactly(-1.0, 0.0, 25.0, 25.0, 25.0);
    }

    @ParameterizedTest(name = "S32 an answer that was cut for its length says so, and is no value, {0}")
    @EveryCut
    void anAnswerThatWasCutForItsLengthSaysSo(Chunking cuts) {
        CallResult result = chat(cuts, lines(chatLine("{\"age\": 2"), lastChatLine("", "'done_reason':'length'")));
        result.assertCompleted(token("{\"age\": 2"), done("length"));
        Completion completion = completion(result);
        assertThat(completion.summary().reason()).isEqualTo("length");
        assertThatThrownBy(() -> JsonValue.parse(completion.text())).isInstanceOf(IllegalArgumentException.class);
    }
}
