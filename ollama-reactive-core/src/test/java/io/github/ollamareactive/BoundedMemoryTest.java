// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.server.BlobEvent.Stored;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Neither a matrix of embeddings nor a file that is uploaded is ever in memory as a whole. */
final class BoundedMemoryTest {
    private static final int ROWS = 2_000;
    private static final int COLUMNS = 768;

    private static String row(int row) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < COLUMNS; i++) {
            text.append(i == 0 ? "" : ",").append("0.0").append(1_000_000 + row * 7 + i);
        }
        return text.append(']').toString();
    }

    /** The subscriber requests one event at a time. What was read from the socket is at most a row and a read ahead of it. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMatrixOfEmbeddingsIsReadRowByRow() {
        ReceivedBytes received = new ReceivedBytes();
        Flux<String> document = Flux.concat(
                Flux.just("{\"model\":\"m\",\"embeddings\":["),
                Flux.range(0, ROWS).map(i -> (i == 0 ? "" : ",") + row(i)),
                Flux.just("],\"total_duration\":5}"));
        // The lines of the test server end with LF, which is blank between the parts of a document.
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(received.observe(CallResult.config(server)))) {
            server.answer("POST", "/api/embed", Answer.lines(document).contentType("application/json"));
            int rowBytes = row(0).length();
            AtomicLong ahead = new AtomicLong();
            AtomicLong given = new AtomicLong();
            StepVerifier.Step<Object> step = StepVerifier.create(
                            client.embed(EmbedRequest.of("m", Collections.nCopies(ROWS, "x")))
                                    .cast(Object.class),
                            0)
                    .expectSubscription();
            for (int i = 0; i < ROWS; i++) {
                int index = i;
                step = step.thenRequest(1).assertNext(event -> {
                    Vector vector = (Vector) event;
                    assertThat(vector.index()).isEqualTo(index);
                    assertThat(vector.size()).isEqualTo(COLUMNS);
                    assertThat(vector.get(3)).isEqualTo(Float.parseFloat("0.0" + (1_000_000 + index * 7 + 3)));
                    ahead.accumulateAndGet(received.count() - given.addAndGet(rowBytes), Math::max);
                });
            }
            step.thenRequest(1).expectNextCount(1).expectComplete().verify();
            assertThat(ahead.get()).as("bytes read beyond the rows given").isLessThan(rowBytes + 64 * 1024L);
            assertThat(received.count()).as("bytes of the whole").isGreaterThan(15_000_000);
        }
    }

    /** In a process of its own, with too little memory for the file. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aGigabyteIsUploadedFrom64Megabytes(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:MaxDirectMemorySize=32m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Upload.class.getName(),
                            "127.0.0.1:" + server.port(),
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(process.waitFor(9, TimeUnit.MINUTES)).isTrue();
            String printed = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(printed).isZero();
            assertThat(server.requests().get(server.requests().size() - 1).bodyLength())
                    .isEqualTo(1L << 30);
            List<String> lines = printed.lines().toList();
            long growth = Long.parseLong(lines.get(lines.size() - 1));
            assertThat(growth).as("growth of the heap in bytes").isLessThan(32L << 20);
        }
    }

    /** The other process: uploads, and prints by how much the heap that is in use after a collection grew at most. */
    static final class Upload {
        private Upload() {}

        public static void main(String[] args) {
            try (OllamaClient client = OllamaClient.create(args[0])) {
                client.alive().onErrorComplete().blockLast();
                System.gc();
                long before = used();
                AtomicLong most = new AtomicLong();
                AtomicLong seen = new AtomicLong();
                Object last = client.pushBlob(Path.of(args[1]))
                        .doOnNext(event -> {
                            if (seen.incrementAndGet() % 2_000 == 0) {
                                System.gc();
                                most.accumulateAndGet(used(), Math::max);
                            }
                        })
                        .blockLast(Duration.ofMinutes(8));
                if (!(last instanceof Stored)) {
                    throw new IllegalStateException("ended with " + last);
                }
                System.gc();
                System.out.println(Math.max(most.get(), used()) - before);
            }
        }

        private static long used() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getUsage().getUsed())
                    .sum();
        }
    }
}
