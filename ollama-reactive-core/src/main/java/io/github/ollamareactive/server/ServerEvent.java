// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;
import org.jspecify.annotations.Nullable;

/** An event of a call about the server itself. */
public sealed interface ServerEvent extends OllamaEvent {

    /**
     * The server's version.
     *
     * @param version as {@code "0.24.0"}; {@code "0.0.0"} for development builds
     */
    record Version(String version) implements ServerEvent {}

    /** The server answers. */
    record Alive() implements ServerEvent {}

    /**
     * Whether the server may use Ollama's cloud ({@code /api/status}).
     *
     * @param disabled true when it may not
     * @param source where this is set: {@code none}, {@code env}, {@code config} or {@code both}; null when absent
     */
    record CloudStatus(boolean disabled, @Nullable String source) implements ServerEvent {}

    /**
     * The account that the server is signed in to ({@code /api/me}). A field that the server omits is null.
     *
     * @param id its id
     * @param email its email address
     * @param name the user name
     * @param bio the biography of the user
     * @param avatarUrl the URL of the user's picture ({@code avatarurl})
     * @param firstName the first name ({@code firstname})
     * @param lastName the last name ({@code lastname})
     * @param plan the plan that it is subscribed to
     */
    record Account(
            @Nullable String id,
            @Nullable String email,
            @Nullable String name,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String plan)
            implements ServerEvent {}

    /** The server was signed out. */
    record SignedOut() implements ServerEvent {}

    /**
     * A model that the server recommends. A field that the server omits is null.
     *
     * @param model its name
     * @param description its purpose
     * @param contextLength the maximum context length ({@code context_length})
     * @param maxOutputTokens the maximum length of an answer ({@code max_output_tokens})
     * @param vramBytes the GPU memory that it needs ({@code vram_bytes})
     * @param requiredPlan the plan that it requires ({@code required_plan})
     */
    record Recommendation(
            String model,
            @Nullable String description,
            @Nullable Long contextLength,
            @Nullable Long maxOutputTokens,
            @Nullable Long vramBytes,
            @Nullable String requiredPlan)
            implements ServerEvent {}
}
