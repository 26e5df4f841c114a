// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of endpoints that answer with one. */
public final class Documents {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MODEL_BYTES = 2_000_000_000;

    private Documents() {}

    /** The answer of embed; of embeddings, its predecessor, which knows one vector only, if the path is that. */
    public static String embeddings(Route route, JsonNode requestBody, List<float[]> vectors) {
        if (route.withoutQuery().path().endsWith("/api/embeddings")) {
            ArrayNode only = vectors.isEmpty() ? WireJson.JSON.createArrayNode() : numbers(vectors.get(0));
            return WireJson.text(WireJson.object().set("embedding", only));
        }
        ObjectNode document =
                WireJson.object().put("model", requestBody.path("model").asString(""));
        ArrayNode rows = document.putArray("embeddings");
        vectors.forEach(vector -> rows.add(numbers(vector)));
        String input = requestBody.path("input").toString();
        return WireJson.text(document.put("total_duration", 2 * NANOS_PER_MILLI)
                .put("load_duration", NANOS_PER_MILLI)
                .put("prompt_eval_count", input.split("\\s+").length));
    }

    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = WireJson.JSON.createArrayNode();
        for (float number : vector) {
            numbers.add(number);
        }
        return numbers;
    }

    /** The answer of tags. */
    public static String models(String... names) {
        ObjectNode document = WireJson.object();
        ArrayNode models = document.putArray("models");
        Arrays.stream(names).map(Documents::model).forEach(models::add);
        return WireJson.text(document);
    }

    private static ObjectNode model(String name) {
        int slash = name.lastIndexOf('/');
        String tagged = name.indexOf(':', slash + 1) < 0 ? name + ":latest" : name;
        String digits = HexFormat.of().formatHex(tagged.getBytes(StandardCharsets.UTF_8));
        String digest = (digits + "0".repeat(64)).substring(0, 64);
        ObjectNode model = WireJson.object()
                .put("name", tagged)
                .put("model", tagged)
                .put("modified_at", "2026-01-01T00:00:00Z")
                .put("size", MODEL_BYTES)
                .put("digest", digest);
        model.putObject("details")
                .put("parent_model", "")
                .put("format", "gguf")
                .put("family", "llama")
                .put("parameter_size", "3.2B")
                .put("quantization_level", "Q4_K_M")
                .putArray("families")
                .add("llama");
        return model;
    }
}
