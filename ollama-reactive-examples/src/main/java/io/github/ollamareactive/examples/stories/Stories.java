// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The stories by their names, for the program. */
public final class Stories {
    private static final Map<String, Story> BY_NAME = new TreeMap<>(Map.of(
            "StreamedAnswer", call(StreamedAnswer::run),
            "PullThenChat", call(PullThenChat::run),
            "StopEarly", call(StopEarly::run),
            "SlowReader", (config, out, port) -> SlowReader.run(out),
            "MultiTurnChat", call(MultiTurnChat::run),
            "ManualToolCalls", call(ManualToolCalls::run),
            "StructuredAnswer", call(StructuredAnswer::run),
            "NearestTexts", call(NearestTexts::run),
            "ThreeSubscribers", (config, out, port) -> ThreeSubscribers.run(config, out),
            "TokenService", TokenService::run));

    private Stories() {}

    private interface Story {
        void run(OllamaClientConfig config, PrintStream out, int port);
    }

    private static Story call(BiConsumer<OllamaClient, PrintStream> story) {
        return (config, out, port) -> {
            try (OllamaClient ollama = OllamaClient.create(config)) {
                story.accept(ollama, out);
            }
        };
    }

    /**
     * The stories that there are.
     *
     * @return their names, in alphabetical order
     */
    public static Collection<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * Runs a story until it ends; {@code TokenService} runs until this thread is interrupted.
     *
     * @param name one of the {@link #names}
     * @param config the server to call
     * @param out what the story prints to
     * @param port the port that {@code TokenService} listens on
     */
    public static void run(String name, OllamaClientConfig config, PrintStream out, int port) {
        requireNonNull(BY_NAME.get(name), name).run(config, out, port);
    }
}
