// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.readme;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Expected;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.junit.OllamaExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.test.StepVerifier;

@ExtendWith(OllamaExtension.class)
class AssistantTest {
    @Test
    void emitsTheTokensBeforeAnError(OllamaTestServer ollama) {
        ollama.expect(
                Expected.chat().model("llama3.2").lastUserMessage("Why is the sky blue?"),
                Answer.tokens("Because", " of", " Rayleigh").with(Fault.errorLineAfter(2, "out of memory")));

        StepVerifier.create(new Assistant(ollama.baseUrl()).ask("Why is the sky blue?"))
                .expectNext("Because", " of")
                .expectErrorMessage("out of memory")
                .verify(Duration.ofSeconds(5));
    }
}
