// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The server's clock while a test has replaced the schedulers of Reactor. */
@Isolated
class VirtualTimeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @BeforeEach
    void replaceSchedulers() {
        VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void restoreSchedulers() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void h8PacesAndPausesGoOn() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("a", "b").pace(Pace.every(Duration.ofMillis(5))))
                        .answer("GET", "/late", Answer.of(204).delayHeaders(Duration.ofMillis(5)))
                        .answer(
                                "GET",
                                "/tokens",
                                Answer.ndjson("c", "d").with(Fault.stallAfter(1, Duration.ofMillis(5))));
                RawClient client = new RawClient(server)) {
            assertThat(client.get("/").receive().body().text()).isEqualTo("a\nb\n");
            assertThat(client.get("/late").receive().head().status()).isEqualTo(204);
            assertThat(client.get("/tokens").receive().body().text()).isEqualTo("c\nd\n");
        }
    }

    @Test
    void h8AStallIsNoticed() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("a").thenSilence());
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            client.readChunk();
            StepVerifier.create(server.exchange(0).flatMap(exchange -> exchange.stalledFor(Duration.ofMillis(50))))
                    .expectNext(2L)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }
}
