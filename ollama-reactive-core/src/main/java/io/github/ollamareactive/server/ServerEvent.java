// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;
import org.jspecify.annotations.Nullable;

/** What the server tells of itself. */
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
     * @param source what says so: {@code none}, {@code env}, {@code config} or {@code both}; null when absent
     */
    record CloudStatus(boolean disabled, @Nullable String source) implements ServerEvent {}

    /**
     * The account that the server is signed in with ({@code /api/me}). What the wire leaves out is null.
     *
     * @param id its id
     * @param email its address
     * @param name its name
     * @param bio what it says of itself
     * @param avatarUrl its picture ({@code avatarurl})
     * @param firstName its first name ({@code firstname})
     * @param lastName its last name ({@code lastname})
     * @param plan what was booked
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

    /** The server is signed out. */
    record SignedOut() implements ServerEvent {}

    /**
     * A model that the server recommends. What the wire leaves out is null.
     *
     * @param model its name
     * @param description what it is good for
     * @param contextLength its longest context ({@code context_length})
     * @param maxOutputTokens its longest answer ({@code max_output_tokens})
     * @param vramBytes the memory that it wants ({@code vram_bytes})
     * @param requiredPlan what has to be booked for it ({@code required_plan})
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
