// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.done;
import static io.github.ollamareactive.wire.AnswerLines.errorLine;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lastGenerateLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static io.github.ollamareactive.wire.WireRequests.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls fail, and what the error carries: the table {@code errors.txt}, and what doesn't fit into a table. */
final class ErrorCasesTest {
    static Stream<Arguments> table() {
        return WireCase.underEveryCut("errors");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("table")
    void theAnswerGivesTheErrorInTheTable(WireCase exchange, Chunking cuts) {
        exchange.run(cuts);
    }

    @ParameterizedTest(name = "E16 top_logprobs out of its range, here and at the server, {0}")
    @EveryCut
    void topLogprobsOutOfRangeIsRefusedHereAndByTheServer(Chunking cuts) {
        String words = "top_logprobs must be between 0 and 20";
        Answer refusal = Answer.json(400, errorLine(words)).chunking(cuts);
        for (int number : new int[] {-1, 21}) {
            assertThatThrownBy(() -> CHAT.topLogprobs(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("top_logprobs");
            assertThatThrownBy(() -> GENERATE.topLogprobs(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("top_logprobs");
            CallResult.of(refusal, client -> client.chat(CHAT.with("top_logprobs", number)))
                    .assertRefused(400, Kind.BAD_REQUEST, words);
        }
    }

    @ParameterizedTest(name = "E26 nobody listens: {0}")
    @ValueSource(
            strings = {
                "chat",
                "chat, stream false",
                "generate",
                "generate, stream false",
                "show",
                "embed",
                "pull",
                "models",
                "version",
                "alive"
            })
    void nobodyListeningIsARefusedConnectionThatNamesTheServer(String call) {
        OllamaTestServer server = OllamaTestServer.start();
        server.close();
        assertThat(CallResult.of(server, WireCalls.call(call)).assertDisconnected(Problem.REFUSED))
                .hasMessageContaining(server.baseUrl())
                .extracting(OllamaException.Connection::baseUrl)
                .isEqualTo(server.baseUrl());
    }

    @ParameterizedTest(name = "E28 three ways to end too early are three errors, {0}")
    @EveryCut
    void threeWaysToEndTooEarlyAreThreeErrors(Chunking cuts) {
        Answer answer = stream(chatLine("a") + "\n{\"mess");
        CallResult.of(answer.chunking(cuts), WireCalls.call("chat")).assertIncomplete("a", 6, token("a"));
        CallResult.of(answer.thenClose().chunking(cuts), WireCalls.call("chat"))
                .assertDisconnected(Problem.CUT, token("a"));
        CallResult reset = CallResult.of(answer.thenReset().chunking(cuts), WireCalls.call("chat"));
        // A reset may overtake what was sent before it.
        reset.assertDisconnected(Problem.RESET, reset.events().isEmpty() ? new Object[0] : new Object[] {token("a")});
    }

    static Stream<Chunking> largeCuts() {
        return Stream.of(Chunking.asWritten(), Chunking.allAtOnce());
    }

    @ParameterizedTest(name = "E29 a document of 9 MB, {0}")
    @MethodSource("largeCuts")
    void aDocumentOfNineMegabytesPassesTheDefaultLimit(Chunking cuts) {
        CallResult large = CallResult.of(
                Answer.json(200, lastGenerateLine("x".repeat(9_000_000))).chunking(cuts),
                WireCalls.call("generate, stream false"));
        assertThat(large.error()).isNull();
        assertThat(((Token) large.events().get(0)).text()).hasSize(9_000_000);
    }

    @ParameterizedTest(name = "E29 limits of documents and elements, {0}")
    @EveryCut
    void theLimitCountsADocumentOrAnElementOfItsList(Chunking cuts) {
        CallResult document = CallResult.of(
                Answer.json(200, lastGenerateLine("x".repeat(1000))).chunking(cuts),
                config -> config.maxLineBytes(500),
                WireCalls.call("generate, stream false"));
        assertThat(document.assertMalformed(0)).hasMessageContaining("500 bytes");
        CallResult element = CallResult.of(
                Answer.json(200, json("{'embeddings':[[1],[1" + ",1".repeat(300) + "]]}"))
                        .chunking(cuts),
                config -> config.maxLineBytes(500),
                client -> client.embed(EmbedRequest.of("m", "t")));
        assertThat(element.assertMalformed(0, EmbeddingEvent.Vector.of(0, 1))).hasMessageContaining("500 bytes");
    }

    @Test
    @DisplayName("E32 silence after the first record")
    void silenceAfterTheFirstRecordIsAnIdleTimeout() {
        Duration limit = Duration.ofMillis(100);
        try (VirtualTime time = VirtualTime.stopped();
                OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client =
                        OllamaClient.create(CallResult.config(server).idleTimeout(limit))) {
            server.answer("POST", "/api/chat", stream(lines(chatLine("a"))).thenSilence());
            List<Object> arrived = new CopyOnWriteArrayList<>();
            OllamaException.Timeout timeout = time.passUntilTheEndOf(
                            client.chat(CHAT).doOnNext(arrived::add), limit, () -> arrived.size() == 1)
                    .assertFailed(OllamaException.Timeout.class, token("a"));
            assertThat(timeout.phase()).isEqualTo(Phase.IDLE);
            assertThat(timeout.limit()).isEqualTo(limit);
            assertThat(timeout).hasMessageContaining("stood still");
            assertThat(timeout.partial().text()).isEqualTo("a");
        }
    }

    static Stream<Arguments> silentFromTheStart() {
        return Stream.of(
                Arguments.of("behind the headers", Answer.ndjson().thenSilence()),
                Arguments.of("before the headers", stream(lines(chatLine("a"))).delayHeaders(Duration.ofMinutes(5))));
    }

    @ParameterizedTest(name = "E32 silence {0}")
    @MethodSource("silentFromTheStart")
    void silenceBeforeTheFirstRecordIsAFirstEventTimeout(String where, Answer silence) {
        Duration limit = Duration.ofMillis(100);
        try (VirtualTime time = VirtualTime.stopped();
                OllamaTestServer server = OllamaTestServer.start().otherwise(request -> silence);
                OllamaClient client =
                        OllamaClient.create(CallResult.config(server).firstEventTimeout(limit))) {
            OllamaException.Timeout timeout = time.passUntilTheEndOf(
                            client.chat(CHAT), limit, () -> server.requests().size() == 1)
                    .assertFailed(OllamaException.Timeout.class);
            assertThat(timeout.phase()).isEqualTo(Phase.FIRST_EVENT);
            assertThat(timeout).hasMessageContaining("no answer");
        }
    }

    static Stream<Arguments> redirects() {
        List<Chunking> cuts = EveryCut.Source.cuts().toList();
        return Stream.of(301, 302, 303, 307, 308)
                .flatMap(status -> Stream.of(true, false)
                        .flatMap(follow -> cuts.stream().map(cut -> Arguments.of(status, follow, cut))));
    }

    @ParameterizedTest(name = "E34 a POST that is redirected by {0}, followed: {1}, {2}")
    @MethodSource("redirects")
    void onlyRedirectsThatKeepTheBodyAreFollowed(int status, boolean follow, Chunking cuts) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer(
                    "POST",
                    "/api/chat",
                    Answer.of(status).header("Location", "/moved").body("moved").chunking(cuts));
            server.answer("POST", "/moved", stream(lines(lastChatLine("a"))).chunking(cuts));
            CallResult result = CallResult.of(server, config -> config.followRedirects(follow), WireCalls.call("chat"));
            List<ReceivedRequest> requests = server.requests();
            assertThat(requests).extracting(ReceivedRequest::method).containsOnly("POST");
            if (follow && status >= 307) {
                result.assertCompleted(token("a"), done(null));
                assertThat(requests).extracting(ReceivedRequest::path).containsExactly("/api/chat", "/moved");
                assertThat(requests.get(1).body())
                        .isEqualTo(requests.get(0).body())
                        .isEqualTo(CHAT.fields().toString());
            } else {
                assertThat(result.assertRefused(status, Kind.REDIRECT, "moved").location())
                        .isEqualTo("/moved");
                assertThat(requests).hasSize(1);
            }
        }
    }

    @ParameterizedTest(name = "E36 what holds for log probabilities, in a recording, {0}")
    @EveryCut
    void logProbabilitiesOfARecordingArePlausible(Chunking cuts) {
        try (OllamaTestServer server =
                OllamaTestServer.start().replay(Pace.atOnce(), cuts, Recording.bundled("generate-logprobs"))) {
            CallResult result = CallResult.of(
                    server,
                    client -> client.generate(GenerateRequest.of("gemma3:270m", "Is snow cold?")
                            .logprobs(true)
                            .topLogprobs(3)));
            assertThat(result.error()).isNull();
            List<Logprob> all = result.events().stream()
                    .filter(Token.class::isInstance)
                    .flatMap(event -> ((Token) event).logprobs().stream())
                    .toList();
            assertThat(all).hasSizeGreaterThan(10).allSatisfy(ErrorCasesTest::assertPlausible);
        }
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
}
