// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException.Timeout;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The limits of a call, each with its phase; what had arrived is in the error, and the connection is closed. */
final class TimeoutsTest {
    private static final String BLUE = "{\"message\":{\"role\":\"assistant\",\"content\":\"Blue\"},\"done\":false}";
    private static final String SKY = "{\"message\":{\"role\":\"assistant\",\"content\":\" sky\"},\"done\":false}";
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final VirtualTime time = VirtualTime.stopped();
    private final OllamaTestServer server = OllamaTestServer.start();
    private final List<Object> arrived = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
        time.close();
    }

    private Timeout timeout(Answer answer, UnaryOperator<OllamaClientConfig> change, BooleanSupplier ready) {
        server.answer("POST", "/api/chat", answer);
        try (OllamaClient client = OllamaClient.create(change.apply(CallResult.config(server)))) {
            Flux<?> call = client.chat(ChatRequest.of("m", Message.user("hi"))).doOnNext(arrived::add);
            Timeout timeout =
                    time.passUntilTheEndOf(call, Duration.ofMillis(20), ready).error(Timeout.class);
            assertThat(timeout.limit()).isEqualTo(LIMIT);
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(CallResult.LIMIT))
                    .as("bytes sent when the client closed the connection")
                    .isNotNull();
            return timeout;
        }
    }

    @Test
    void theFirstEventHasALimitOfItsOwn() {
        Timeout timeout = timeout(
                Answer.ndjson(BLUE).delayHeaders(Duration.ofMinutes(1)),
                config -> config.firstEventTimeout(LIMIT),
                () -> server.requests().size() == 1);
        assertThat(timeout.phase()).isEqualTo(Phase.FIRST_EVENT);
    }

    @Test
    void silenceAfterTheFirstEventHasALimitOfItsOwn() {
        Timeout timeout = timeout(
                Answer.ndjson(BLUE, SKY).thenSilence(), config -> config.idleTimeout(LIMIT), () -> arrived.size() == 2);
        assertThat(timeout.phase()).isEqualTo(Phase.IDLE);
        assertThat(timeout.partial().text()).isEqualTo("Blue sky");
    }

    @Test
    void theWholeCallMayHaveALimit() {
        Flux<String> lines = Flux.interval(Duration.ZERO, Duration.ofMillis(20))
                .onBackpressureDrop()
                .map(i -> BLUE);
        Timeout timeout = timeout(Answer.lines(lines), config -> config.totalTimeout(LIMIT), () -> !arrived.isEmpty());
        assertThat(timeout.phase()).isEqualTo(Phase.TOTAL);
        assertThat(timeout.partial().text()).startsWith("Blue");
    }
}
