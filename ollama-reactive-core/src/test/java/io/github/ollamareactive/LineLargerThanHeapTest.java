// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** B1: a process that runs out of memory while it reads a line hears of it, and can go on. */
final class LineLargerThanHeapTest {
    @Test
    void b1NoMemoryForALineEndsTheStream(@TempDir Path folder) throws Exception {
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", Answer.chunks(Collections.nCopies(60, piece)));
            server.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"0.24.0\"}"));
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LongLine.class.getName(),
                            "127.0.0.1:" + server.port())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(out)).contains("ended with java.lang.OutOfMemoryError", "then 0.24.0");
        }
    }

    /** The other process. */
    static final class LongLine {
        private LongLine() {}

        public static void main(String[] args) {
            try (OllamaClient client = OllamaClient.create(args[0])) {
                Throwable error = client.chat(ChatRequest.of("m", Message.user("hi")))
                        .then(Mono.<Throwable>empty())
                        .onErrorResume(Mono::just)
                        .block(Duration.ofSeconds(60));
                System.out.println("ended with " + error);
                System.out.println("then "
                        + client.version().blockLast(Duration.ofSeconds(20)).version());
            }
        }
    }
}
