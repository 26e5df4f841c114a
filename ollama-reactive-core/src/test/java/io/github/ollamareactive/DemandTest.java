// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The subscriber's demand reaches the socket: shown by bytes. */
final class DemandTest {
    private static final String LINE = "{\"model\":\"m\",\"created_at\":\"2026-11-23T08:37:21.983735218Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\" Blue\"},\"done\":false}";
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("hi"));
    private static final int BOUND = 16 * 1024;

    @Test
    void aPausedSubscriberHoldsLessThan16KiBAndTheServerBlocks() {
        ReceivedBytes received = new ReceivedBytes();
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(received.observe(CallResult.config(server)))) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));

            AtomicLong decoded = new AtomicLong();
            StepVerifier.create(client.chat(REQUEST).doOnNext(event -> decoded.incrementAndGet()), 0)
                    .thenRequest(1)
                    .expectNextCount(1)
                    .then(() -> {
                        long blocked = bytesSentWhenBlocked(server);
                        assertThat(decoded).hasValue(1);
                        assertThat(received.count()).as("bytes in user space").isLessThan(BOUND);
                        // What the server could still write lies in the two kernels' buffers.
                        assertThat(blocked).as("the server's writes").isLessThan(8L * 1024 * 1024);
                    })
                    .thenRequest(5_000)
                    .expectNextCount(5_000)
                    .then(() -> {
                        // Paused again after running at full speed, one read may be under way.
                        long taken = 5_001L * LINE.length();
                        bytesSentWhenBlocked(server);
                        assertThat(received.count() - taken)
                                .as("bytes read ahead")
                                .isLessThan(BOUND + 5_001L * 8);
                        assertThat(decoded).hasValue(5_001);
                    })
                    .thenRequest(10)
                    .expectNextCount(10)
                    .thenCancel()
                    .verify(CallResult.LIMIT);
        }
    }

    /** Waits until the server is blocked. One that is only slow has sent less, and the client has read less. */
    private static long bytesSentWhenBlocked(OllamaTestServer server) {
        return server.exchange(0)
                .flatMap(exchange -> exchange.stalledFor(Duration.ofMillis(300)))
                .block(CallResult.LIMIT);
    }

    @Test
    void nothingIsSentBeforeSubscription() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.ndjson(LINE, LINE.replace("false", "true")));
            Flux<GenerationEvent> cold = client.chat(REQUEST);
            assertThat(server.requests()).isEmpty();
            assertThat(server.connectionsAccepted()).isZero();
            for (int i = 1; i <= 2; i++) {
                assertThat(CallResult.of(cold).events()).hasSize(3);
                assertThat(server.requests()).hasSize(i);
            }
        }
    }
}
