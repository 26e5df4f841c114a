// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Vectors that depend on the text and on nothing else. */
final class EmbeddingEndpoints {

    private static final long A_MILLISECOND = 1_000_000;

    private final ModelEndpoints library;

    EmbeddingEndpoints(ModelEndpoints library) {
        this.library = library;
    }

    Answer embed(RequestFields body) {
        List<String> inputs = inputs(body.get("input"));
        Model model = library.find(body, Refusal.of(404, "model '' not found")).model();
        ObjectNode document = JsonAnswers.object().put("model", body.model().strip());
        ArrayNode rows = document.putArray("embeddings");
        if (inputs.isEmpty()) {
            library.load(model, body);
            return JsonAnswers.answer(document);
        }
        if (!model.can("embedding")) {
            throw new Refusal(Errors.embeddingsUnsupported());
        }
        int words = inputs.stream().mapToInt(EmbeddingEndpoints::words).sum();
        boolean tooLong = inputs.stream().anyMatch(input -> words(input) > model.contextLength());
        if (tooLong && !body.flag("truncate", true)) {
            throw Refusal.of(400, "the input length exceeds the context length");
        }
        library.load(model, body);
        int length = body.get("dimensions").asInt(0);
        int cut = length > 0 && length < model.embeddingLength() ? length : model.embeddingLength();
        inputs.forEach(input -> rows.add(numbers(vector(input, model, cut, true))));
        return JsonAnswers.answer(document.put("total_duration", 2 * A_MILLISECOND)
                .put("load_duration", A_MILLISECOND)
                .put("prompt_eval_count", Math.max(1, words)));
    }

    Answer legacy(RequestFields body) {
        Model model = library.find(body, Refusal.of(400, "model is required")).model();
        String prompt = body.text("prompt");
        if (!prompt.isEmpty() && !model.can("embedding")) {
            return Errors.serverError("this model does not support embeddings");
        }
        library.load(model, body);
        ArrayNode vector = prompt.isEmpty()
                ? JsonAnswers.MAPPER.createArrayNode()
                : numbers(vector(prompt, model, model.embeddingLength(), false));
        return JsonAnswers.answer(JsonAnswers.object().set("embedding", vector));
    }

    private static List<String> inputs(JsonNode input) {
        if (input.isMissingNode() || input.asString("?").isEmpty()) {
            return List.of();
        }
        if (input.isString()) {
            return List.of(input.asString());
        }
        List<String> all = new ArrayList<>();
        input.forEach(one -> all.add(one.isString() ? one.asString() : ""));
        if (!input.isArray() || input.values().stream().anyMatch(one -> !one.isString())) {
            throw Refusal.of(400, "invalid input type");
        }
        return all;
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static double[] vector(String text, Model model, int length, boolean unit) {
        Random random = new Random(text.hashCode());
        double[] whole = random.doubles(model.embeddingLength(), -1, 1).toArray();
        double[] cut = IntStream.range(0, length).mapToDouble(i -> whole[i]).toArray();
        double norm = Math.sqrt(
                IntStream.range(0, length).mapToDouble(i -> cut[i] * cut[i]).sum());
        return unit ? IntStream.range(0, length).mapToDouble(i -> cut[i] / norm).toArray() : cut;
    }

    private static ArrayNode numbers(double[] vector) {
        ArrayNode numbers = JsonAnswers.MAPPER.createArrayNode();
        for (double number : vector) {
            numbers.add((float) number);
        }
        return numbers;
    }
}
