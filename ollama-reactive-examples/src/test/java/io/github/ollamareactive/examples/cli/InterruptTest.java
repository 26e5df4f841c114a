// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ctrl-C, which the main class turns into an interrupt. */
class InterruptTest {
    @Test
    void interruptClosesTheConnectionAndExitsWith130() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            String token = "{\"message\":{\"content\":\"and \"},\"done\":false}";
            server.answer("POST", "/api/chat", Answer.ndjson(token, token).thenSilence());
            TestProgram world = new TestProgram();
            CompletableFuture<TestProgram.Result> result = new CompletableFuture<>();
            Thread program =
                    new Thread(() -> result.complete(world.run("chat", "-m", "x", "Hi", "--host", server.baseUrl())));
            program.start();

            var exchange = server.exchange(0).block(Duration.ofSeconds(10));
            program.interrupt();

            assertThat(result.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
            assertThat(result.get().err()).isEmpty();
            assertThat(exchange).isNotNull();
            assertThat(exchange.clientGone().blockOptional(Duration.ofSeconds(10)))
                    .isPresent();
        }
    }
}
