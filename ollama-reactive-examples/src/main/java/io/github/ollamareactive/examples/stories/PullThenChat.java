// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.operators.Progress;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.server.PullRequest;
import java.io.PrintStream;

/** Downloads a model from a registry of one's own, then sends it a message: two calls in one chain of operators. */
public final class PullThenChat {
    private static final String MODEL = "gemma3:270m";

    /** Without the host and {@code insecure}, the server downloads from ollama.com. */
    private static final PullRequest PULL =
            PullRequest.of("127.0.0.1:5001/library/" + MODEL).insecure(true);

    private PullThenChat() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        ollama.pull(PULL)
                .transform(Progress::total)
                .map(PullThenChat::describe)
                .distinctUntilChanged()
                .doOnNext(out::println)
                .thenMany(ollama.chat(ChatRequest.of(MODEL, Message.user("Why is the sky blue?"))))
                .transform(Tokens::text)
                .doOnNext(out::print)
                .blockLast();
        out.println();
    }

    /** Rounds to quarters, because a pull reports its progress many times per second. */
    private static String describe(Progress progress) {
        Long total = progress.total();
        if (total == null || progress.success()) {
            return progress.status();
        }
        long quarters = progress.completed() * 4 / total;
        return "%d %% of %d MB".formatted(quarters * 25, total / 1_000_000);
    }
}
