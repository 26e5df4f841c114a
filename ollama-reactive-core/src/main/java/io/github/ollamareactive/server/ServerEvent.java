// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An event of a call about the server itself. */
public sealed interface ServerEvent extends OllamaEvent {

    /**
     * The server's version.
     *
     * @param version as {@code "0.24.0"}; {@code "0.0.0"} for development builds
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Version(String version, JsonObject extras) implements ServerEvent {
        /**
         * Without unknown fields.
         *
         * @param version see the record
         */
        public Version(String version) {
            this(version, JsonObject.EMPTY);
        }
    }

    /** The server answers. */
    record Alive() implements ServerEvent {}

    /**
     * Whether the server may use Ollama's cloud ({@code /api/status}).
     *
     * @param disabled true when it may not
     * @param source where this is set: {@code none}, {@code env}, {@code config} or {@code both}; null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record CloudStatus(boolean disabled, @Nullable String source, JsonObject extras) implements ServerEvent {}

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
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Account(
            @Nullable String id,
            @Nullable String email,
            @Nullable String name,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String plan,
            JsonObject extras)
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
     * @param thinking how it thinks ({@code thinking}); since 0.34.0
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Recommendation(
            String model,
            @Nullable String description,
            @Nullable Long contextLength,
            @Nullable Long maxOutputTokens,
            @Nullable Long vramBytes,
            @Nullable String requiredPlan,
            @Nullable ThinkingModes thinking,
            JsonObject extras)
            implements ServerEvent {}

    /**
     * The model that the server recommends for an application ({@code mappings}); since 0.33.1.
     *
     * @param application the application's name
     * @param model the model's name
     * @param requiredPlan the plan that it requires ({@code required_plan}); null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record RecommendedFor(
            String application,
            @Nullable String model,
            @Nullable String requiredPlan,
            JsonObject extras) implements ServerEvent {}

    /**
     * What is left of the account at Ollama's cloud ({@code /api/balance}); a part that the server omits is null. Of current plans
     * {@code included} has amounts, of older ones {@code session} and {@code weekly} have percentages.
     *
     * @param included what the plan includes: the amount that is left ({@code included.balance_usd}), in US dollars
     * @param allowance what the plan includes in a period ({@code included.allowance_usd}), in US dollars
     * @param periodFrom when the period began ({@code included.period.from})
     * @param periodUntil when it ends ({@code included.period.until})
     * @param session what is left of the session's limit, of older plans ({@code included.session})
     * @param weekly what is left of the weekly limit, of older plans ({@code included.weekly})
     * @param purchased bought credits that are left ({@code purchased.balance_usd}), in US dollars
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Balance(
            @Nullable BigDecimal included,
            @Nullable BigDecimal allowance,
            @Nullable OffsetDateTime periodFrom,
            @Nullable OffsetDateTime periodUntil,
            @Nullable Remaining session,
            @Nullable Remaining weekly,
            @Nullable BigDecimal purchased,
            JsonObject extras)
            implements ServerEvent {}

    /**
     * What is left of a limit.
     *
     * @param percent 0 to 100 ({@code remaining_percent}); null when absent
     * @param resetsAt when it begins anew ({@code resets_at}); null when absent
     */
    record Remaining(@Nullable BigDecimal percent, @Nullable OffsetDateTime resetsAt) {}
}
