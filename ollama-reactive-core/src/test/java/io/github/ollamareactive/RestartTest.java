// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A server that dies between two calls is none of the caller's business once it is back. */
final class RestartTest {
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"0.24.0\"}");

    private static void askVersion(OllamaClient client) {
        StepVerifier.create(client.version())
                .expectNext(new Version("0.24.0"))
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void aServerKilledAndRestartedBetweenCallsIsFoundAgain() {
        int port;
        try (OllamaTestServer first = OllamaTestServer.start()) {
            port = first.port();
        }
        try (OllamaClient client = OllamaClient.create("127.0.0.1:" + port)) {
            for (int i = 0; i < 3; i++) {
                try (OllamaTestServer server = OllamaTestServer.start(port)) {
                    server.answer("GET", "/api/version", VERSION);
                    askVersion(client);
                    askVersion(client);
                }
                StepVerifier.create(client.version())
                        .expectErrorSatisfies(e -> assertThat(e)
                                .isInstanceOf(OllamaException.Connection.class)
                                .hasMessageContaining("http://127.0.0.1:" + port)
                                .hasMessageContaining("ollama serve"))
                        .verify(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void aStalePooledConnectionIsReplacedOnce() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("GET", "/api/version", VERSION, Answer.closeBeforeResponse(), VERSION);
            askVersion(client);
            askVersion(client);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void aFreshConnectionThatIsClosedIsNotTriedAgain() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("GET", "/api/version", Answer.closeBeforeResponse());
            StepVerifier.create(client.version())
                    .expectErrorSatisfies(e -> assertThat(((OllamaException.Connection) e).problem())
                            .isEqualTo(OllamaException.Connection.Problem.CUT))
                    .verify(Duration.ofSeconds(10));
            assertThat(server.requests()).hasSize(1);
        }
    }
}
