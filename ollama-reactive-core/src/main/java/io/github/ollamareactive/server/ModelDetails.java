// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a model ({@code details}). A field that the server omits is null.
 *
 * @param parentModel the model that this one was created from ({@code parent_model})
 * @param format {@code gguf}, {@code safetensors}, or empty for cloud models
 * @param family the family of its architecture
 * @param families all its families
 * @param parameterSize the number of parameters, as {@code "8.0B"} ({@code parameter_size})
 * @param quantizationLevel as {@code "Q4_K_M"} ({@code quantization_level})
 * @param contextLength the maximum context length ({@code context_length}); part of model lists since 0.30.0
 * @param embeddingLength the number of dimensions of its embeddings ({@code embedding_length}); part of model lists
 *     since 0.30.0
 * @param runner the program that runs it, as {@code llamacpp} or {@code mlx}; since 0.40.0
 * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
 */
public record ModelDetails(
        @Nullable String parentModel,
        @Nullable String format,
        @Nullable String family,
        @Nullable List<String> families,
        @Nullable String parameterSize,
        @Nullable String quantizationLevel,
        @Nullable Long contextLength,
        @Nullable Long embeddingLength,
        @Nullable String runner,
        JsonObject extras) {
    /**
     * Copies the list.
     *
     * @param parentModel see the record
     * @param format see the record
     * @param family see the record
     * @param families see the record
     * @param parameterSize see the record
     * @param quantizationLevel see the record
     * @param contextLength see the record
     * @param embeddingLength see the record
     * @param runner see the record
     * @param extras see the record
     */
    public ModelDetails {
        families = families == null ? null : List.copyOf(families);
    }
}
