// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/blocking.md} says about leaving an answer early. */
final class BlockingGuideTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String LINE =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\" again\"},\"done\":false}";

    @Test
    void j4ClosingTheStreamCancels(@TempDir Path classes) throws Exception {
        String block = MarkdownPage.read(Path.of("..", "docs", "blocking.md"))
                .blocks("java")
                .get(0);
        assertThat(JavaSource.compile(block, classes)).isEmpty();
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(server.baseUrl());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));
            Object tokens = loader.loadClass("FirstTokens")
                    .getMethod("of", OllamaClient.class, String.class, int.class)
                    .invoke(null, ollama, "Go on.", 3);
            assertThat(tokens).isEqualTo(List.of(" again", " again", " again"));
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(TIMEOUT))
                    .isNotNull();
        }
    }

    @Test
    void j4LeavingALoopOverAnIterableDoesNotCancel() {
        AtomicInteger cancelled = new AtomicInteger();
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(LINE));
            for (String unused : ollama.chat(ChatRequest.of("m", Message.user("Go on.")))
                    .transform(Tokens::text)
                    .doOnCancel(cancelled::incrementAndGet)
                    .toIterable(1)) {
                break;
            }
            // The server writes until the buffers are full: the connection is open, and nobody reads.
            assertThat(server.exchange(0)
                            .flatMap(exchange -> exchange.stalledFor(Duration.ofMillis(500)))
                            .block(TIMEOUT))
                    .isPositive();
            assertThat(cancelled).hasValue(0);
            assertThat(server.openConnections()).isEqualTo(1);
        }
    }
}
