// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.JsonSchema;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue;
import java.io.PrintStream;
import java.util.List;

/** Constrains an answer to the schema of a record, and parses it into that record. */
public final class StructuredAnswer {
    record Palette(List<Colour> colours) {}

    record Colour(String name, boolean warm) {}

    private StructuredAnswer() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        JsonSchema schema = JsonSchema.of(Palette.class);
        out.println(schema.toJson());
        ollama.generate(GenerateRequest.of("gemma3:270m", "Name three colours as JSON.")
                        .format(schema))
                .as(Tokens::join)
                .map(json -> JsonValue.parse(json).as(Palette.class))
                .doOnNext(palette -> palette.colours().forEach(out::println))
                .block();
    }
}
