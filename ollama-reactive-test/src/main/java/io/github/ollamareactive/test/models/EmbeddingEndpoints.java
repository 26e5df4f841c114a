// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.models.Refusal;
import io.github.ollamareactive.test.internal.models.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embed and its predecessor embeddings. A vector depends on the text and the requested length only. */
final class EmbeddingEndpoints {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ModelEndpoints models;

    EmbeddingEndpoints(ModelEndpoints models) {
        this.models = models;
    }

    Answer embed(RequestFields request) {
        List<String> inputs = inputs(request.get("input"));
        Model model =
                models.find(request, Refusal.of(404, "model '' not found")).model();
        ObjectNode document = WireJson.object().put("model", request.model().strip());
        ArrayNode rows = document.putArray("embeddings");
        if (inputs.isEmpty()) {
            models.load(model, request);
            return JsonAnswers.of(document);
        }
        ModelData data = model.data();
        if (!data.can("embedding")) {
            throw new Refusal(Errors.embeddingsUnsupported());
        }
        int words = inputs.stream().mapToInt(EmbeddingEndpoints::words).sum();
        boolean tooLong = inputs.stream().anyMatch(input -> words(input) > data.contextLength);
        if (tooLong && !request.flag("truncate", true)) {
            throw Refusal.of(400, "the input length exceeds the context length");
        }
        models.load(model, request);
        int dimensions = request.get("dimensions").asInt(0);
        int length = dimensions > 0 && dimensions < data.embeddingLength ? dimensions : data.embeddingLength;
        inputs.forEach(input -> rows.add(numbers(vector(input, data, length, true))));
        return JsonAnswers.of(document.put("total_duration", 2 * NANOS_PER_MILLI)
                .put("load_duration", NANOS_PER_MILLI)
                .put("prompt_eval_count", Math.max(1, words)));
    }

    Answer legacy(RequestFields request) {
        Model model = models.find(request, Refusal.of(400, "model is required")).model();
        String prompt = request.text("prompt");
        ModelData data = model.data();
        if (!prompt.isEmpty() && !data.can("embedding")) {
            return Errors.serverError("this model does not support embeddings");
        }
        models.load(model, request);
        ArrayNode vector = prompt.isEmpty()
                ? WireJson.JSON.createArrayNode()
                : numbers(vector(prompt, data, data.embeddingLength, false));
        return JsonAnswers.of(WireJson.object().set("embedding", vector));
    }

    private static List<String> inputs(JsonNode input) {
        if (input.isMissingNode() || input.asString("?").isEmpty()) {
            return List.of();
        }
        if (input.isString()) {
            return List.of(input.asString());
        }
        if (!input.isArray() || input.values().stream().anyMatch(item -> !item.isString())) {
            throw Refusal.of(400, "invalid input type");
        }
        List<String> all = new ArrayList<>();
        input.forEach(item -> all.add(item.asString()));
        return all;
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static double[] vector(String text, ModelData data, int length, boolean normalized) {
        Random random = new Random(text.hashCode());
        double[] whole = random.doubles(data.embeddingLength, -1, 1).toArray();
        double[] cut = IntStream.range(0, length).mapToDouble(i -> whole[i]).toArray();
        double norm = Math.sqrt(
                IntStream.range(0, length).mapToDouble(i -> cut[i] * cut[i]).sum());
        return normalized
                ? IntStream.range(0, length).mapToDouble(i -> cut[i] / norm).toArray()
                : cut;
    }

    private static ArrayNode numbers(double[] vector) {
        ArrayNode numbers = WireJson.JSON.createArrayNode();
        for (double number : vector) {
            numbers.add((float) number);
        }
        return numbers;
    }
}
