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

/** The model asks for the weather, this program looks it up, the model answers with it. */
public final class ManualToolCalls {
    private static final Tool WEATHER = Tool.function("get_weather", "The weather in a city", Place.class);

    /** What the model fills in; the tool's schema is made of it. */
    record Place(String city, @Nullable String unit) {}

    private ManualToolCalls() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        Conversation talk = Conversation.of(ChatRequest.of("llama3.2").tools(WEATHER));
        answer(ollama, talk.user("What is the weather in Paris?"), out).block();
    }

    /** Asks again for as long as the model wants functions called. */
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
