// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.done;
import static io.github.ollamareactive.wire.AnswerLines.generateLine;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static io.github.ollamareactive.wire.WireRequests.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Subscribers that pause or cancel while a server sends without end. */
final class DemandCasesTest {
    /** Beyond what the subscriber requested, only the buffers of the two sockets can fill. */
    private static final long SOCKET_BUFFERS = 8L * 1024 * 1024;

    private static long bytesSentWhenBlocked(OllamaTestServer server) {
        // A server that is only slow has sent less, which passes too.
        return server.exchange(0)
                .flatMap(exchange -> exchange.stalledFor(Duration.ofMillis(300)))
                .block(CallResult.LIMIT);
    }

    @Test
    @DisplayName("E30 five records of an endless stream")
    void aCancelledStreamClosesItsConnectionAndTheNextCallOpensAnother() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(chatLine("a")), stream(lines(lastChatLine("b"))));
            CallResult.of(client.chat(CHAT).take(5))
                    .assertCompleted(token("a"), token("a"), token("a"), token("a"), token("a"));
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(CallResult.LIMIT))
                    .isNotNull();
            Eventually.until("no connection is open", () -> server.openConnections() == 0);
            CallResult.of(client.chat(CHAT)).assertCompleted(token("b"), done(null));
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("E31 one event asked for while the server floods")
    void aFloodingServerIsBlockedBeyondWhatWasRequested() {
        String line = generateLine("x".repeat(10_000));
        long requested = 1_501L * (line.length() + 1);
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/generate", Answer.endless(line));
            StepVerifier.create(client.generate(GENERATE), 0)
                    .thenRequest(1)
                    .expectNextCount(1)
                    .then(() -> assertThat(bytesSentWhenBlocked(server)).isLessThan(SOCKET_BUFFERS))
                    .thenRequest(1_500)
                    .expectNextCount(1_500)
                    .then(() -> {
                        Exchange exchange = server.exchange(0).block(CallResult.LIMIT);
                        Eventually.until(
                                "all that was received is noted as sent", () -> exchange.bytesAccepted() >= requested);
                        assertThat(bytesSentWhenBlocked(server)).isBetween(requested, requested + SOCKET_BUFFERS);
                    })
                    .thenCancel()
                    .verify(CallResult.LIMIT);
        }
    }

    @Test
    @DisplayName("F28 the consumer stops early")
    void aConsumerThatStopsEarlyClosesTheConnection() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(chatLine("a")));
            CallResult.of(client.chat(CHAT).take(1)).assertCompleted(token("a"));
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(CallResult.LIMIT))
                    .isNotNull();
            Eventually.until("no connection is open", () -> server.openConnections() == 0);
        }
    }

    @Test
    @DisplayName("F30 a fast server, a consumer that takes one event and pauses")
    void aConsumerThatPausesStopsTheServer() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(chatLine("x".repeat(10_000))));
            StepVerifier.create(client.chat(CHAT), 0)
                    .thenRequest(1)
                    .expectNextCount(1)
                    .then(() -> assertThat(bytesSentWhenBlocked(server)).isLessThan(SOCKET_BUFFERS))
                    .thenRequest(1_000)
                    .expectNextCount(1_000)
                    .thenCancel()
                    .verify(CallResult.LIMIT);
        }
    }
}
