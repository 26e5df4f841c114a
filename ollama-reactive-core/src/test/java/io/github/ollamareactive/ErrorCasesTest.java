// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.FaultCasesTest.stillAt;
import static io.github.ollamareactive.FaultCasesTest.untilNoneIsOpen;
import static io.github.ollamareactive.WireCase.once;
import static io.github.ollamareactive.WireLines.answer;
import static io.github.ollamareactive.WireLines.c;
import static io.github.ollamareactive.WireLines.d;
import static io.github.ollamareactive.WireLines.done;
import static io.github.ollamareactive.WireLines.error;
import static io.github.ollamareactive.WireLines.g;
import static io.github.ollamareactive.WireLines.gd;
import static io.github.ollamareactive.WireLines.json;
import static io.github.ollamareactive.WireLines.lines;
import static io.github.ollamareactive.WireLines.p;
import static io.github.ollamareactive.WireLines.status;
import static io.github.ollamareactive.WireLines.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import io.github.ollamareactive.protocol.RetryAttempt;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Cuts;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The E rows: how calls fail, and what a failure says. */
final class ErrorCasesTest {
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("q"));
    private static final GenerateRequest GENERATE = GenerateRequest.of("m", "p");
    private static final Function<OllamaClient, Flux<?>> CHAT = client -> client.chat(REQUEST);
    private static final Function<OllamaClient, Flux<?>> UNARY = client -> client.chat(REQUEST.stream(false));
    private static final Function<OllamaClient, Flux<?>> PULL = client -> client.pull(PullRequest.of("m"));
    private static final Function<OllamaClient, Flux<?>> SHOW = client -> client.show(ShowRequest.of("m"));
    private static final Function<OllamaClient, Flux<?>> EMBED = client -> client.embed(EmbedRequest.of("m", "t"));
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The server's words of a malformed tool call. */
    private static final String TOOL_CALL = "error parsing tool call: raw='{', err=unexpected end of JSON input";

    static final List<WireCase> ROWS = List.of(
            row(
                    "E01",
                    "400 in place of a stream",
                    CHAT,
                    Answer.json(400, error("m")),
                    refused(400, Kind.BAD_REQUEST, "m")),
            row(
                    "E02",
                    "an error line behind two texts",
                    CHAT,
                    answer(lines(c("a"), c("b"), error("m"))),
                    outcome -> outcome.reported("m", "ab", token("a"), token("b"))),
            row("E03", "500", CHAT, Answer.json(500, error("m")), refused(500, Kind.SERVER_ERROR, "m")),
            row(
                    "E05",
                    "200 with a line of HTML",
                    CHAT,
                    answer(lines("<!DOCTYPE html><html><title>Sign in</title></html>")),
                    outcome -> assertThat(outcome.malformed(1).excerpt())
                            .isEqualTo("<!DOCTYPE html><html><title>Sign in</title></html>")),
            row(
                    "E06",
                    "an abrupt end behind a record",
                    CHAT,
                    answer(lines(c("a"))).thenClose(),
                    outcome -> assertThat(outcome.disconnected(Problem.CUT, token("a"))
                                    .partial()
                                    .text())
                            .isEqualTo("a")),
            rows(
                    "E07",
                    "text or HTML in place of a single answer",
                    check(
                            UNARY,
                            Answer.of(500).contentType("text/plain").body("it broke\n"),
                            refused(500, Kind.SERVER_ERROR, "it broke")),
                    check(
                            SHOW,
                            Answer.of(404).contentType("text/html").body("<html><h1>404</h1></html>"),
                            refused(404, Kind.NOT_FOUND, "<html><h1>404</h1></html>"))),
            row(
                    "E08",
                    "an error line in a pull",
                    PULL,
                    answer(lines(p("pulling manifest"), error("pull model manifest: file does not exist"))),
                    outcome -> outcome.reported(
                            "pull model manifest: file does not exist", "", status("pulling manifest"))),
            row(
                    "E10",
                    "400 that is no JSON",
                    CHAT,
                    Answer.of(400).body("panic!"),
                    refused(400, Kind.BAD_REQUEST, "panic!")),
            row(
                    "E11",
                    "a model that can't think, in escaped quotes",
                    client -> client.chat(REQUEST.think(true)),
                    Answer.json(400, "{\"error\":\"\\\"test\\\" does not support thinking\"}"),
                    refused(400, Kind.UNSUPPORTED, "\"test\" does not support thinking")),
            rows(
                    "E12",
                    "a model that can't chat, or generate",
                    check(
                            CHAT,
                            Answer.json(400, error("\"m\" does not support chat")),
                            refused(400, Kind.UNSUPPORTED, "\"m\" does not support chat")),
                    check(
                            client -> client.generate(GENERATE),
                            Answer.json(400, error("\"m\" does not support generate")),
                            refused(400, Kind.UNSUPPORTED, "\"m\" does not support generate"))),
            rows(
                    "E13",
                    "model is required",
                    check(
                            CHAT,
                            Answer.json(400, error("model is required")),
                            refused(400, Kind.MODEL_NOT_FOUND, "model is required")),
                    check(
                            EMBED,
                            Answer.json(400, error("model is required")),
                            refused(400, Kind.MODEL_NOT_FOUND, "model is required")),
                    check(
                            SHOW,
                            Answer.json(400, error("model is required")),
                            refused(400, Kind.MODEL_NOT_FOUND, "model is required")),
                    check(
                            client -> client.chat(REQUEST.with("model", null)),
                            Answer.json(400, error("model is required")),
                            refused(400, Kind.BAD_REQUEST, "model is required"))),
            rows(
                    "E14",
                    "model not found, in either quotes",
                    check(
                            CHAT,
                            Answer.json(404, error("model 'm' not found")),
                            refused(404, Kind.MODEL_NOT_FOUND, "model 'm' not found")),
                    check(
                            client -> client.copy("m", "n"),
                            Answer.json(404, error("model \"m\" not found")),
                            refused(404, Kind.MODEL_NOT_FOUND, "model \"m\" not found"))),
            row(
                    "E15",
                    "a missing body",
                    CHAT,
                    Answer.json(400, error("missing request body")),
                    refused(400, Kind.BAD_REQUEST, "missing request body")),
            WireCase.row("E16", "top_logprobs out of its range, here and there", cuts -> {
                for (int number : new int[] {-1, 21}) {
                    assertThatThrownBy(() -> REQUEST.topLogprobs(number))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("top_logprobs");
                    assertThatThrownBy(() -> GENERATE.topLogprobs(number))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("top_logprobs");
                    String words = "top_logprobs must be between 0 and 20";
                    Outcome.of(
                                    Answer.json(400, error(words)).cut(cuts),
                                    client -> client.chat(REQUEST.with("top_logprobs", number)))
                            .refused(400, Kind.BAD_REQUEST, words);
                }
            }),
            WireCase.row("E17", "too many requests", cuts -> {
                Answer refusal = Answer.json(429, error("slow down"));
                Outcome.of(refusal.cut(cuts), config -> config.retries(0), CHAT)
                        .refused(429, Kind.RATE_LIMITED, "slow down");
                repeated(cuts, CHAT, refusal, 429, answer(lines(c("a"), d(""))), token("a"), done(null));
            }),
            WireCase.row("E18", "overloaded", cuts -> {
                String words = "server busy, please try again.  maximum pending requests exceeded";
                Answer refusal = Answer.json(503, error(words));
                Outcome.of(refusal.cut(cuts), config -> config.retries(0), CHAT).refused(503, Kind.OVERLOADED, words);
                repeated(cuts, CHAT, refusal, 503, answer(lines(c("a"), d(""))), token("a"), done(null));
                // All that are allowed, then the refusal itself.
                try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> refusal.cut(cuts))) {
                    Outcome.of(server, CHAT).refused(503, Kind.OVERLOADED, words);
                    assertThat(server.requests()).hasSize(3);
                }
                // An upload is counted anew when it is sent again.
                uploadedAfter(refusal.cut(cuts));
            }),
            row(
                    "E19",
                    "not signed in, with a URL to do so",
                    client -> client.me(),
                    Answer.json(401, json("{'error':'unauthorized','signin_url':'https://ollama.com/connect'}")),
                    outcome -> assertThat(outcome.refused(401, Kind.UNAUTHORIZED, "unauthorized")
                                    .signinUrl())
                            .isEqualTo("https://ollama.com/connect")),
            row(
                    "E20",
                    "not signed in, without a URL",
                    CHAT,
                    Answer.json(401, error("unauthorized")),
                    outcome -> assertThat(outcome.refused(401, Kind.UNAUTHORIZED, "unauthorized")
                                    .signinUrl())
                            .isNull()),
            row(
                    "E21",
                    "forbidden",
                    CHAT,
                    Answer.json(403, error("ollama cloud is disabled")),
                    refused(403, Kind.FORBIDDEN, "ollama cloud is disabled")),
            rows(
                    "E23",
                    "the router's own words",
                    check(
                            CHAT,
                            Answer.of(405).contentType("text/plain").body("405 method not allowed"),
                            refused(405, Kind.BAD_REQUEST, "405 method not allowed")),
                    check(
                            client -> client.status(),
                            Answer.of(404).contentType("text/plain").body("404 page not found"),
                            refused(404, Kind.NOT_FOUND, "404 page not found"))),
            WireCase.row("E24", "a bad gateway, repeated for what only reads", cuts -> {
                Answer refusal = Answer.json(502, error("upstream is gone"));
                Outcome.of(refusal.cut(cuts), config -> config.retries(0), CHAT)
                        .refused(502, Kind.SERVER_ERROR, "upstream is gone");
                // The generation may have run, or still run.
                try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> refusal.cut(cuts))) {
                    Outcome.of(server, CHAT).refused(502, Kind.SERVER_ERROR, "upstream is gone");
                    assertThat(server.requests()).hasSize(1);
                    Outcome.of(server, SHOW).refused(502, Kind.SERVER_ERROR, "upstream is gone");
                    assertThat(server.requests()).hasSize(4);
                }
                try (OllamaTestServer server = OllamaTestServer.start()
                        .otherwise(request -> answer(lines(c("a"))).thenClose().cut(cuts))) {
                    Outcome.of(server, CHAT).disconnected(Problem.CUT, token("a"));
                    assertThat(server.requests()).hasSize(1);
                }
            }),
            rows(
                    "E25",
                    "a malformed tool call",
                    check(UNARY, Answer.json(500, error(TOOL_CALL)), refused(500, Kind.SERVER_ERROR, TOOL_CALL)),
                    check(
                            CHAT,
                            answer(lines(c("a"), error(TOOL_CALL))),
                            outcome -> outcome.reported(TOOL_CALL, "a", token("a")))),
            once("E26", "nobody listens", cuts -> {
                OllamaTestServer server = OllamaTestServer.start();
                server.close();
                for (Function<OllamaClient, Flux<?>> call : List.<Function<OllamaClient, Flux<?>>>of(
                        CHAT,
                        UNARY,
                        client -> client.generate(GENERATE),
                        client -> client.generate(GENERATE.stream(false)),
                        SHOW,
                        EMBED,
                        PULL,
                        OllamaClient::models,
                        OllamaClient::version,
                        OllamaClient::alive)) {
                    assertThat(Outcome.of(server, call).disconnected(Problem.REFUSED))
                            .hasMessageContaining(server.baseUrl())
                            .extracting(OllamaException.Connection::baseUrl)
                            .isEqualTo(server.baseUrl());
                }
            }),
            WireCase.row("E28", "three ways to end too early are three errors", cuts -> {
                String body = c("a") + "\n{\"mess";
                Outcome.of(answer(body).cut(cuts), CHAT).incomplete("a", 6, token("a"));
                Outcome.of(answer(body).thenClose().cut(cuts), CHAT).disconnected(Problem.CUT, token("a"));
                Outcome reset = Outcome.of(answer(body).thenReset().cut(cuts), CHAT);
                // A reset may overtake what was sent before it.
                reset.disconnected(Problem.RESET, reset.events().isEmpty() ? new Object[0] : new Object[] {token("a")});
            }),
            WireCase.row("E29", "9 MB, and limits of documents and elements", cuts -> {
                if (cuts == Cuts.asWritten() || cuts == Cuts.allAtOnce()) {
                    Outcome large = Outcome.of(
                            Answer.json(200, gd("x".repeat(9_000_000))).cut(cuts),
                            client -> client.generate(GENERATE.stream(false)));
                    assertThat(large.error()).isNull();
                    assertThat(((Token) large.events().get(0)).text()).hasSize(9_000_000);
                }
                Outcome document = Outcome.of(
                        Answer.json(200, gd("x".repeat(1000))).cut(cuts),
                        config -> config.maxLineBytes(500),
                        client -> client.generate(GENERATE.stream(false)));
                assertThat(document.malformed(0)).hasMessageContaining("500 bytes");
                Outcome element = Outcome.of(
                        Answer.json(200, json("{'embeddings':[[1],[1" + ",1".repeat(300) + "]]}"))
                                .cut(cuts),
                        config -> config.maxLineBytes(500),
                        EMBED);
                assertThat(element.malformed(0, EmbeddingEvent.Vector.of(0, 1))).hasMessageContaining("500 bytes");
            }),
            once("E30", "five records of an endless stream", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start();
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    server.answer("POST", "/api/chat", Answer.endless(c("a")), answer(lines(d("b"))));
                    Outcome.of(client.chat(REQUEST).take(5))
                            .gives(token("a"), token("a"), token("a"), token("a"), token("a"));
                    assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(Outcome.LIMIT))
                            .isNotNull();
                    untilNoneIsOpen(server);
                    Outcome.of(client.chat(REQUEST)).gives(token("b"), done(null));
                    assertThat(server.connectionsAccepted()).isEqualTo(2);
                }
            }),
            once("E31", "one event asked for while the server floods", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start();
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    server.answer("POST", "/api/generate", Answer.endless(g("x".repeat(10_000))));
                    List<Long> taken = new ArrayList<>();
                    StepVerifier.create(client.generate(GENERATE), 0)
                            .thenRequest(1)
                            .expectNextCount(1)
                            .then(() -> taken.add(stillAt(server.exchange(0).block(Outcome.LIMIT))))
                            .thenRequest(1_500)
                            .expectNextCount(1_500)
                            .then(() -> taken.add(stillAt(server.exchange(0).block(Outcome.LIMIT))))
                            .thenCancel()
                            .verify(Outcome.LIMIT);
                    // What was taken but not asked for lies in the sockets' buffers.
                    long asked = 1_501L * (g("x".repeat(10_000)).length() + 1);
                    assertThat(taken.get(0)).isLessThan(8L * 1024 * 1024);
                    assertThat(taken.get(1)).isBetween(asked, asked + 8L * 1024 * 1024);
                }
            }),
            once("E32", "silence, before and after the first record", cuts -> {
                OllamaException.Timeout idle = Outcome.of(
                                answer(lines(c("a"))).thenSilence(),
                                config -> config.firstEventTimeout(LONG).idleTimeout(SHORT),
                                CHAT)
                        .fails(OllamaException.Timeout.class, token("a"));
                assertThat(idle.phase()).isEqualTo(Phase.IDLE);
                assertThat(idle.limit()).isEqualTo(SHORT);
                assertThat(idle).hasMessageContaining("stood still");
                assertThat(idle.partial().text()).isEqualTo("a");
                for (Answer silence : List.of(
                        Answer.ndjson().thenSilence(), answer(lines(c("a"))).delayHeaders(LONG))) {
                    OllamaException.Timeout first = Outcome.of(
                                    silence,
                                    config -> config.firstEventTimeout(SHORT).idleTimeout(LONG),
                                    CHAT)
                            .fails(OllamaException.Timeout.class);
                    assertThat(first.phase()).isEqualTo(Phase.FIRST_EVENT);
                    assertThat(first).hasMessageContaining("no answer");
                }
            }),
            WireCase.row("E34", "redirects of a POST", cuts -> {
                for (int status : new int[] {301, 302, 303, 307, 308}) {
                    boolean bodyGoesAlong = status >= 307;
                    for (boolean follow : new boolean[] {false, true}) {
                        try (OllamaTestServer server = OllamaTestServer.start()) {
                            server.answer(
                                    "POST",
                                    "/api/chat",
                                    Answer.of(status)
                                            .header("Location", "/moved")
                                            .body("moved")
                                            .cut(cuts));
                            server.answer(
                                    "POST", "/moved", answer(lines(d("a"))).cut(cuts));
                            Outcome outcome = Outcome.of(server, config -> config.followRedirects(follow), CHAT);
                            List<ReceivedRequest> requests = server.requests();
                            assertThat(requests)
                                    .extracting(ReceivedRequest::method)
                                    .containsOnly("POST");
                            if (follow && bodyGoesAlong) {
                                outcome.gives(token("a"), done(null));
                                assertThat(requests)
                                        .extracting(ReceivedRequest::path)
                                        .containsExactly("/api/chat", "/moved");
                                assertThat(requests.get(1).body())
                                        .isEqualTo(requests.get(0).body())
                                        .isEqualTo(REQUEST.fields().toString());
                            } else {
                                assertThat(outcome.refused(status, Kind.REDIRECT, "moved")
                                                .location())
                                        .isEqualTo("/moved");
                                assertThat(requests).hasSize(1);
                            }
                        }
                    }
                }
            }),
            rows(
                    "E35",
                    "all that the end of an answer tells, the count of the prompt missing or there",
                    check(
                            client -> client.generate(GENERATE),
                            answer(lines(gd(
                                    "a",
                                    "'done_reason':'stop'",
                                    "'context':[1,2]",
                                    "'total_duration':10",
                                    "'load_duration':1",
                                    "'prompt_eval_duration':2",
                                    "'eval_count':3",
                                    "'eval_duration':4"))),
                            outcome -> outcome.gives(token("a"), done("stop", List.of(1, 2), stats(null)))),
                    check(
                            client -> client.generate(GENERATE),
                            answer(lines(gd(
                                    "a",
                                    "'done_reason':'stop'",
                                    "'context':[1,2]",
                                    "'total_duration':10",
                                    "'load_duration':1",
                                    "'prompt_eval_count':7",
                                    "'prompt_eval_duration':2",
                                    "'eval_count':3",
                                    "'eval_duration':4"))),
                            outcome -> outcome.gives(token("a"), done("stop", List.of(1, 2), stats(7L))))),
            WireCase.row("E36", "what holds for log probabilities, in a recording", cuts -> {
                try (OllamaTestServer server =
                        OllamaTestServer.start().replay(Pace.atOnce(), cuts, Recording.bundled("generate-logprobs"))) {
                    Outcome outcome = Outcome.of(
                            server,
                            client -> client.generate(GenerateRequest.of("gemma3:270m", "Is snow cold?")
                                    .logprobs(true)
                                    .topLogprobs(3)));
                    assertThat(outcome.error()).isNull();
                    List<Logprob> all = outcome.events().stream()
                            .filter(GenerationEvent.Token.class::isInstance)
                            .flatMap(event -> ((Token) event).logprobs().stream())
                            .toList();
                    assertThat(all).hasSizeGreaterThan(10);
                    all.forEach(ErrorCasesTest::assertPlausible);
                }
            }));

    private static GenerationStats stats(Long promptEvalCount) {
        return new GenerationStats(
                Duration.ofNanos(10),
                Duration.ofNanos(1),
                promptEvalCount,
                Duration.ofNanos(2),
                3L,
                Duration.ofNanos(4));
    }

    private static void assertPlausible(Logprob logprob) {
        assertThat(logprob.topLogprobs()).hasSizeBetween(1, 3);
        assertThat(logprob.topLogprobs()).isSortedAccordingTo((a, b) -> Double.compare(b.logprob(), a.logprob()));
        Stream.concat(Stream.of(logprob), logprob.topLogprobs().stream()).forEach(each -> {
            assertThat(each.logprob()).isLessThanOrEqualTo(0);
            List<Integer> bytes = new ArrayList<>();
            for (byte b : each.token().getBytes(StandardCharsets.UTF_8)) {
                bytes.add(b & 0xFF);
            }
            assertThat(each.bytes()).isEqualTo(bytes);
        });
    }

    /** One part of a row. */
    private record Part(Function<OllamaClient, Flux<?>> call, Answer answer, Consumer<Outcome> expected) {
        void run(Cuts cuts) {
            expected.accept(Outcome.of(answer.cut(cuts), config -> config.retries(0), call));
        }
    }

    private static Part check(Function<OllamaClient, Flux<?>> call, Answer answer, Consumer<Outcome> expected) {
        return new Part(call, answer, expected);
    }

    private static WireCase row(
            String number,
            String says,
            Function<OllamaClient, Flux<?>> call,
            Answer answer,
            Consumer<Outcome> expected) {
        return rows(number, says, check(call, answer, expected));
    }

    private static WireCase rows(String number, String says, Part... parts) {
        return WireCase.row(number, says, cuts -> {
            for (Part part : parts) {
                part.run(cuts);
            }
        });
    }

    private static Consumer<Outcome> refused(int status, Kind kind, String words) {
        return outcome -> outcome.refused(status, kind, words);
    }

    /** A refusal, and what comes of the repetition. */
    private static void repeated(
            Cuts cuts,
            Function<OllamaClient, Flux<?>> call,
            Answer refusal,
            int status,
            Answer then,
            Object... expected) {
        List<RetryAttempt> attempts = new ArrayList<>();
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", refusal.cut(cuts), then.cut(cuts));
            Outcome.of(server, config -> config.onRetry(attempts::add), call).gives(expected);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).body())
                    .isEqualTo(server.requests().get(0).body());
            assertThat(attempts).singleElement().satisfies(attempt -> {
                assertThat(attempt.number()).isEqualTo(1);
                assertThat(((OllamaException.Status) attempt.error()).status()).isEqualTo(status);
            });
        }
    }

    private static void uploadedAfter(Answer refusal) throws IOException {
        Path file = Files.write(Files.createTempFile("wire-cases", ""), new byte[100_000]);
        try (OllamaTestServer server = OllamaTestServer.start()) {
            Outcome outcome = Outcome.of(
                    server.otherwise(request -> request.method().equals("HEAD")
                            ? Answer.of(404)
                            : server.requests().size() == 2 ? refusal : Answer.of(201)),
                    client -> client.pushBlob(file));
            assertThat(outcome.error()).isNull();
            assertThat(outcome.events()).last().isInstanceOf(BlobEvent.Stored.class);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().get(2).bodyBytes()).hasSize(100_000);
            assertThat(outcome.events())
                    .filteredOn(BlobEvent.Uploading.class::isInstance)
                    .extracting(event -> ((BlobEvent.Uploading) event).sent())
                    .allMatch(sent -> sent <= 100_000)
                    .endsWith(100_000L);
        } finally {
            Files.delete(file);
        }
    }

    static Stream<Arguments> rows() {
        return WireCase.underEveryCut(ROWS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void isTold(WireCase row, Cuts cuts) {
        row.run(cuts);
    }
}
