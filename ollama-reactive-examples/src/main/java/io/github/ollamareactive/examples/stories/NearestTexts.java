// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import reactor.util.function.Tuples;

/** Ranks texts by the similarity of their meaning to a first text. */
public final class NearestTexts {
    private static final List<String> TEXTS = List.of("Why is the sky blue?", "Why is the grass green?", "日本語");

    private NearestTexts() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        out.println("nearest to: " + TEXTS.get(0));
        ollama.embed(EmbedRequest.of("all-minilm:22m", TEXTS))
                .ofType(Vector.class)
                .collectList()
                .flatMapIterable(vectors -> vectors.subList(1, vectors.size()).stream()
                        .map(other -> Tuples.of(vectors.get(0).cosine(other), TEXTS.get(other.index())))
                        .toList())
                .sort(Comparator.comparing(similarity -> -similarity.getT1()))
                .doOnNext(similarity -> out.printf(Locale.ROOT, "%.3f  %s%n", similarity.getT1(), similarity.getT2()))
                .blockLast();
    }
}
