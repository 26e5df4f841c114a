// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What kind of model it is ({@code details}). What the wire leaves out or has as null is null here.
 *
 * @param parentModel what the weights were made from ({@code parent_model})
 * @param format {@code gguf}, {@code safetensors}, or empty for cloud models
 * @param family the architecture's family
 * @param families all of them
 * @param parameterSize the size in words, as {@code "8.0B"} ({@code parameter_size})
 * @param quantizationLevel as {@code "Q4_K_M"} ({@code quantization_level})
 * @param contextLength the longest context ({@code context_length}), in lists since 0.30.0
 * @param embeddingLength numbers in an embedding ({@code embedding_length}), in lists since 0.30.0
 */
public record ModelDetails(
        @Nullable String parentModel,
        @Nullable String format,
        @Nullable String family,
        @Nullable List<String> families,
        @Nullable String parameterSize,
        @Nullable String quantizationLevel,
        @Nullable Long contextLength,
        @Nullable Long embeddingLength) {
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
     */
    public ModelDetails {
        families = families == null ? null : List.copyOf(families);
    }
}
