// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Every fault as a plain socket sees it, on whatever answer it is composed with. */
class FaultTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SILENCE_MILLIS = 300;
    private static final String BODY = "1st\n2nd\n3rd\n";

    /** Three lines in chunks, from the test's own stream, from a recording's pieces, of known length. */
    static Stream<Answer> answers() {
        return Stream.of(
                Answer.ndjson("1st", "2nd", "3rd"),
                Answer.lines(Flux.just("1st", "2nd", "3rd")),
                Answer.chunks(BODY.substring(0, 6).getBytes(), BODY.substring(6).getBytes()),
                Answer.of(200).body(BODY).contentType("application/x-ndjson"));
    }

    /** All that came, and how it ended: {@code end}, {@code close}, {@code reset} or {@code silence}. */
    private record Seen(RawClient.Head head, String body, String end) {}

    private static Seen see(Answer answer) throws IOException {
        return see(answer, RawClient.PATIENCE_MILLIS);
    }

    /** Silence is what nothing comes in for so long; where something must come, a slow machine has all the time it needs. */
    private static Seen seeUntilSilence(Answer answer) throws IOException {
        return see(answer, SILENCE_MILLIS);
    }

    private static Seen see(Answer answer, int patience) throws IOException {
        try (OllamaTestServer server = OllamaTestServer.start().answer("POST", "/api/chat", answer);
                RawClient client = new RawClient(server).send("POST", "/api/chat", "{\"model\":\"m\"}")) {
            RawClient.Head head = client.readHead();
            client.patience(patience);
            StringBuilder body = new StringBuilder();
            String end = readTo(body, client, head);
            return new Seen(head, body.toString(), end);
        }
    }

    private static String readTo(StringBuilder body, RawClient client, RawClient.Head head) throws IOException {
        try {
            if (!head.chunked()) {
                for (long i = 0; i < head.length(); i++) {
                    body.append((char) client.readExactly(1)[0]);
                }
                return "end";
            }
            while (true) {
                int size = client.readChunkSize();
                for (int i = 0; i < size; i++) {
                    body.append((char) client.readExactly(1)[0]);
                }
                client.readExactly(2);
                if (size == 0) {
                    return "end";
                }
            }
        } catch (EOFException e) {
            return "close";
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (SocketException e) {
            return "reset";
        }
    }

    private static void assertSeen(Seen seen, String body, String end) {
        assertThat(seen.body()).isEqualTo(body);
        assertThat(seen.end()).isEqualTo(end);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void resetAtAByte(Answer answer) throws IOException {
        assertSeen(see(answer.with(Fault.resetAt(6))), "1st\n2n", "reset");
        assertSeen(see(answer.with(Fault.resetAt(0))), "", "reset");
        assertSeen(see(answer.with(Fault.resetAt(1000))), BODY, "reset");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void closeAtAByteOrWithoutTerminator(Answer answer) throws IOException {
        assertSeen(see(answer.with(Fault.closeAt(9))), "1st\n2nd\n3", "close");
        assertSeen(see(answer.with(Fault.closeWithoutTerminator())), BODY, "close");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void endCleanlyButEarly(Answer answer) throws IOException {
        assertSeen(see(answer.with(Fault.endAfter(2))), "1st\n2nd\n", "end");
        assertSeen(see(answer.with(Fault.endAt(5))), "1st\n2", "end");
        assertSeen(see(answer.with(Fault.endAfter(0))), "", "end");
        assertSeen(see(answer.with(Fault.endAfter(7))), BODY, "end");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void stallBeforeTheFirstLineAndInMidStream(Answer answer) throws IOException {
        assertSeen(seeUntilSilence(answer.with(Fault.stallBeforeFirstLine())), "", "silence");
        assertSeen(seeUntilSilence(answer.with(Fault.stallAfter(2))), "1st\n2nd\n", "silence");
        assertSeen(seeUntilSilence(answer.with(Fault.stallAfter(2, Duration.ofHours(1)))), "1st\n2nd\n", "silence");
        assertSeen(see(answer.with(Fault.stallAfter(2, Duration.ofMillis(20)))), BODY, "end");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void linesThatDoNotBelongThere(Answer answer) throws IOException {
        assertSeen(
                see(answer.with(Fault.malformedLineAfter(1))),
                "1st\n{\"message\":{\"content\":\"half a li\n2nd\n3rd\n",
                "end");
        assertSeen(see(answer.with(Fault.lineAfter(3, ""))), BODY + "\n", "end");
        assertSeen(see(answer.with(Fault.lineAfter(9, "last"))), BODY + "last\n", "end");
        assertSeen(
                see(answer.with(Fault.errorLineAfter(2, "out of \"memory\""))),
                "1st\n2nd\n{\"error\":\"out of \\\"memory\\\"\"}\n",
                "end");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anOversizedLineIsGoodJson(Answer answer) throws IOException {
        String body = see(answer.with(Fault.oversizedLineAfter(1, 100_000))).body();
        List<String> lines = body.lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).hasSize(99_999);
        assertThat(WireJson.JSON.readTree(lines.get(1)).at("/message/content").asString())
                .matches("x{99000,}");
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.oversizedLineAfter(0, 10));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theHeadMayBeWrongAndTheBodyRight(Answer answer) throws IOException {
        Seen seen = see(answer.with(Fault.contentType("text/plain")));
        assertSeen(seen, BODY, "end");
        assertThat(seen.head().headers()).containsEntry("Content-Type", "text/plain");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void faultsAddUp(Answer answer) throws IOException {
        Answer several = answer.with(Fault.lineAfter(1, "x"))
                .with(Fault.errorLineAfter(3, "e"))
                .chunking(Chunking.random(3));
        assertSeen(see(several), "1st\nx\n2nd\n{\"error\":\"e\"}\n", "end");
        assertSeen(see(several.with(Fault.resetAt(5))), "1st\nx", "reset");
        assertSeen(see(answer.with(Fault.drip(Duration.ofMillis(1))).with(Fault.closeAt(6))), "1st\n2n", "close");
    }

    @Test
    void aDripIsByteByByte() throws Exception {
        long before = System.nanoTime();
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("1234").with(Fault.drip(Duration.ofMillis(20))));
                RawClient client = new RawClient(server).get("/")) {
            assertThat(client.receive().pieces()).hasSize(5).allMatch(piece -> piece.size() == 1);
        }
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(5 * 20_000_000L);
    }

    @Test
    void otherAnswersInstead() throws Exception {
        Answer good = Answer.tokens("a");
        Seen page = see(good.with(Fault.htmlPage(502)));
        assertThat(page.head().status()).isEqualTo(502);
        assertThat(page.head().headers()).containsEntry("Content-Type", "text/html");
        assertThat(page.body()).startsWith("<html>");

        Seen redirect = see(good.with(Fault.redirect(307, "http://elsewhere/api/chat")));
        assertThat(redirect.head().status()).isEqualTo(307);
        assertThat(redirect.head().headers()).containsEntry("Location", "http://elsewhere/api/chat");

        Seen limited = see(good.with(Fault.rateLimited(Duration.ofSeconds(7))));
        assertThat(limited.head().status()).isEqualTo(429);
        assertThat(limited.head().headers()).containsEntry("Retry-After", "7");
    }

    @Test
    void nothingAtAll() throws Exception {
        Answer good = Answer.tokens("a");
        assertNothing(good.with(Fault.closeBeforeHeaders()), null);
        assertNothing(good.with(Fault.resetBeforeHeaders()), SocketException.class);
        assertNothing(good.with(Fault.stallBeforeHeaders()), SocketTimeoutException.class);
        assertNothing(good.with(Fault.stallBeforeHeaders(Duration.ofHours(1))), SocketTimeoutException.class);
        assertThat(see(good.with(Fault.stallBeforeHeaders(Duration.ofMillis(20))))
                        .end())
                .isEqualTo("end");
    }

    private static void assertNothing(Answer answer, Class<? extends IOException> how) throws IOException {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", answer);
                RawClient client = new RawClient(server).get("/")) {
            Objects.requireNonNull(server.exchange(0).block(PATIENCE));
            if (how == SocketTimeoutException.class) {
                client.patience(SILENCE_MILLIS);
            }
            if (how == null) {
                assertThat(client.read()).isEqualTo(-1);
            } else {
                assertThatThrownBy(client::read).isInstanceOf(how);
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void flakyFailsAFewTimesThenWorks() throws Exception {
        Answer flaky = Answer.ndjson("fine")
                .with(Fault.flaky(2, Errors.overloaded()))
                .with(Fault.flaky(1, Errors.rateLimited(Duration.ofSeconds(1))));
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", flaky);
                RawClient client = new RawClient(server)) {
            List<Integer> statuses = new ArrayList<>();
            for (int call = 0; call < 5; call++) {
                statuses.add(client.get("/").receive().head().status());
            }
            assertThat(statuses).containsExactly(429, 503, 503, 200, 200);
        }
    }

    @Test
    void killedBetweenCallsTheConnectionIsClosedWithoutAWord() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.json(200, "{}").with(Fault.closeAfterwards()), Answer.of(204));
                RawClient client = new RawClient(server)) {
            RawClient.Response first = client.get("/").receive();
            assertThat(first.head().headers()).doesNotContainKey("Connection");
            assertThat(first.cut()).isFalse();
            assertThat(client.read()).isEqualTo(-1);
            StepVerifier.create(server.exchange(0).flatMap(Exchange::finished))
                    .expectComplete()
                    .verify(PATIENCE);
            try (RawClient next = new RawClient(server)) {
                assertThat(next.get("/").receive().head().status()).isEqualTo(204);
            }
        }
    }

    @Test
    void refusedConnectionsAreRefusedAndTheOthersStay() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(204));
                RawClient there = new RawClient(server)) {
            assertThat(there.get("/").receive().head().status()).isEqualTo(204);
            server.refuse().refuse();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            assertThat(there.get("/").receive().head().status()).isEqualTo(204);
            server.listen().listen();
            try (RawClient next = new RawClient(server)) {
                assertThat(next.get("/").receive().head().status()).isEqualTo(204);
            }
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void aKilledServerLosesItsConnectionsAndMayComeBack() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("a").thenSilence(), Answer.of(204));
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            client.readChunk();
            int port = server.port();
            server.kill();
            assertThat(client.read()).isEqualTo(-1);
            assertThat(server.openConnections()).isZero();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            StepVerifier.create(server.exchange(0).flatMap(Exchange::finished))
                    .expectErrorMessage("the test server was closed")
                    .verify(PATIENCE);

            server.listen();
            assertThat(server.port()).isEqualTo(port);
            try (RawClient next = new RawClient(server)) {
                assertThat(next.get("/").receive().head().status()).isEqualTo(204);
            }
            StepVerifier.create(server.exchange(1).flatMap(Exchange::finished))
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void aRecordingMayFailToo() throws Exception {
        Recording chat = Recording.bundled("chat-stream");
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("POST", "/api/chat", Answer.of(chat).with(Fault.errorLineAfter(3, "gone")));
                RawClient client = new RawClient(server).send(chat)) {
            assertThat(client.receive().pieces())
                    .hasSize(4)
                    .startsWith(Bytes.of(chat.chunks().get(0).bytes()))
                    .endsWith(Bytes.of("{\"error\":\"gone\"}\n"));
        }
    }

    @Test
    void placesAreNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.endAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.resetAt(-1));
    }
}
