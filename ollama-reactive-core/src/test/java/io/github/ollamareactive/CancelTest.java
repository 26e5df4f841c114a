// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.Eventually;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A cancel closes the connection of an answer that is under way, and gives its place in the pool back. */
final class CancelTest {
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("hi"));

    private final OllamaTestServer server = OllamaTestServer.start();

    @BeforeEach
    void answerWithoutEnd() {
        server.answer(
                "POST",
                "/api/chat",
                Answer.endless("{\"model\":\"m\",\"message\":{\"content\":\" Blue\"},\"done\":false}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void assertTakesFive(OllamaClient client) {
        CallResult result = CallResult.of(client.chat(REQUEST).take(5));
        assertThat(result.error()).isNull();
        assertThat(result.events()).hasSize(5);
    }

    @Test
    void cancelClosesTheConnectionAndLeavesNothingInThePool() {
        OpenConnections open = new OpenConnections();
        try (OllamaClient client = OllamaClient.create(open.observe(CallResult.config(server)))) {
            assertTakesFive(client);
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(CallResult.LIMIT))
                    .as("bytes written when the client closed the connection")
                    .isNotNull();
            Eventually.until(
                    "no connection is open, seen from either side",
                    () -> open.count() == 0 && server.openConnections() == 0);
        }
    }

    /** A pool of one: a connection that cancel had not given back would leave the next call waiting. */
    @Test
    void cancelGivesThePlaceInThePoolBack() {
        try (OllamaClient client = OllamaClient.create(CallResult.config(server).maxConnections(1))) {
            for (int i = 0; i < 10; i++) {
                assertTakesFive(client);
            }
            assertThat(server.connectionsAccepted()).isEqualTo(10);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aThousandCancelsAtAnyMomentLeaveNothingOpen() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            Flux.range(0, 1000)
                    .flatMap(
                            i -> {
                                int events = random.nextInt(30);
                                return events == 0
                                        ? client.chat(REQUEST)
                                                .takeUntilOther(Mono.delay(Duration.ofMillis(random.nextInt(5))))
                                                .takeLast(1)
                                        : client.chat(REQUEST).take(events).takeLast(1);
                            },
                            50)
                    .blockLast();
            Eventually.until("no connection is open, seed " + seed, () -> server.openConnections() == 0);
        }
    }
}
