// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.operators.Conversation;
import io.github.ollamareactive.operators.Tokens;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;

/** A conversation of two turns. The second question makes sense only together with the first answer. */
public final class MultiTurnChat {
    private MultiTurnChat() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        Conversation conversation = Conversation.of(ChatRequest.of("gemma3:270m"));
        for (String question : new String[] {"Why is the sky blue?", "And in the evening?"}) {
            conversation = turn(ollama, conversation, question, out);
        }
        out.printf(
                "[%d messages, %d tokens]%n",
                conversation.messages().size(), conversation.tokens().orElse(0));
    }

    /** A turn that fails or is cancelled leaves the conversation unchanged. */
    private static Conversation turn(OllamaClient ollama, Conversation conversation, String question, PrintStream out) {
        out.println("> " + question);
        Conversation asked = conversation.user(question);
        AtomicReference<Conversation> next = new AtomicReference<>(conversation);
        ollama.chat(asked.request())
                .transform(asked.reply(next::set))
                .transform(Tokens::text)
                .doOnNext(out::print)
                .blockLast();
        out.println();
        return requireNonNull(next.get());
    }
}
