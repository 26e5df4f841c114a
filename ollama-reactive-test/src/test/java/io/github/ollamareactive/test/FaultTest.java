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

/** Every fault as a plain socket sees it, with several kinds of answers. */
class FaultTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SILENCE_MILLIS = 300;
    private static final String BODY = "1st\n2nd\n3rd\n";

    /** The same three lines in one chunk each, from a stream, in other chunks, and with a Content-Length. */
    static Stream<Answer> answers() {
        return Stream.of(
                Answer.ndjson("1st", "2nd", "3rd"),
                Answer.lines(Flux.just("1st", "2nd", "3rd")),
                Answer.chunks(BODY.substring(0, 6).getBytes(), BODY.substring(6).getBytes()),
                Answer.of(200).body(BODY).contentType("application/x-ndjson"));
    }

    /** What was received, and how it ended: {@code end}, {@code close}, {@code reset} or {@code silence}. */
    private record Received(RawClient.Head head, String body, String end) {}

    private static Received receive(Answer answer) throws IOException {
        return receive(answer, RawClient.PATIENCE_MILLIS);
    }

    /** With a short timeout: only for responses that end in silence, so that a slow machine cannot fail the others. */
    private static Received receiveUntilSilence(Answer answer) throws IOException {
        return receive(answer, SILENCE_MILLIS);
    }

    private static Received receive(Answer answer, int patience) throws IOException {
        try (OllamaTestServer server = OllamaTestServer.start().answer("POST", "/api/chat", answer);
                RawClient client = new RawClient(server).send("POST", "/api/chat", "{\"model\":\"m\"}")) {
            RawClient.Head head = client.readHead();
            client.readTimeout(patience);
            StringBuilder body = new StringBuilder();
            String end = readTo(body, client, head);
            return new Received(head, body.toString(), end);
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

    private static void assertReceived(Received received, String body, String end) {
        assertThat(received.body()).isEqualTo(body);
        assertThat(received.end()).isEqualTo(end);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void resetAtAByte(Answer answer) throws IOException {
        assertReceived(receive(answer.with(Fault.resetAt(6))), "1st\n2n", "reset");
        assertReceived(receive(answer.with(Fault.resetAt(0))), "", "reset");
        assertReceived(receive(answer.with(Fault.resetAt(1000))), BODY, "reset");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void closeAtAByteOrWithoutTerminator(Answer answer) throws IOException {
        assertReceived(receive(answer.with(Fault.closeAt(9))), "1st\n2nd\n3", "close");
        assertReceived(receive(answer.with(Fault.closeWithoutTerminator())), BODY, "close");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void endCleanlyButEarly(Answer answer) throws IOException {
        assertReceived(receive(answer.with(Fault.endAfter(2))), "1st\n2nd\n", "end");
        assertReceived(receive(answer.with(Fault.endAt(5))), "1st\n2", "end");
        assertReceived(receive(answer.with(Fault.endAfter(0))), "", "end");
        assertReceived(receive(answer.with(Fault.endAfter(7))), BODY, "end");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void stallBeforeTheFirstLineAndInMidStream(Answer answer) throws IOException {
        assertReceived(receiveUntilSilence(answer.with(Fault.stallBeforeFirstLine())), "", "silence");
        assertReceived(receiveUntilSilence(answer.with(Fault.stallAfter(2))), "1st\n2nd\n", "silence");
        assertReceived(
                receiveUntilSilence(answer.with(Fault.stallAfter(2, Duration.ofHours(1)))), "1st\n2nd\n", "silence");
        assertReceived(receive(answer.with(Fault.stallAfter(2, Duration.ofMillis(20)))), BODY, "end");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void insertedLines(Answer answer) throws IOException {
        assertReceived(
                receive(answer.with(Fault.malformedLineAfter(1))),
                "1st\n{\"message\":{\"content\":\"half a li\n2nd\n3rd\n",
                "end");
        assertReceived(receive(answer.with(Fault.lineAfter(3, ""))), BODY + "\n", "end");
        assertReceived(receive(answer.with(Fault.lineAfter(9, "last"))), BODY + "last\n", "end");
        assertReceived(
                receive(answer.with(Fault.errorLineAfter(2, "out of \"memory\""))),
                "1st\n2nd\n{\"error\":\"out of \\\"memory\\\"\"}\n",
                "end");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anOversizedLineIsValidJson(Answer answer) throws IOException {
        String body = receive(answer.with(Fault.oversizedLineAfter(1, 100_000))).body();
        List<String> lines = body.lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).hasSize(99_999);
        assertThat(WireJson.JSON.readTree(lines.get(1)).at("/message/content").asString())
                .matches("x{99000,}");
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.oversizedLineAfter(0, 10));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void onlyTheContentTypeIsWrong(Answer answer) throws IOException {
        Received received = receive(answer.with(Fault.contentType("text/plain")));
        assertReceived(received, BODY, "end");
        assertThat(received.head().headers()).containsEntry("Content-Type", "text/plain");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void severalFaultsApplyInOrder(Answer answer) throws IOException {
        Answer several = answer.with(Fault.lineAfter(1, "x"))
                .with(Fault.errorLineAfter(3, "e"))
                .chunking(Chunking.random(3));
        assertReceived(receive(several), "1st\nx\n2nd\n{\"error\":\"e\"}\n", "end");
        assertReceived(receive(several.with(Fault.resetAt(5))), "1st\nx", "reset");
        assertReceived(
                receive(answer.with(Fault.drip(Duration.ofMillis(1))).with(Fault.closeAt(6))), "1st\n2n", "close");
    }

    @Test
    void aDripWritesEachByteByItself() throws Exception {
        long before = System.nanoTime();
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("1234").with(Fault.drip(Duration.ofMillis(20))));
                RawClient client = new RawClient(server).get("/")) {
            assertThat(client.receive().pieces()).hasSize(5).allMatch(piece -> piece.size() == 1);
        }
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(5 * 20_000_000L);
    }

    @Test
    void answersThatReplaceTheOriginal() throws Exception {
        Answer good = Answer.tokens("a");
        Received page = receive(good.with(Fault.htmlPage(502)));
        assertThat(page.head().status()).isEqualTo(502);
        assertThat(page.head().headers()).containsEntry("Content-Type", "text/html");
        assertThat(page.body()).startsWith("<html>");

        Received redirect = receive(good.with(Fault.redirect(307, "http://elsewhere/api/chat")));
        assertThat(redirect.head().status()).isEqualTo(307);
        assertThat(redirect.head().headers()).containsEntry("Location", "http://elsewhere/api/chat");

        Received limited = receive(good.with(Fault.rateLimited(Duration.ofSeconds(7))));
        assertThat(limited.head().status()).isEqualTo(429);
        assertThat(limited.head().headers()).containsEntry("Retry-After", "7");
    }

    @Test
    void noResponse() throws Exception {
        Answer good = Answer.tokens("a");
        assertNoResponse(good.with(Fault.closeBeforeHeaders()), null);
        assertNoResponse(good.with(Fault.resetBeforeHeaders()), SocketException.class);
        assertNoResponse(good.with(Fault.stallBeforeHeaders()), SocketTimeoutException.class);
        assertNoResponse(good.with(Fault.stallBeforeHeaders(Duration.ofHours(1))), SocketTimeoutException.class);
        assertThat(receive(good.with(Fault.stallBeforeHeaders(Duration.ofMillis(20))))
                        .end())
                .isEqualTo("end");
    }

    private static void assertNoResponse(Answer answer, Class<? extends IOException> how) throws IOException {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", answer);
                RawClient client = new RawClient(server).get("/")) {
            Objects.requireNonNull(server.exchange(0).block(PATIENCE));
            if (how == SocketTimeoutException.class) {
                client.readTimeout(SILENCE_MILLIS);
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
    void theConnectionIsClosedAfterACompleteResponse() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.json(200, "{}").with(Fault.closeAfterwards()), Answer.of(204));
                RawClient client = new RawClient(server)) {
            RawClient.Response first = client.get("/").receive();
            assertThat(first.head().headers()).doesNotContainKey("Connection");
            assertThat(first.truncated()).isFalse();
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
    void faultsApplyToRecordings() throws Exception {
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
    void positionsAreNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.endAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.resetAt(-1));
    }
}
