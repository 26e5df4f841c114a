// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import java.io.PrintStream;
import java.util.Locale;

/** Prints an answer while it arrives, then its token rate. */
public final class StreamedAnswer {
    private StreamedAnswer() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        ollama.generate(GenerateRequest.of("gemma3:270m", "Why is the sky blue?"))
                .transform(Stats.onEnd(summary -> out.printf(
                        Locale.ROOT,
                        "%n[%d events, %.1f tokens/s]%n",
                        summary.client().events(),
                        summary.server().tokensPerSecond().orElse(0))))
                .transform(Tokens::text)
                .doOnNext(out::print)
                .blockLast();
    }
}
