// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.done;
import static io.github.ollamareactive.wire.AnswerLines.errorLine;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.RetryAttempt;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Refusals that may pass, and the repetitions of the call. */
final class RetryCasesTest {
    private static final Function<OllamaClient, Flux<?>> CHAT = WireCalls.call("chat");
    private static final String BUSY = "server busy, please try again.  maximum pending requests exceeded";

    static Stream<Arguments> passingRefusals() {
        List<Chunking> cuts = EveryCut.Source.cuts().toList();
        return Stream.of(
                        Arguments.of("E17 too many requests", 429, Kind.RATE_LIMITED, "slow down"),
                        Arguments.of("E18 overloaded", 503, Kind.OVERLOADED, BUSY),
                        Arguments.of("E24 a bad gateway", 502, Kind.SERVER_ERROR, "upstream is gone"))
                .flatMap(refusal -> cuts.stream().map(cut -> {
                    Object[] a = refusal.get();
                    return Arguments.of(a[0], cut, a[1], a[2], a[3]);
                }));
    }

    @ParameterizedTest(name = "{0}, without retries, {1}")
    @MethodSource("passingRefusals")
    void withoutRetriesTheRefusalIsTheError(String name, Chunking cuts, int status, Kind kind, String words) {
        CallResult.of(Answer.json(status, errorLine(words)).chunking(cuts), config -> config.retries(0), CHAT)
                .assertRefused(status, kind, words);
    }

    static Stream<Arguments> repeatedRefusals() {
        return passingRefusals().filter(refusal -> !refusal.get()[0].toString().startsWith("E24"));
    }

    /** A generation may have run, or still run. */
    @ParameterizedTest(name = "E24 a bad gateway, repeated for what only reads, {0}")
    @EveryCut
    void aBadGatewayIsRepeatedForWhatOnlyReads(Chunking cuts) {
        Answer refusal = Answer.json(502, errorLine("upstream is gone")).chunking(cuts);
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> refusal)) {
            CallResult.of(server, CHAT).assertRefused(502, Kind.SERVER_ERROR, "upstream is gone");
            assertThat(server.requests()).hasSize(1);
            CallResult.of(server, client -> client.show(ShowRequest.of("m")))
                    .assertRefused(502, Kind.SERVER_ERROR, "upstream is gone");
            assertThat(server.requests()).hasSize(4);
        }
    }

    @ParameterizedTest(name = "{0}, then an answer, {1}")
    @MethodSource("repeatedRefusals")
    void theCallIsRepeatedAfterARefusalThatMayPass(String name, Chunking cuts, int status, Kind kind, String words) {
        List<RetryAttempt> attempts = new ArrayList<>();
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer(
                    "POST",
                    "/api/chat",
                    Answer.json(status, errorLine(words)).chunking(cuts),
                    stream(lines(chatLine("a"), lastChatLine(""))).chunking(cuts));
            CallResult.of(server, config -> config.onRetry(attempts::add), CHAT)
                    .assertCompleted(token("a"), done(null));
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).body())
                    .isEqualTo(server.requests().get(0).body());
            assertThat(attempts).singleElement().satisfies(attempt -> {
                assertThat(attempt.number()).isEqualTo(1);
                assertThat(((OllamaException.Status) attempt.error()).status()).isEqualTo(status);
            });
        }
    }

    @ParameterizedTest(name = "E18 overloaded throughout, {0}")
    @EveryCut
    void theLastRefusalIsTheErrorWhenAllRepetitionsAreRefused(Chunking cuts) {
        try (OllamaTestServer server = OllamaTestServer.start()
                .otherwise(request -> Answer.json(503, errorLine(BUSY)).chunking(cuts))) {
            CallResult.of(server, CHAT).assertRefused(503, Kind.OVERLOADED, BUSY);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest(name = "E18 overloaded when a file is uploaded, {0}")
    @EveryCut
    void progressIsCountedAnewWhenAnUploadIsRepeated(Chunking cuts, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        Answer refusal = Answer.json(503, errorLine(BUSY)).chunking(cuts);
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.otherwise(request -> request.method().equals("HEAD")
                    ? Answer.of(404)
                    : server.requests().size() == 2 ? refusal : Answer.of(201));
            CallResult result = CallResult.of(server, client -> client.pushBlob(file));
            assertThat(result.error()).isNull();
            assertThat(result.events()).last().isInstanceOf(BlobEvent.Stored.class);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().get(2).bodyBytes()).hasSize(100_000);
            assertThat(result.events())
                    .filteredOn(BlobEvent.Uploading.class::isInstance)
                    .extracting(event -> ((BlobEvent.Uploading) event).sent())
                    .allMatch(sent -> sent <= 100_000)
                    .endsWith(100_000L);
        }
    }

    @ParameterizedTest(name = "E24 a connection that is closed after the first event, {0}")
    @EveryCut
    void nothingIsRepeatedAfterTheFirstEvent(Chunking cuts) {
        try (OllamaTestServer server = OllamaTestServer.start()
                .otherwise(request -> stream(lines(chatLine("a"))).thenClose().chunking(cuts))) {
            CallResult.of(server, CHAT).assertDisconnected(Problem.CUT, token("a"));
            assertThat(server.requests()).hasSize(1);
        }
    }
}
