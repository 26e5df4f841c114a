// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.operators.Conversation;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.ToolCall;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The model calls a tool, this program runs it, and the model answers with the result. */
public final class ManualToolCalls {
    private static final Tool WEATHER = Tool.function("get_weather", "The weather in a city", Place.class);

    /** The arguments of the tool; its schema is derived from this record. */
    record Place(String city, @Nullable Unit unit) {}

    /** In the spelling that the model reads and writes. */
    enum Unit {
        celsius,
        fahrenheit
    }

    private ManualToolCalls() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        Conversation conversation =
                Conversation.of(ChatRequest.of("gemma3-tools:270m").tools(WEATHER));
        answer(ollama, conversation.user("What is the weather in Paris?"), out).block();
    }

    /** Sends the tool results until an answer has no tool calls. */
    private static Mono<Conversation> answer(OllamaClient ollama, Conversation asked, PrintStream out) {
        return ollama.chat(asked.request()).as(Tokens::collect).flatMap(reply -> {
            Conversation next = asked.answered(reply);
            if (next.toolCalls().isEmpty()) {
                out.println(reply.text());
                return Mono.just(next);
            }
            for (ToolCall call : next.toolCalls()) {
                String result = weather(call.arguments().as(Place.class));
                out.println(call.name() + call.arguments() + " gives: " + result);
                next = next.tool(call, result);
            }
            return answer(ollama, next, out);
        });
    }

    private static String weather(Place place) {
        return place.city() + ": 18 °C, light rain";
    }
}
