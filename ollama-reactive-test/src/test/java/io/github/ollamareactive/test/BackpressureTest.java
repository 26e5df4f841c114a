// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.Eventually;
import io.github.ollamareactive.test.client.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

class BackpressureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int RECEIVE_BUFFER = 16 * 1024;
    /** The bytes that the kernel buffers on both sides. The server itself holds one piece. */
    private static final long KERNEL = 512 * 1024;

    private static final String LINE = "x".repeat(99);

    @Test
    void anEndlessAnswerWaitsForTheClientAndDetectsItsDisconnect() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.endless(LINE));
                RawClient client = new RawClient(server, RECEIVE_BUFFER).get("/")) {
            Exchange exchange = exchange(server);
            long blocked = Eventually.untilStandingStill(exchange::bytesAccepted);
            assertThat(blocked).isPositive().isLessThan(KERNEL).isEqualTo(blocked / 100 * 100);

            client.readHead();
            for (int line = 0; line < 20_000; line++) {
                assertThat(client.readChunk().size()).isEqualTo(100);
            }
            long further = Eventually.untilStandingStill(exchange::bytesAccepted);
            assertThat(further).isBetween(2_000_000L, 2_000_000L + KERNEL);

            client.disconnect();
            StepVerifier.create(exchange.clientGone())
                    .assertNext(bytes -> assertThat(bytes)
                            .isEqualTo(exchange.bytesAccepted())
                            .isGreaterThanOrEqualTo(further))
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(exchange.finished())
                    .expectError(IOException.class)
                    .verify(PATIENCE);
        }
    }

    @Test
    void linesAreRequestedOneAtATime() throws Exception {
        AtomicLong asked = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicBoolean cancelled = new AtomicBoolean();
        Flux<String> lines = Flux.<String>generate(sink -> sink.next(LINE))
                .doOnRequest(n -> {
                    asked.addAndGet(n);
                    most.accumulateAndGet(n, Math::max);
                })
                .doOnCancel(() -> cancelled.set(true));
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.lines(lines));
                RawClient client = new RawClient(server, RECEIVE_BUFFER).get("/")) {
            Exchange exchange = exchange(server);
            long blocked = Eventually.untilStandingStill(exchange::bytesAccepted);

            assertThat(most).hasValue(1);
            assertThat(asked.get()).isEqualTo(blocked / 100 + 1);
            client.disconnect();
            Eventually.until("the stream is cancelled", cancelled::get);
        }
    }

    @Test
    void aLargePieceIsCountedWhileItIsWritten() throws Exception {
        int size = 9_000_000;
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.chunks(new byte[size]));
                RawClient client = new RawClient(server, RECEIVE_BUFFER).get("/")) {
            Exchange exchange = exchange(server);
            assertThat(Eventually.untilStandingStill(exchange::bytesAccepted))
                    .isPositive()
                    .isLessThan(KERNEL);

            client.readHead();
            assertThat(client.readChunk().size()).isEqualTo(size);
            assertThat(client.readChunk().size()).isZero();
            StepVerifier.create(exchange.finished()).expectComplete().verify(PATIENCE);
            assertThat(exchange.bytesAccepted()).isEqualTo(size);
            StepVerifier.create(exchange.clientGone()).expectComplete().verify(PATIENCE);
        }
    }

    @Test
    void aDisconnectIsDetectedWhileNothingIsWritten() throws Exception {
        Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer();
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.lines(lines.asFlux()));
                RawClient client = new RawClient(server).get("/")) {
            lines.tryEmitNext("12345").orThrow();
            client.readHead();
            assertThat(client.readChunk().text()).isEqualTo("12345\n");
            client.disconnect();
            StepVerifier.create(exchange(server).clientGone())
                    .expectNext(6L)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(server.openConnections()).isZero();
        }
    }

    @Test
    void aDisconnectIsDetectedBeforeTheHead() throws Exception {
        Answer late = Answer.of(200).delayHeaders(Duration.ofHours(1));
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", late);
                RawClient client = new RawClient(server).get("/")) {
            Exchange exchange = exchange(server);
            client.disconnect();
            StepVerifier.create(exchange.clientGone())
                    .expectNext(0L)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void aFastReaderDoesNotStarveOtherConnections() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                .answer("GET", "/endless", Answer.endless(LINE))
                .answer("GET", "/", Answer.of(200))) {
            Flux<Long> readers = Flux.range(0, 4)
                    .flatMap(reader -> HttpClient.create()
                            .baseUrl(server.baseUrl())
                            .get()
                            .uri("/endless")
                            .responseContent()
                            .map(buffer -> (long) buffer.readableBytes()));
            var reading = readers.subscribe();
            try (RawClient client = new RawClient(server)) {
                server.exchange(3).block(PATIENCE);
                for (int request = 0; request < 50; request++) {
                    assertThat(client.readTimeout(2_000)
                                    .get("/")
                                    .receive()
                                    .head()
                                    .status())
                            .isEqualTo(200);
                }
            } finally {
                reading.dispose();
            }
        }
    }

    private static Exchange exchange(OllamaTestServer server) {
        return Objects.requireNonNull(server.exchange(0).block(PATIENCE));
    }
}
