// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.internal.json.ModelName;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A model of {@link LocalModels}: its name, its capabilities, and the data that the server reports about it. Immutable; every
 * method returns a new model.
 */
public final class Model {

    private final ModelData data;

    private Model(ModelData data) {
        this.data = data;
    }

    /**
     * A model that completes text and calls tools. A model whose name contains {@code embed} or {@code minilm} makes
     * embeddings instead.
     *
     * @param name the name; without a tag it gets {@code latest}
     * @return the model
     */
    public static Model of(String name) {
        String display = ModelName.of(name)
                .orElseThrow(() -> new IllegalArgumentException("invalid model name: " + name))
                .display();
        Model model = new Model(new ModelData()).named(display);
        boolean embeds = name.contains("embed") || name.contains("minilm");
        return embeds ? model.family("bert").capabilities("embedding").quantization("F16") : model;
    }

    Model with(Consumer<ModelData> change) {
        return new Model(data.with(change));
    }

    Model named(String name) {
        return with(copy -> copy.name = name);
    }

    /** This model with more parameters, which replace those of the same name. */
    Model parameters(Map<String, JsonNode> more) {
        Map<String, JsonNode> all = new LinkedHashMap<>(data.parameters);
        all.putAll(more);
        return with(copy -> copy.parameters = Collections.unmodifiableMap(all));
    }

    ModelData data() {
        return data;
    }

    /**
     * The capabilities.
     *
     * @param capabilities such as {@code completion}, {@code tools}, {@code thinking}, {@code insert}, {@code vision},
     *     {@code embedding}
     * @return the model
     */
    public Model capabilities(String... capabilities) {
        List<String> all = List.of(capabilities);
        return with(copy -> copy.capabilities = all);
    }

    /**
     * The reply to every request, which replaces the model's own replies.
     *
     * @param generation the reply
     * @return the model
     */
    public Model says(Generation generation) {
        requireNonNull(generation, "generation");
        return with(copy -> copy.reply = generation);
    }

    /**
     * The family, which is also the architecture in {@code model_info}.
     *
     * @param family such as {@code llama}
     * @return the model
     */
    public Model family(String family) {
        requireNonNull(family, "family");
        return with(copy -> copy.family = family);
    }

    /**
     * The number of parameters.
     *
     * @param size such as {@code 3.2B}
     * @return the model
     */
    public Model parameterSize(String size) {
        requireNonNull(size, "size");
        return with(copy -> copy.parameterSize = size);
    }

    /**
     * The quantization.
     *
     * @param level such as {@code Q4_K_M}
     * @return the model
     */
    public Model quantization(String level) {
        requireNonNull(level, "level");
        return with(copy -> copy.quantization = level);
    }

    /**
     * The size of the weights.
     *
     * @param bytes the size in bytes
     * @return the model
     */
    public Model size(long bytes) {
        return with(copy -> copy.size = bytes);
    }

    /**
     * The length of the context window.
     *
     * @param tokens the length in tokens
     * @return the model
     */
    public Model contextLength(int tokens) {
        return with(copy -> copy.contextLength = tokens);
    }

    /**
     * The length of embedding vectors.
     *
     * @param numbers how many numbers a vector has
     * @return the model
     */
    public Model embeddingLength(int numbers) {
        return with(copy -> copy.embeddingLength = numbers);
    }

    /**
     * The system message.
     *
     * @param text the text
     * @return the model
     */
    public Model system(String text) {
        requireNonNull(text, "text");
        return with(copy -> copy.system = text);
    }

    /**
     * The template.
     *
     * @param text the template
     * @return the model
     */
    public Model template(String text) {
        requireNonNull(text, "text");
        return with(copy -> copy.template = text);
    }

    /**
     * The licenses.
     *
     * @param texts the texts
     * @return the model
     */
    public Model license(String... texts) {
        List<String> all = List.of(texts);
        return with(copy -> copy.licenses = all);
    }

    /**
     * Adds a parameter.
     *
     * @param name such as {@code temperature}
     * @param value text, number, boolean or a list
     * @return the model
     */
    public Model parameter(String name, Object value) {
        return parameters(Map.of(name, WireJson.JSON.valueToTree(value)));
    }

    /**
     * The model's name.
     *
     * @return the name with its tag
     */
    public String name() {
        return data.name;
    }

    @Override
    public String toString() {
        return data.name;
    }
}
