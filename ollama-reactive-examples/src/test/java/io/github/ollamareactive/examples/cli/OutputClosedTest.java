// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of the output closes it, as in {@code ollama-reactive chat … | head -1}. */
class OutputClosedTest {
    @Test
    void i9AClosedPipeIsSilentAndClosesTheConnection() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", Answer.endless("{\"message\":{\"content\":\"on\\n\"},\"done\":false}"));
            TestProgram program = new TestProgram().outBreaksAfter(10);

            TestProgram.Result result = program.run(server, "chat", "-m", "x", "Hi");

            assertThat(result.exitCode()).isEqualTo(141);
            assertThat(result.err()).isEmpty();
            var exchange = server.exchange(0).block(Duration.ofSeconds(10));
            assertThat(exchange).isNotNull();
            assertThat(exchange.clientGone().blockOptional(Duration.ofSeconds(10)))
                    .isPresent();
        }
    }

    @Test
    void i9AnyOtherFailureIsReported() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", Answer.tokens("a", "b"));
            TestProgram program = new TestProgram().outBreaksAfter(0, "No space left on device");
            TestProgram.Result result = program.run(server, "chat", "-m", "x", "Hi");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("can't write the output: No space left on device");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "chat --help", "help pull", "completion bash", "--version", "story"})
    void i9HelpThatCannotBeWrittenIsReported(String command) {
        TestProgram.Result result =
                new TestProgram().outBreaksAfter(0, "No space left on device").run(command.split(" ", -1));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("ollama-reactive: can't write the output: No space left on device\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "chat --help", "help pull", "completion bash", "--version", "story"})
    void i9HelpIntoAClosedPipeIsSilent(String command) {
        TestProgram.Result result = new TestProgram().outBreaksAfter(0).run(command.split(" ", -1));
        assertThat(result.exitCode()).isEqualTo(141);
        assertThat(result.err()).isEmpty();
    }
}
