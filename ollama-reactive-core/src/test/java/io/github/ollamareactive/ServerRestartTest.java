// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.ConnectionReleases;
import io.github.ollamareactive.wire.VirtualTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls after a server was killed and restarted succeed, and a stale connection of the pool is replaced. */
final class ServerRestartTest {
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"0.24.0\"}");

    private static void assertAnswersVersion(OllamaClient client) {
        CallResult result = CallResult.of(client.version());
        assertThat(result.error()).isNull();
        assertThat(result.events()).containsExactly(new Version("0.24.0"));
    }

    @Test
    void aServerKilledAndRestartedBetweenCallsIsFoundAgain() {
        int port;
        try (OllamaTestServer first = OllamaTestServer.start()) {
            port = first.port();
        }
        ConnectionReleases releases = new ConnectionReleases();
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of()).baseUrl("127.0.0.1:" + port);
        try (VirtualTime time = VirtualTime.stopped();
                OllamaClient client = OllamaClient.create(releases.observe(config))) {
            for (int i = 0; i < 3; i++) {
                try (OllamaTestServer server = OllamaTestServer.start(port)) {
                    server.answer("GET", "/api/version", VERSION);
                    for (int call = 0; call < 2; call++) {
                        assertAnswersVersion(client);
                        releases.awaitNext();
                    }
                    assertThat(server.connectionsAccepted()).isEqualTo(1);
                }
                assertThat(CallResult.of(client.version()).error(OllamaException.Connection.class))
                        .hasMessageContaining("http://127.0.0.1:" + port)
                        .hasMessageContaining("connection refused");
            }
        }
    }

    @Test
    void aStalePooledConnectionIsReplacedOnce() {
        ConnectionReleases releases = new ConnectionReleases();
        try (VirtualTime time = VirtualTime.stopped();
                OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(releases.observe(CallResult.config(server)))) {
            server.answer("GET", "/api/version", VERSION, Answer.closeBeforeResponse(), VERSION);
            assertAnswersVersion(client);
            releases.awaitNext();
            assertAnswersVersion(client);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void aFreshConnectionThatIsClosedIsNotTriedAgain() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("GET", "/api/version", Answer.closeBeforeResponse());
            OllamaException.Connection error = CallResult.of(client.version()).error(OllamaException.Connection.class);
            assertThat(error.problem()).isEqualTo(OllamaException.Connection.Problem.CUT);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
