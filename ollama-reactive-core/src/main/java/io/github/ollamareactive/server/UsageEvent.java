// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An event of a report on the usage of Ollama's cloud ({@code /api/usage}): the buckets, oldest first, then one {@link Total}. */
public sealed interface UsageEvent extends OllamaEvent {

    /**
     * What was used. Of requests under a plan of the older kind only their number is known: the others are null, and 0 means 0.
     *
     * @param requestCount the number of requests ({@code request_count})
     * @param usageUsd the cost in US dollars ({@code usage_usd})
     * @param inputTokens tokens of prompts ({@code input_tokens})
     * @param cachedInputTokens those of them that were in a cache ({@code cached_input_tokens})
     * @param outputTokens tokens generated ({@code output_tokens})
     */
    record Counters(
            @Nullable Long requestCount,
            @Nullable BigDecimal usageUsd,
            @Nullable Long inputTokens,
            @Nullable Long cachedInputTokens,
            @Nullable Long outputTokens) {}

    /**
     * The usage of an hour or a day.
     *
     * @param from its beginning, inclusive; null when absent
     * @param until its end, exclusive; null when absent
     * @param counters what was used
     * @param partial whether it isn't over yet
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Bucket(
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime until,
            Counters counters,
            boolean partial,
            JsonObject extras)
            implements UsageEvent {}

    /**
     * The whole: the last event.
     *
     * @param range as asked for, or the server's default
     * @param scope as asked for, or the server's default
     * @param granularity {@code hour} or {@code day}: of the buckets
     * @param from its beginning, inclusive
     * @param until its end, exclusive
     * @param counters what was used
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Total(
            @Nullable String range,
            @Nullable String scope,
            @Nullable String granularity,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime until,
            Counters counters,
            JsonObject extras)
            implements UsageEvent {}
}
