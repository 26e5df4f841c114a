// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.operators.Progress;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.server.PullRequest;
import java.io.PrintStream;

/** A model is downloaded, then asked: one stream after the other, in one chain. */
public final class PullThenChat {
    private PullThenChat() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        ollama.pull(PullRequest.of("gemma3:270m"))
                .transform(Progress::total)
                .map(PullThenChat::words)
                .distinctUntilChanged()
                .doOnNext(out::println)
                .thenMany(ollama.chat(ChatRequest.of("gemma3:270m", Message.user("Why is the sky blue?"))))
                .transform(Tokens::text)
                .doOnNext(out::print)
                .blockLast();
        out.println();
    }

    /** In steps of a quarter: a pull tells its progress many times a second. */
    private static String words(Progress progress) {
        Long total = progress.total();
        if (total == null || progress.success()) {
            return progress.status();
        }
        long quarters = progress.completed() * 4 / total;
        return "%d %% of %d MB".formatted(quarters * 25, total / 1_000_000);
    }
}
