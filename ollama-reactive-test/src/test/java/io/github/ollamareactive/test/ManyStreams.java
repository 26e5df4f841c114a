// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** One server and many paced streams that are open at once. Runs in a JVM of its own with a small heap. */
final class ManyStreams {

    private static final int STREAMS = 2_000;
    private static final int TOKENS = 20;
    private static final Duration GAP = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private ManyStreams() {}

    /** Connections and threads while all streams are open. */
    private record Seen(int openConnections, int threads) {}

    public static void main(String[] args) {
        ConnectionProvider connections = ConnectionProvider.builder("many")
                .maxConnections(STREAMS)
                .pendingAcquireMaxCount(-1)
                .build();
        List<String> lines = IntStream.range(0, TOKENS)
                .mapToObj(i -> "{\"message\":{\"role\":\"assistant\",\"content\":\" token " + i + "\"},\"done\":false}")
                .toList();
        String expected = String.join("\n", lines) + "\n";
        AtomicInteger completed = new AtomicInteger();
        long start = System.nanoTime();
        Seen seen;
        try (OllamaTestServer server = OllamaTestServer.start()) {
            Mono<Seen> whenAllAreThere = server.exchange(STREAMS - 1)
                    .map(last -> new Seen(server.openConnections(), Thread.activeCount()))
                    .cache();
            // No stream has a token before all are open, so all are paced at the same time.
            Flux<String> paced = whenAllAreThere.thenMany(Flux.fromIterable(lines));
            server.answer("POST", "/api/chat", Answer.lines(paced).pace(Pace.every(GAP)));
            HttpClient client = HttpClient.create(connections).baseUrl(server.baseUrl());
            Flux.range(0, STREAMS)
                    .flatMap(
                            stream -> client.post()
                                    .uri("/api/chat")
                                    .responseContent()
                                    .aggregate()
                                    .asString(StandardCharsets.UTF_8)
                                    .filter(expected::equals)
                                    .doOnNext(body -> completed.incrementAndGet()),
                            STREAMS)
                    .blockLast(PATIENCE);
            seen = Objects.requireNonNull(whenAllAreThere.block(PATIENCE));
        }
        connections.dispose();
        System.out.printf(
                "completed %d of %d, open at once %d, threads then %d, threads at most %d, heap at most %d MB of %d MB,"
                        + " %.1f s%n",
                completed.get(),
                STREAMS,
                seen.openConnections(),
                seen.threads(),
                ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                peakHeap() >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                (System.nanoTime() - start) / 1e9);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
