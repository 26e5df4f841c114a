// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.ConnectionReleases;
import io.github.ollamareactive.wire.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Calls that come one after the other share a connection: each waits until the one before is back in the pool. */
final class ConnectionReuseTest {
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("hi"));

    /** The rest of an answer is read for half a second, which a slow machine would exceed. */
    private final VirtualTime time = VirtualTime.stopped();

    private final ConnectionReleases releases = new ConnectionReleases();
    private final OllamaTestServer server = OllamaTestServer.start();
    private final OllamaClient client = OllamaClient.create(releases.observe(CallResult.config(server)));

    @AfterEach
    void stop() {
        client.close();
        server.close();
        time.close();
    }

    private void completes(Flux<?> call) {
        assertThat(CallResult.of(call).error()).isNull();
        releases.awaitNext();
    }

    @Test
    void callsInTurnShareAConnection() {
        server.answer("POST", "/api/chat", Answer.tokens("Blue"));
        for (int i = 0; i < 5; i++) {
            completes(client.chat(REQUEST));
        }
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void aCancelAfterDoneKeepsTheConnection() {
        server.answer("POST", "/api/chat", Answer.tokens("Blue"));
        for (int i = 0; i < 5; i++) {
            completes(client.chat(REQUEST).takeUntil(GenerationEvent.Done.class::isInstance));
        }
        assertThat(server.requests()).hasSize(5);
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void derivedClientsShareTheConnections() {
        server.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"1\"}"));
        for (int i = 0; i < 20; i++) {
            completes(client.with(config -> config.idleTimeout(Duration.ofMinutes(3)))
                    .version());
        }
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }
}
