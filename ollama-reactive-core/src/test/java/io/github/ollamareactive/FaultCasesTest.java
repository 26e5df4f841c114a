// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.WireCase.once;
import static io.github.ollamareactive.WireLines.answer;
import static io.github.ollamareactive.WireLines.bareDone;
import static io.github.ollamareactive.WireLines.c;
import static io.github.ollamareactive.WireLines.called;
import static io.github.ollamareactive.WireLines.d;
import static io.github.ollamareactive.WireLines.done;
import static io.github.ollamareactive.WireLines.error;
import static io.github.ollamareactive.WireLines.gd;
import static io.github.ollamareactive.WireLines.json;
import static io.github.ollamareactive.WireLines.lines;
import static io.github.ollamareactive.WireLines.token;
import static io.github.ollamareactive.WireLines.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Cuts;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The F rows: the faults of servers, proxies and networks that no other client was found to pass all of. */
final class FaultCasesTest {
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("q"));
    private static final Function<OllamaClient, Flux<?>> CHAT = client -> client.chat(REQUEST);
    private static final String HAPPY = lines(c("a"), c("b"), d("c"));
    private static final Consumer<Outcome> HAPPILY =
            outcome -> outcome.gives(token("a"), token("b"), token("c"), done(null));

    /** One, two, three and four bytes. */
    private static final String CHARACTERS = "a\u00fc\u4f60\ud83d\ude00";

    /** Valid JSON or not, none of it is a record of an answer. */
    private static final List<String> MALFORMED = List.of(
            "{bad}",
            "<html><body>Login</body></html>",
            "data: {}",
            "[1]",
            "null",
            "{} {}",
            json("{'message':'text'}"),
            json("{'message':{'content':42},'done':false}"),
            json("{'done':1}"),
            json("{'context':[3000000000],'done':true}"),
            json("{'context':['1'],'done':true}"),
            json("{'image':'***','done':true}"),
            json("{'message':{'tool_calls':[{'function':{'name':'f','arguments':'[]'}}]}}"),
            json("{'message':{'tool_calls':[{'function':{'arguments':{}}}]}}"),
            json("{'_debug_info':{'rendered_template':7}}"));

    static final List<WireCase> ROWS = List.of(
            row("F1", "the happy path, one line a write", answer(HAPPY), HAPPILY),
            row("F2", "three lines in one write", Answer.chunks(utf8(HAPPY)), HAPPILY),
            row("F3", "a line split across writes", Answer.chunks(pieces(HAPPY, 50)), HAPPILY),
            row(
                    "F4",
                    "characters split across writes",
                    Answer.chunks(pieces(lines(c(CHARACTERS), d(CHARACTERS)), 1)),
                    outcome -> outcome.gives(token(CHARACTERS), token(CHARACTERS), done(null))),
            row("F5", "one byte a write", Answer.chunks(pieces(HAPPY, 1)), HAPPILY),
            row(
                    "F6",
                    "blank lines between records",
                    answer("\n\n" + c("a") + "\n\n \t\n" + c("b") + "\n\r\n" + d("c") + "\n\n"),
                    HAPPILY),
            row("F7", "CRLF", answer(HAPPY.replace("\n", "\r\n")), HAPPILY),
            row("F8", "no line's end after the last record", answer(HAPPY.stripTrailing()), HAPPILY),
            row(
                    "F9",
                    "line separators of Unicode inside of a text",
                    answer(lines(json("{'message':{'content':'x\u2028y\u2029z\u0085'},'done':false}"), d(""))),
                    outcome -> outcome.gives(token("x\u2028y\u2029z\u0085"), done(null))),
            row(
                    "F10",
                    "an error line after content",
                    answer(lines(c("a"), c("b"), error("llama runner terminated"))),
                    outcome -> outcome.reported("llama runner terminated", "ab", token("a"), token("b"))),
            row(
                    "F11",
                    "an end without done",
                    answer(lines(c("a"), c("b"))),
                    outcome -> outcome.incomplete("ab", 0, token("a"), token("b"))),
            row(
                    "F12",
                    "an end in the middle of a line",
                    answer(c("a") + "\n{\"message\":{\"content\":\"secr"),
                    outcome -> {
                        OllamaException.Stream error = outcome.incomplete("a", 27, token("a"));
                        assertThat(error)
                                .hasMessageContaining("27 bytes")
                                .message()
                                .doesNotContain("secr");
                    }),
            row(
                    "F13",
                    "a reset in the middle of a line",
                    answer(c("a") + "\n{\"message\":").thenReset(),
                    // A reset may overtake what was sent before it.
                    outcome -> outcome.disconnected(
                            Problem.RESET, outcome.events().isEmpty() ? new Object[0] : new Object[] {token("a")})),
            row(
                    "F14",
                    "closed without the end of the chunks",
                    answer(lines(c("a"))).thenClose(),
                    outcome -> {
                        OllamaException.Connection error = outcome.disconnected(Problem.CUT, token("a"));
                        assertThat(error.partial().text()).isEqualTo("a");
                    }),
            WireCase.row("F15", "a malformed record in the middle", cuts -> {
                for (String line : MALFORMED) {
                    OllamaException.Protocol error = exchange(cuts, answer(lines(c("a"), "", line, d(""))))
                            .malformed(3, token("a"));
                    assertThat(error.excerpt()).as(line).isEqualTo(line);
                    assertThat(error.partial().text()).isEqualTo("a");
                }
                String secret = "{secret " + "x".repeat(1000);
                assertThat(exchange(cuts, answer(lines(secret))).malformed(1).excerpt())
                        .isEqualTo(secret.substring(0, 200) + "\u2026");
                OllamaException.Protocol redacted = Outcome.of(
                                answer(lines(secret)).cut(cuts), config -> config.errorExcerptBytes(0), CHAT)
                        .malformed(1);
                assertThat(redacted.excerpt()).isEmpty();
                assertThat(redacted).message().doesNotContain("secret");
            }),
            row(
                    "F16",
                    "400 with a JSON error",
                    Answer.json(400, error("invalid options: nonsense")),
                    outcome -> outcome.refused(400, Kind.BAD_REQUEST, "invalid options: nonsense")),
            row(
                    "F17",
                    "404 with a JSON error",
                    Answer.json(404, error("model 'm' not found")),
                    outcome -> outcome.refused(404, Kind.MODEL_NOT_FOUND, "model 'm' not found")),
            row(
                    "F18",
                    "403 with an empty body",
                    Answer.of(403),
                    outcome -> outcome.refused(403, Kind.FORBIDDEN, "Forbidden")),
            WireCase.row("F19", "502 with a page of HTML", cuts -> {
                Answer page = Answer.of(502).contentType("text/html").body("<html>" + "x".repeat(70_000));
                if (cuts == Cuts.asWritten() || cuts == Cuts.allAtOnce()) {
                    Outcome.of(page.cut(cuts), CHAT)
                            .refused(502, Kind.SERVER_ERROR, "<html>" + "x".repeat(64 * 1024 - 6));
                }
                Answer small = page.body("<html>" + "x".repeat(500));
                assertThat(Outcome.of(small.cut(cuts), config -> config.maxErrorBodyBytes(100), CHAT)
                                .refused(502, Kind.SERVER_ERROR, "<html>" + "x".repeat(94))
                                .rawBody())
                        .hasSize(100);
            }),
            row(
                    "F20",
                    "401 with a URL to sign in",
                    Answer.json(401, json("{'error':'unauthorized','signin_url':'https://ollama.com/connect?name=x'}")),
                    outcome -> assertThat(outcome.refused(401, Kind.UNAUTHORIZED, "unauthorized")
                                    .signinUrl())
                            .isEqualTo("https://ollama.com/connect?name=x")),
            row(
                    "F21",
                    "500 whose JSON is a text",
                    Answer.json(500, "\"it broke\""),
                    outcome -> outcome.refused(500, Kind.SERVER_ERROR, "it broke")),
            WireCase.row("F22", "records after done", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start();
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    server.answer(
                            "POST",
                            "/api/chat",
                            answer(lines(c("a"), d("b"), c("c"), "{bad}", error("late")))
                                    .cut(cuts));
                    int calls = 8;
                    for (int i = 0; i < calls; i++) {
                        Outcome.of(client.chat(REQUEST)).gives(token("a"), token("b"), done(null));
                    }
                    // A call may come before the connection of the one before is back in the pool.
                    assertThat(server.connectionsAccepted()).as("drained").isLessThan(calls);
                    server.answer(
                            "POST",
                            "/api/chat",
                            Answer.lines(Flux.concat(
                                    Flux.just(d("a")), Flux.just(c("b")).repeat())));
                    Outcome.of(client.chat(REQUEST)).gives(token("a"), done(null));
                    assertThat(server.exchange(calls)
                                    .flatMap(Exchange::clientGone)
                                    .block(Outcome.LIMIT))
                            .as("closed")
                            .isNotNull();
                }
            }),
            row(
                    "F23",
                    "done_reason without done",
                    answer(lines(
                            json("{'message':{'content':'a'},'done_reason':''}"),
                            json("{'message':{'content':'b'},'done_reason':'stop'}"))),
                    outcome -> outcome.gives(token("a"), token("b"), bareDone("stop"))),
            WireCase.row("F24", "one document without a line's end in place of a stream", cuts -> {
                Outcome.of(
                                Answer.json(200, gd("", "'done_reason':'load'")).cut(cuts),
                                client -> client.load(LoadRequest.of("m")))
                        .gives(done("load"));
                Outcome.of(
                                Answer.json(200, d("", "'done_reason':'unload'"))
                                        .cut(cuts),
                                client -> client.chat(ChatRequest.of("m").keepAlive(KeepAlive.UNLOAD)))
                        .gives(done("unload"));
            }),
            row(
                    "F25",
                    "content in the record that says done",
                    answer(lines(d("all of it", "'done_reason':'stop'"))),
                    outcome -> outcome.gives(token("all of it"), done("stop"))),
            row(
                    "F26",
                    "a tool call with an id",
                    answer(lines(
                            c(
                                    "",
                                    "'tool_calls':[{'id':'call_1','function':{'index':1,'name':'f','arguments':{'a':1}}}]"),
                            d(""))),
                    outcome -> outcome.gives(called("call_1", 1, "f", "{'a':1}"), done(null))),
            WireCase.row("F27", "a record of 9 MB, and one over the limit", cuts -> {
                if (cuts == Cuts.asWritten() || cuts == Cuts.allAtOnce()) {
                    Outcome large = exchange(cuts, answer(lines(c("x".repeat(9_000_000)), d(""))));
                    assertThat(large.error()).isNull();
                    assertThat(((Token) large.events().get(0)).text()).hasSize(9_000_000);
                }
                int limit = c("xxx").length();
                UnaryOperator<OllamaClientConfig> limited = config -> config.maxLineBytes(limit);
                for (String end : List.of("\n", "\r\n")) {
                    Outcome.of(
                                    answer("\ufeff" + c("xxx") + end + json("{'done':true}") + end)
                                            .cut(cuts),
                                    limited,
                                    CHAT)
                            .gives(token("xxx"), done(null));
                    OllamaException.Protocol error = Outcome.of(
                                    answer(c("a") + end + c("xxxx") + end + d("") + end)
                                            .cut(cuts),
                                    limited,
                                    CHAT)
                            .malformed(2, token("a"));
                    assertThat(error).hasMessageContaining(limit + " bytes");
                    assertThat(error.partial().text()).isEqualTo("a");
                }
            }),
            once("F28", "the consumer stops early", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start();
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    server.answer("POST", "/api/chat", Answer.endless(c("a")));
                    Outcome.of(client.chat(REQUEST).take(1)).gives(token("a"));
                    assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(Outcome.LIMIT))
                            .isNotNull();
                    untilNoneIsOpen(server);
                }
            }),
            once("F29", "nobody listens, to a stream or a single answer", cuts -> {
                OllamaTestServer server = OllamaTestServer.start();
                server.close();
                for (ChatRequest request : List.of(REQUEST, REQUEST.stream(false))) {
                    assertThat(Outcome.of(server, client -> client.chat(request))
                                    .disconnected(Problem.REFUSED))
                            .hasMessageContaining(server.baseUrl());
                }
            }),
            once("F30", "a fast server, a consumer that takes one event and pauses", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start();
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    server.answer("POST", "/api/chat", Answer.endless(c("x".repeat(10_000))));
                    StepVerifier.create(client.chat(REQUEST), 0)
                            .thenRequest(1)
                            .expectNextCount(1)
                            .then(() -> {
                                Exchange exchange = server.exchange(0).block(Outcome.LIMIT);
                                // All of it lies in the sockets' buffers.
                                assertThat(stillAt(exchange)).isLessThan(8L * 1024 * 1024);
                            })
                            .thenRequest(1_000)
                            .expectNextCount(1_000)
                            .thenCancel()
                            .verify(Outcome.LIMIT);
                }
            }));

    /** Waits until the server's socket takes nothing more: ten looks in a row see the same. */
    static long stillAt(Exchange exchange) {
        return Flux.interval(Duration.ofMillis(30))
                .map(i -> exchange.bytesAccepted())
                .buffer(10, 1)
                .filter(looks -> looks.get(0).equals(looks.get(9)))
                .map(looks -> looks.get(9))
                .blockFirst(Outcome.LIMIT);
    }

    static void untilNoneIsOpen(OllamaTestServer server) {
        Flux.interval(Duration.ofMillis(2))
                .takeUntil(i -> server.openConnections() == 0)
                .blockLast(Outcome.LIMIT);
    }

    private static List<byte[]> pieces(String body, int size) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return IntStream.rangeClosed(0, (bytes.length - 1) / size)
                .mapToObj(i -> Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size)))
                .toList();
    }

    private static WireCase row(String number, String says, Answer answer, Consumer<Outcome> expected) {
        return WireCase.row(number, says, cuts -> expected.accept(exchange(cuts, answer)));
    }

    private static Outcome exchange(Cuts cuts, Answer answer) {
        return Outcome.of(answer.cut(cuts), CHAT);
    }

    static Stream<Arguments> rows() {
        return WireCase.underEveryCut(ROWS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void passes(WireCase row, Cuts cuts) {
        row.run(cuts);
    }
}
