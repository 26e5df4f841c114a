// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Generation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model as a test needs it: a name, what it can do, and the data that the server tells of it. Immutable; every method
 * gives another model.
 */
public final class Model {

    private static final long SIZE = 253_113_024;

    private final Draft is;

    private Model(Draft is) {
        this.is = is;
    }

    /** All fields; never changed once a model has it. */
    private static final class Draft {
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
        long size = SIZE;
        int contextLength = 8192;
        int embeddingLength = 16;
        List<String> capabilities = List.of("completion", "tools");

        @Nullable
        String weights;

        @Nullable
        Generation says;

        Draft copy() {
            Draft copy = new Draft();
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
            copy.says = says;
            return copy;
        }
    }

    private Model with(Consumer<Draft> change) {
        Draft copy = is.copy();
        change.accept(copy);
        return new Model(copy);
    }

    /**
     * A model that completes text and calls tools; one whose name says {@code embed} or {@code minilm} makes embeddings and
     * nothing else.
     *
     * @param name the name; without a tag it is {@code latest}
     * @return the model
     */
    public static Model of(String name) {
        Draft draft = new Draft();
        draft.name = ModelName.of(name)
                .orElseThrow(() -> new IllegalArgumentException("invalid model name: " + name))
                .display();
        Model model = new Model(draft);
        boolean embeds = name.contains("embed") || name.contains("minilm");
        return embeds ? model.family("bert").capabilities("embedding").quantization("F16") : model;
    }

    /**
     * What it can do.
     *
     * @param capabilities such as {@code completion}, {@code tools}, {@code thinking}, {@code insert}, {@code vision},
     *     {@code embedding}
     * @return the model
     */
    public Model capabilities(String... capabilities) {
        List<String> all = List.of(capabilities);
        return with(draft -> draft.capabilities = all);
    }

    /**
     * What it says to everything, in place of its own answers.
     *
     * @param generation what it says
     * @return the model
     */
    public Model says(Generation generation) {
        requireNonNull(generation, "generation");
        return with(draft -> draft.says = generation);
    }

    /**
     * Its family.
     *
     * @param family such as {@code llama}; also the architecture in {@code model_info}
     * @return the model
     */
    public Model family(String family) {
        requireNonNull(family, "family");
        return with(draft -> draft.family = family);
    }

    /**
     * Its size in parameters.
     *
     * @param size such as {@code 3.2B}
     * @return the model
     */
    public Model parameterSize(String size) {
        requireNonNull(size, "size");
        return with(draft -> draft.parameterSize = size);
    }

    /**
     * Its quantization.
     *
     * @param level such as {@code Q4_K_M}
     * @return the model
     */
    public Model quantization(String level) {
        requireNonNull(level, "level");
        return with(draft -> draft.quantization = level);
    }

    /**
     * The size of its weights.
     *
     * @param bytes in bytes
     * @return the model
     */
    public Model size(long bytes) {
        return with(draft -> draft.size = bytes);
    }

    /**
     * The length of its window.
     *
     * @param tokens in tokens
     * @return the model
     */
    public Model contextLength(int tokens) {
        return with(draft -> draft.contextLength = tokens);
    }

    /**
     * The length of its vectors.
     *
     * @param numbers how many numbers a vector has
     * @return the model
     */
    public Model embeddingLength(int numbers) {
        return with(draft -> draft.embeddingLength = numbers);
    }

    /**
     * Its system text.
     *
     * @param text the text
     * @return the model
     */
    public Model system(String text) {
        requireNonNull(text, "text");
        return with(draft -> draft.system = text);
    }

    /**
     * Its template.
     *
     * @param text the template
     * @return the model
     */
    public Model template(String text) {
        requireNonNull(text, "text");
        return with(draft -> draft.template = text);
    }

    /**
     * Its licenses.
     *
     * @param texts the texts
     * @return the model
     */
    public Model license(String... texts) {
        List<String> all = List.of(texts);
        return with(draft -> draft.licenses = all);
    }

    /**
     * One of its parameters.
     *
     * @param name such as {@code temperature}
     * @param value text, number, boolean or a list
     * @return the model
     */
    public Model parameter(String name, Object value) {
        return parameters(Map.of(name, JsonAnswers.MAPPER.valueToTree(value)));
    }

    Model parameters(Map<String, JsonNode> more) {
        Map<String, JsonNode> all = new LinkedHashMap<>(is.parameters);
        all.putAll(more);
        return with(draft -> draft.parameters = Collections.unmodifiableMap(all));
    }

    Model named(String name) {
        return with(draft -> draft.name = name);
    }

    Model parent(String name) {
        return with(draft -> draft.parent = name);
    }

    Model format(String format) {
        return with(draft -> draft.format = format);
    }

    Model weights(String digest) {
        return with(draft -> draft.weights = digest);
    }

    Model messages(List<JsonNode> messages) {
        return with(draft -> draft.messages = List.copyOf(messages));
    }

    Model moreLicenses(List<String> more) {
        List<String> all = new ArrayList<>(is.licenses);
        all.addAll(more);
        return with(draft -> draft.licenses = List.copyOf(all));
    }

    /**
     * Its name.
     *
     * @return the name with its tag
     */
    public String name() {
        return is.name;
    }

    boolean can(String capability) {
        return is.capabilities.contains(capability);
    }

    List<String> capabilities() {
        return is.capabilities;
    }

    String family() {
        return is.family;
    }

    String format() {
        return is.format;
    }

    String parameterSize() {
        return is.parameterSize;
    }

    String quantization() {
        return is.quantization;
    }

    String parent() {
        return is.parent;
    }

    String template() {
        return is.template;
    }

    String system() {
        return is.system;
    }

    List<String> licenses() {
        return is.licenses;
    }

    Map<String, JsonNode> parameters() {
        return is.parameters;
    }

    List<JsonNode> messages() {
        return is.messages;
    }

    long weightsSize() {
        return is.size;
    }

    int contextLength() {
        return is.contextLength;
    }

    int embeddingLength() {
        return is.embeddingLength;
    }

    @Nullable
    Generation says() {
        return is.says;
    }

    String weights() {
        return is.weights == null ? Digest.of("weights of " + is.name) : is.weights;
    }

    @Override
    public String toString() {
        return is.name;
    }
}
