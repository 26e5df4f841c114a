// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The subscriber's demand reaches the socket: shown by bytes. */
final class DemandTest {
    private static final String LINE = "{\"model\":\"m\",\"created_at\":\"2026-11-23T08:37:21.983735218Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\" Blue\"},\"done\":false}";
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("hi"));
    private static final int BOUND = 16 * 1024;

    /** Counts what is taken from the socket, before any other handler sees it. */
    static final class Reads extends ChannelInboundHandlerAdapter {
        private final AtomicLong bytes;

        Reads(AtomicLong bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf buffer) {
                bytes.addAndGet(buffer.readableBytes());
            }
            context.fireChannelRead(message);
        }
    }

    @Test
    void aPausedSubscriberHoldsLessThan16KiBAndTheServerBlocks() {
        AtomicLong read = new AtomicLong();
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                .httpClient(http -> http.doOnConnected(
                        connection -> connection.channel().pipeline().addFirst(new Reads(read))));
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(config.baseUrl(server.baseUrl()))) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));

            AtomicLong decoded = new AtomicLong();
            StepVerifier.create(client.chat(REQUEST).doOnNext(e -> decoded.incrementAndGet()), 0)
                    .thenRequest(1)
                    .expectNextCount(1)
                    .then(() -> {
                        Exchange exchange = server.exchange(0).block(Duration.ofSeconds(10));
                        long blocked = untilStill(exchange);
                        assertThat(decoded).hasValue(1);
                        assertThat(read.get()).as("bytes in user space").isLessThan(BOUND);
                        // What the server could still write lies in the two kernels' buffers.
                        assertThat(blocked).as("the server's writes").isLessThan(8L * 1024 * 1024);
                    })
                    .thenRequest(5_000)
                    .expectNextCount(5_000)
                    .then(() -> {
                        // Paused again after running at full speed, one read may be under way.
                        long taken = 5_001L * LINE.length();
                        untilStill(server.exchange(0).block(Duration.ofSeconds(10)));
                        assertThat(read.get() - taken).as("bytes read ahead").isLessThan(BOUND + 5_001L * 8);
                        assertThat(decoded).hasValue(5_001);
                    })
                    .thenRequest(10)
                    .expectNextCount(10)
                    .thenCancel()
                    .verify(Duration.ofSeconds(60));
        }
    }

    /** Waits until the server's socket takes no more, which is the fact that the test is about. */
    private static long untilStill(Exchange exchange) {
        return Flux.interval(Duration.ofMillis(50))
                .map(i -> exchange.bytesAccepted())
                .buffer(6, 1)
                .filter(last -> last.get(0).equals(last.get(5)))
                .map(last -> last.get(5))
                .blockFirst(Duration.ofSeconds(30));
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
                StepVerifier.create(cold).expectNextCount(3).expectComplete().verify(Duration.ofSeconds(10));
                assertThat(server.requests()).hasSize(i);
            }
            assertThat(server.connectionsAccepted())
                    .as("the connection is reused")
                    .isEqualTo(1);
        }
    }

    @Test
    void cancelClosesTheConnectionAndLeavesNothingInThePool() {
        AtomicLong open = new AtomicLong();
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                .httpClient(http -> http.doOnConnected(c -> {
                    open.incrementAndGet();
                    c.channel().closeFuture().addListener(f -> open.decrementAndGet());
                }));
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(config.baseUrl(server.baseUrl()))) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));
            StepVerifier.create(client.chat(REQUEST).take(5))
                    .expectNextCount(5)
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
            Long written = server.exchange(0).flatMap(Exchange::clientGone).block(Duration.ofSeconds(1));
            assertThat(written).as("bytes written when the client went away").isNotNull();
            Flux.interval(Duration.ofMillis(5))
                    .takeUntil(i -> open.get() == 0 && server.openConnections() == 0)
                    .blockLast(Duration.ofSeconds(5));
            assertThat(open).hasValue(0);
        }
    }

    /** A pool of one: a connection that cancel had not given back would leave the next call waiting. */
    @Test
    void cancelGivesThePoolsPlaceBack() {
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of()).maxConnections(1);
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(config.baseUrl(server.baseUrl()))) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));
            for (int i = 0; i < 10; i++) {
                StepVerifier.create(client.chat(REQUEST).take(5))
                        .expectNextCount(5)
                        .expectComplete()
                        .verify(Duration.ofSeconds(10));
            }
            assertThat(server.connectionsAccepted()).isEqualTo(10);
        }
    }

    @Test
    void aThousandCancelsAtAnyMomentLeaveNothingOpen() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));
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
                    .blockLast(Duration.ofSeconds(60));
            Flux.interval(Duration.ofMillis(5))
                    .takeUntil(i -> server.openConnections() == 0)
                    .blockLast(Duration.ofSeconds(10));
            assertThat(server.openConnections()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void aCancelAfterDoneKeepsTheConnection() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.ndjson(LINE, LINE.replace("false", "true")));
            for (int i = 0; i < 5; i++) {
                StepVerifier.create(client.chat(REQUEST).takeUntil(e -> e instanceof GenerationEvent.Done))
                        .expectNextCount(3)
                        .expectComplete()
                        .verify(Duration.ofSeconds(10));
                Exchange exchange = server.exchange(i).block(Duration.ofSeconds(10));
                exchange.finished().block(Duration.ofSeconds(10));
            }
            assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
        }
    }
}
