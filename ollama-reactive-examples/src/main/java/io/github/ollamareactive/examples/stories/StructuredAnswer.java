// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.JsonSchema;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.ModelOptions;
import java.io.PrintStream;
import java.util.List;

/** Constrains an answer to a JSON Schema, and parses it into a record. */
public final class StructuredAnswer {
    /** {@code JsonSchema.of(Palette.class)} is the same without the limits, which a small model needs. */
    private static final JsonSchema SCHEMA = JsonSchema.object()
            .required(
                    "colours",
                    JsonSchema.array(JsonSchema.object()
                                    .required("name", JsonSchema.string().with("maxLength", 12))
                                    .required("warm", JsonSchema.bool()))
                            .with("minItems", 3)
                            .with("maxItems", 3));

    record Palette(List<Colour> colours) {}

    record Colour(String name, boolean warm) {}

    private StructuredAnswer() {}

    public static void main(String[] args) {
        try (OllamaClient ollama = OllamaClient.create()) {
            run(ollama, System.out);
        }
    }

    static void run(OllamaClient ollama, PrintStream out) {
        out.println(SCHEMA.toJson());
        ollama.generate(GenerateRequest.of("gemma3:270m", "Name three colours as JSON.")
                        .format(SCHEMA)
                        .options(ModelOptions.create().numPredict(120).stop("\0")))
                .as(Tokens::join)
                .map(json -> JsonValue.parse(json).as(Palette.class))
                .doOnNext(palette -> palette.colours().forEach(out::println))
                .block();
    }
}
