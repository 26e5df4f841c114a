// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.operators.Budget;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.ModelOptions;
import java.io.PrintStream;

/** Stops an answer after two sentences: the stream completes normally, and the model stops generating. */
public final class StopEarly {
    private StopEarly() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        // No stop sequence of the model's own ends the answer, and a seed makes it the same each time.
        ModelOptions options = ModelOptions.create()
                .numPredict(160)
                .stop("\0")
                .temperature(0.8)
                .seed(11);
        ollama.generate(GenerateRequest.of("gemma3:270m", "Tell me a story about a boat.")
                        .options(options))
                .transform(Tokens.until(Budget.UNLIMITED.sentences(2).tokens(500)))
                .transform(Stats.onEnd(summary -> out.printf(
                        "%n[ended: %s, after %d characters]%n",
                        summary.reason(), summary.client().characters())))
                .transform(Tokens::text)
                .doOnNext(out::print)
                .blockLast();
    }
}
