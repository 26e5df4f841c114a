// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An interrupt of the program's thread, which {@code Main} triggers on Ctrl-C. */
class InterruptTest {
    @Test
    void interruptClosesTheConnectionAndExitsWith130() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            String token = "{\"message\":{\"content\":\"and \"},\"done\":false}";
            server.answer("POST", "/api/chat", Answer.ndjson(token, token).thenSilence());
            TestProgram program = new TestProgram();
            CompletableFuture<TestProgram.Result> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> result.complete(program.run(server, "chat", "-m", "x", "Hi")));
            thread.start();

            var exchange = server.exchange(0).block(Duration.ofSeconds(10));
            thread.interrupt();

            assertThat(result.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
            assertThat(result.get().err()).isEmpty();
            assertThat(exchange).isNotNull();
            assertThat(exchange.clientGone().blockOptional(Duration.ofSeconds(10)))
                    .isPresent();
        }
    }
}
