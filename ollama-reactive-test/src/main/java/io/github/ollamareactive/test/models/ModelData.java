// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.internal.models.Digest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All that is known of a model. Only a copy that {@link #with} makes is changed, before anyone else sees it. */
final class ModelData {

    private static final long DEFAULT_SIZE = 253_113_024;

    String name = "";
    String family = "llama";
    String format = "gguf";
    String parameterSize = "268.10M";
    String quantization = "Q4_K_M";
    String parent = "";
    String template = "{{ .Prompt }}";
    String system = "";
    List<String> licenses = List.of();
    Map<String, JsonNode> parameters = Map.of();
    List<JsonNode> messages = List.of();
    /** Of the weights, in bytes. */
    long size = DEFAULT_SIZE;

    int contextLength = 8192;
    int embeddingLength = 16;
    List<String> capabilities = List.of("completion", "tools");

    private @Nullable String weights;

    @Nullable
    Generation reply;

    ModelData with(Consumer<ModelData> change) {
        ModelData copy = new ModelData();
        copy.name = name;
        copy.family = family;
        copy.format = format;
        copy.parameterSize = parameterSize;
        copy.quantization = quantization;
        copy.parent = parent;
        copy.template = template;
        copy.system = system;
        copy.licenses = licenses;
        copy.parameters = parameters;
        copy.messages = messages;
        copy.size = size;
        copy.contextLength = contextLength;
        copy.embeddingLength = embeddingLength;
        copy.capabilities = capabilities;
        copy.weights = weights;
        copy.reply = reply;
        change.accept(copy);
        return copy;
    }

    boolean can(String capability) {
        return capabilities.contains(capability);
    }

    /** The digest of the weights. Unless it was set, it follows the name. */
    String weights() {
        return weights == null ? Digest.of("weights of " + name) : weights;
    }

    void weights(String digest) {
        weights = digest;
    }
}
