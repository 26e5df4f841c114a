// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.WireCase.once;
import static io.github.ollamareactive.WireLines.c;
import static io.github.ollamareactive.WireLines.called;
import static io.github.ollamareactive.WireLines.d;
import static io.github.ollamareactive.WireLines.dm;
import static io.github.ollamareactive.WireLines.done;
import static io.github.ollamareactive.WireLines.gd;
import static io.github.ollamareactive.WireLines.json;
import static io.github.ollamareactive.WireLines.layer;
import static io.github.ollamareactive.WireLines.lines;
import static io.github.ollamareactive.WireLines.p;
import static io.github.ollamareactive.WireLines.status;
import static io.github.ollamareactive.WireLines.success;
import static io.github.ollamareactive.WireLines.thinking;
import static io.github.ollamareactive.WireLines.token;
import static io.github.ollamareactive.WireLines.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Rendering;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.operators.Completion;
import io.github.ollamareactive.operators.Progress;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The S rows: what bytes give which events, under every cut. */
final class StreamCasesTest {
    private static final Function<OllamaClient, Flux<?>> CHAT =
            client -> client.chat(ChatRequest.of("m", Message.user("q")));
    private static final Function<OllamaClient, Flux<?>> GENERATE = client -> client.generate(generate());
    private static final Function<OllamaClient, Flux<?>> PULL = client -> client.pull(PullRequest.of("m"));
    private static final Function<OllamaClient, Flux<?>> PUSH = client -> client.push(PushRequest.of("m"));
    private static final Function<OllamaClient, Flux<?>> CREATE =
            client -> client.create(CreateRequest.of("m").from("n"));

    private static final long TOTAL = 6_433_687_776L;

    private record Age(int age, boolean available) {}

    static final List<WireCase> ROWS = List.of(
            row(
                    "S01",
                    "content in the last record counts",
                    CHAT,
                    lines(c("a"), c("b"), d("c", "'done_reason':'stop'")),
                    gives(token("a"), token("b"), token("c"), done("stop"))),
            row(
                    "S02",
                    "no terminal record is an error with the partial answer",
                    CHAT,
                    lines(c("a"), c("b"), c("c")),
                    outcome -> outcome.incomplete("abc", 0, token("a"), token("b"), token("c"))),
            row(
                    "S03",
                    "statuses of a pull, in the words of the server",
                    PULL,
                    lines(
                            p("pulling manifest"),
                            p("verifying sha256 digest"),
                            p("writing manifest"),
                            p("removing any unused layers"),
                            p("success")),
                    gives(
                            status("pulling manifest"),
                            status("verifying sha256 digest"),
                            status("writing manifest"),
                            status("removing any unused layers"),
                            success())),
            row(
                    "S04",
                    "statuses that end in success",
                    PUSH,
                    lines(p("retrieving manifest"), p("pushing manifest"), p("success")),
                    gives(status("retrieving manifest"), status("pushing manifest"), success())),
            WireCase.row("S05", "without success a creation completes, a pull and a push fail", cuts -> {
                String answer = lines(p("reading model metadata"), p("creating system layer"), p("writing manifest"));
                Object[] events = {
                    status("reading model metadata"), status("creating system layer"), status("writing manifest")
                };
                // No event of type Success: that is the flag.
                exchange(cuts, CREATE, answer).gives(events);
                for (Function<OllamaClient, Flux<?>> call : List.of(PULL, PUSH)) {
                    assertThat(exchange(cuts, call, answer).incomplete("", 0, events))
                            .hasMessageContaining("without success");
                }
            }),
            row(
                    "S07",
                    "generate without model and dates, with a context",
                    GENERATE,
                    lines(
                            json("{'response':'The','done':false}"),
                            json("{'response':' sky','done':false}"),
                            json("{'response':' is ','done':false}"),
                            json("{'response':'blue.','done':true,'context':[1,2,3]}")),
                    gives(
                            token("The"),
                            token(" sky"),
                            token(" is "),
                            token("blue."),
                            new Done(
                                    null, null, null, List.of(1, 2, 3), GenerationStats.NONE, null, null, null, null))),
            row(
                    "S08",
                    "one record without a line's end, exact nanoseconds",
                    CHAT,
                    d(
                            "hi",
                            "'total_duration':137729492272",
                            "'load_duration':133071702768",
                            "'prompt_eval_count':26",
                            "'prompt_eval_duration':35137000",
                            "'eval_count':323",
                            "'eval_duration':4575154000",
                            "'done_reason':'stop'"),
                    gives(
                            token("hi"),
                            done(
                                    "stop",
                                    null,
                                    new GenerationStats(
                                            Duration.ofNanos(137_729_492_272L),
                                            Duration.ofNanos(133_071_702_768L),
                                            26L,
                                            Duration.ofNanos(35_137_000L),
                                            323L,
                                            Duration.ofNanos(4_575_154_000L))))),
            row(
                    "S09",
                    "a tool call in the last record, arguments in order, 42 a whole number",
                    CHAT,
                    lines(
                            dm(
                                    "",
                                    "'tool_calls':[{'function':{'name':'get_current_weather','arguments':{'format':'celsius','location':'Paris, France','number':42}}}]")),
                    outcome -> {
                        outcome.gives(
                                called(
                                        null,
                                        null,
                                        "get_current_weather",
                                        "{'format':'celsius','location':'Paris, France','number':42}"),
                                done(null));
                        JsonValue arguments =
                                ((ToolCalled) outcome.events().get(0)).call().arguments();
                        assertThat(arguments)
                                .hasToString(json("{'format':'celsius','location':'Paris, France','number':42}"));
                        assertThat(arguments.get("number").asLong()).isEqualTo(42);
                    }),
            row(
                    "S10",
                    "a tool call before the end, which has the statistics",
                    CHAT,
                    lines(
                            c("", "'tool_calls':[{'id':'call_1','function':{'index':0,'name':'f','arguments':{}}}]"),
                            d("", "'done_reason':'stop'", "'total_duration':5", "'eval_count':2", "'eval_duration':1")),
                    gives(
                            called("call_1", 0, "f", "{}"),
                            done(
                                    "stop",
                                    null,
                                    new GenerationStats(
                                            Duration.ofNanos(5), null, null, null, 2L, Duration.ofNanos(1))))),
            row(
                    "S11",
                    "the id of a tool call is kept",
                    CHAT,
                    lines(
                            c(
                                    "",
                                    "'tool_calls':[{'id':'call_remsu6x9','function':{'name':'f','arguments':{'z':1,'a':[]}}}]"),
                            d("")),
                    gives(called("call_remsu6x9", null, "f", "{'z':1,'a':[]}"), done(null))),
            row(
                    "S13",
                    "thinking, then content, which begins in the record where thinking ends",
                    CHAT,
                    lines(
                            c("", "'thinking':'I '"),
                            c("", "'thinking':'should '"),
                            c("The ", "'thinking':'answer.'"),
                            d("sky")),
                    // An end of a block is a change of the type: there is no event of its own for it.
                    outcome -> {
                        outcome.gives(
                                thinking("I "),
                                thinking("should "),
                                thinking("answer."),
                                token("The "),
                                token("sky"),
                                done(null));
                        Completion completion = collect(outcome);
                        assertThat(completion.thinking()).isEqualTo("I should answer.");
                        assertThat(completion.text()).isEqualTo("The sky");
                    }),
            row(
                    "S16",
                    "a value is read from the content alone",
                    CHAT,
                    lines(
                            c("", "'thinking':'{\\'age\\': 0}'"),
                            dm("{\"age\": 22, \"available\": true}", "'thinking':''")),
                    outcome -> {
                        Completion completion = collect(outcome);
                        assertThat(completion.thinking()).isEqualTo("{\"age\": 0}");
                        assertThat(JsonValue.parse(completion.text()).as(Age.class))
                                .isEqualTo(new Age(22, true));
                    }),
            WireCase.row("S18", "unloading, by generate and by chat", cuts -> {
                exchange(cuts, client -> client.unload("m"), gd("", "'done_reason':'unload'"))
                        .gives(done("unload"));
                exchange(
                                cuts,
                                client -> client.chat(ChatRequest.of("m").keepAlive(KeepAlive.UNLOAD)),
                                d("", "'done_reason':'unload'"))
                        .gives(done("unload"));
            }),
            row(
                    "S20",
                    "the model and the host that answered elsewhere",
                    CHAT,
                    lines(
                            json(
                                    "{'model':'gpt-oss','remote_model':'gpt-oss:120b','remote_host':'https://ollama.com:443','message':{'content':'x'},'done':false}"),
                            json(
                                    "{'model':'gpt-oss','remote_model':'gpt-oss:120b','remote_host':'https://ollama.com:443','message':{'content':''},'done':true}")),
                    gives(
                            token("x"),
                            new Done(
                                    "gpt-oss",
                                    null,
                                    null,
                                    null,
                                    GenerationStats.NONE,
                                    "gpt-oss:120b",
                                    "https://ollama.com:443",
                                    null,
                                    null))),
            WireCase.row("S21", "the first event comes while the second line doesn't exist yet", cuts -> {
                Sinks.Many<String> written = Sinks.many().unicast().onBackpressureBuffer();
                written.tryEmitNext(c("a"));
                try (OllamaTestServer server = OllamaTestServer.start()) {
                    server.answer(
                            "POST", "/api/chat", Answer.lines(written.asFlux()).chunking(cuts));
                    List<Object> before = new ArrayList<>();
                    Outcome outcome = Outcome.of(
                            server,
                            client -> CHAT.apply(client).doOnNext(event -> {
                                if (event.equals(token("a"))) {
                                    // Only what this event sets off can let the answer go on.
                                    before.add(event);
                                    written.tryEmitNext(d("b"));
                                    written.tryEmitComplete();
                                }
                            }));
                    assertThat(before).containsExactly(token("a"));
                    outcome.gives(token("a"), token("b"), done(null));
                }
            }),
            once(
                    "S22",
                    "two records in one write",
                    cuts -> Outcome.of(Answer.chunks(utf8(lines(c("a"), d("b")))), CHAT)
                            .gives(token("a"), token("b"), done(null))),
            once("S23", "a character of two bytes cut between two writes", cuts -> {
                byte[] body = utf8(lines(c("\u00fc"), d("")));
                int middle = 1 + new String(body, StandardCharsets.ISO_8859_1).indexOf('\u00c3');
                Outcome.of(
                                Answer.chunks(
                                        Arrays.copyOf(body, middle), Arrays.copyOfRange(body, middle, body.length)),
                                CHAT)
                        .gives(token("\u00fc"), done(null));
            }),
            row(
                    "S24",
                    "the history after the stream",
                    CHAT,
                    lines(
                            c("hello "),
                            dm("world", "'tool_calls':[{'id':'call_1','function':{'name':'f','arguments':{'a':1}}}]")),
                    outcome -> {
                        outcome.gives(
                                token("hello "), token("world"), called("call_1", null, "f", "{'a':1}"), done(null));
                        assertThat(List.of(
                                        Message.user("q").fields().toString(),
                                        collect(outcome).message().fields().toString()))
                                .containsExactly(
                                        json("{'role':'user','content':'q'}"),
                                        json(
                                                "{'role':'assistant','content':'hello world','tool_calls':[{'id':'call_1','function':{'name':'f','arguments':{'a':1}}}]}"));
                    }),
            WireCase.row("S25", "the aggregate is the join, a tap sees the pieces", cuts -> {
                List<String> tapped = new ArrayList<>();
                try (OllamaTestServer server = server(cuts, lines(c("Hi hu"), c("man, how"), d(" are you?")));
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    String joined = client.chat(ChatRequest.of("m", Message.user("q")))
                            .doOnNext(event -> {
                                if (event instanceof GenerationEvent.Token token) {
                                    tapped.add(token.text());
                                }
                            })
                            .as(Tokens::join)
                            .block(Outcome.LIMIT);
                    assertThat(joined).isEqualTo("Hi human, how are you?");
                    assertThat(tapped).containsExactly("Hi hu", "man, how", " are you?");
                }
            }),
            WireCase.row("S26", "an aggregate without an end fails with the partial answer", cuts -> {
                for (Function<Flux<GenerationEvent>, Flux<?>> aggregate :
                        List.<Function<Flux<GenerationEvent>, Flux<?>>>of(
                                events -> events.as(Tokens::join).flux(),
                                events -> events.as(Tokens::collect).flux())) {
                    Outcome outcome = exchange(
                            cuts,
                            client -> aggregate.apply(client.chat(ChatRequest.of("m", Message.user("q")))),
                            lines(c("a"), c("b")));
                    assertThat(outcome.events()).isEmpty();
                    assertThat(outcome.error()).isInstanceOf(OllamaException.Stream.class);
                    assertThat(((OllamaException) outcome.error()).partial().text())
                            .isEqualTo("ab");
                }
            }),
            row(
                    "S27",
                    "steps of an image, then the image",
                    GENERATE,
                    lines(
                            json("{'model':'m','completed':1,'total':3,'done':false}"),
                            json("{'model':'m','completed':2,'total':3,'done':false}"),
                            json("{'model':'m','completed':3,'total':3,'done':false}"),
                            json("{'model':'m','image':'iVBORw0KGgo=','done':true,'done_reason':'stop'}")),
                    gives(
                            new Rendering(1, 3L),
                            new Rendering(2, 3L),
                            new Rendering(3, 3L),
                            new Image(ByteBuffer.wrap(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})),
                            new Done("m", null, "stop", null, GenerationStats.NONE, null, null, null, null))),
            row(
                    "S28",
                    "any digest, totals beyond 32 bit",
                    CREATE,
                    lines(
                            p("quantizing", "'digest':'0'", "'total':6433687776", "'completed':5000000000"),
                            p(
                                    "quantizing",
                                    "'digest':'0000000000000000000'",
                                    "'total':6433687776",
                                    "'completed':6433687776"),
                            p("success")),
                    gives(
                            layer("quantizing", "0", TOTAL, 5_000_000_000L),
                            layer("quantizing", "0000000000000000000", TOTAL, TOTAL),
                            success())),
            row(
                    "S29",
                    "layers, the first without completed",
                    PULL,
                    lines(
                            p("pulling manifest"),
                            p("pulling a", "'digest':'sha256:a'", "'total':200"),
                            p("pulling a", "'digest':'sha256:a'", "'total':200", "'completed':50"),
                            p("pulling b", "'digest':'sha256:b'"),
                            p("success")),
                    outcome -> {
                        outcome.gives(
                                status("pulling manifest"),
                                layer("pulling a", "sha256:a", 200L, 0),
                                layer("pulling a", "sha256:a", 200L, 50),
                                layer("pulling b", "sha256:b", null, 0),
                                success());
                        assertThat(Progress.total(Flux.fromIterable(outcome.events())
                                                .cast(ProgressEvent.class))
                                        .map(progress -> progress.percent().orElse(-1))
                                        .collectList()
                                        .block())
                                .containsExactly(-1.0, 0.0, 25.0, 25.0, 25.0);
                    }),
            row(
                    "S30",
                    "something after success",
                    PULL,
                    lines(p("success"), p("one more thing")),
                    gives(success(), status("one more thing"))),
            row(
                    "S32",
                    "an answer that was cut for its length says so, and is no value",
                    CHAT,
                    lines(c("{\"age\": 2"), d("", "'done_reason':'length'")),
                    outcome -> {
                        outcome.gives(token("{\"age\": 2"), done("length"));
                        Completion completion = collect(outcome);
                        assertThat(completion.summary().reason()).isEqualTo("length");
                        assertThatThrownBy(() -> JsonValue.parse(completion.text()))
                                .isInstanceOf(IllegalArgumentException.class);
                    }),
            row(
                    "S35",
                    "no message, or null in its place, says nothing",
                    CHAT,
                    lines(
                            json("{'model':'m','message':null,'done':false}"),
                            json("{'model':'m','done':false}"),
                            json("{'model':'m','message':{},'done':false}"),
                            json("{'message':{'role':'assistant','content':null,'tool_calls':null},'done':false}"),
                            json("{'message':null,'done':true}")),
                    outcome -> outcome.gives(
                            new Done("m", null, null, null, GenerationStats.NONE, null, null, null, null))));

    private static GenerateRequest generate() {
        return GenerateRequest.of("m", "p");
    }

    private static WireCase row(
            String number, String says, Function<OllamaClient, Flux<?>> call, String body, Consumer<Outcome> expected) {
        return WireCase.row(number, says, cuts -> expected.accept(exchange(cuts, call, body)));
    }

    private static Consumer<Outcome> gives(Object... events) {
        return outcome -> outcome.gives(events);
    }

    private static OllamaTestServer server(Chunking cuts, String body) {
        return OllamaTestServer.start()
                .otherwise(request -> WireLines.answer(body).chunking(cuts));
    }

    private static Outcome exchange(Chunking cuts, Function<OllamaClient, Flux<?>> call, String body) {
        return Outcome.of(WireLines.answer(body).chunking(cuts), call);
    }

    private static Completion collect(Outcome outcome) {
        return Flux.fromIterable(outcome.events())
                .cast(GenerationEvent.class)
                .as(Tokens::collect)
                .block();
    }

    static Stream<Arguments> rows() {
        return WireCase.underEveryCut(ROWS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void gives(WireCase row, Chunking cuts) {
        row.run(cuts);
    }
}
