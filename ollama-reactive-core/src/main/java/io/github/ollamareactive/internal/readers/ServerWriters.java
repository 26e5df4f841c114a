// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import static io.github.ollamareactive.internal.readers.EventWriters.event;
import static io.github.ollamareactive.internal.readers.EventWriters.time;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.UsageEvent;
import org.jspecify.annotations.Nullable;

/** Events about the server and the account to their JSON form, as {@link EventWriters} has it. */
final class ServerWriters {
    private ServerWriters() {}

    static JsonObject server(ServerEvent event) {
        if (event instanceof ServerEvent.Version version) {
            return event("version").with("version", version.version());
        } else if (event instanceof ServerEvent.CloudStatus status) {
            return event("cloud_status").with("disabled", status.disabled()).with("source", status.source());
        } else if (event instanceof ServerEvent.Account account) {
            return event("account")
                    .with("id", account.id())
                    .with("email", account.email())
                    .with("name", account.name())
                    .with("bio", account.bio())
                    .with("avatarurl", account.avatarUrl())
                    .with("firstname", account.firstName())
                    .with("lastname", account.lastName())
                    .with("plan", account.plan());
        } else if (event instanceof ServerEvent.Recommendation recommendation) {
            return event("recommendation")
                    .with("model", recommendation.model())
                    .with("description", recommendation.description())
                    .with("context_length", recommendation.contextLength())
                    .with("max_output_tokens", recommendation.maxOutputTokens())
                    .with("vram_bytes", recommendation.vramBytes())
                    .with("required_plan", recommendation.requiredPlan())
                    .with("thinking", ModelWriters.thinking(recommendation.thinking()));
        } else if (event instanceof ServerEvent.RecommendedFor mapping) {
            return event("recommended_for")
                    .with("application", mapping.application())
                    .with("model", mapping.model())
                    .with("required_plan", mapping.requiredPlan());
        } else if (event instanceof ServerEvent.Balance balance) {
            return event("balance")
                    .with("included_usd", balance.included())
                    .with("allowance_usd", balance.allowance())
                    .with("period_from", time(balance.periodFrom()))
                    .with("period_until", time(balance.periodUntil()))
                    .with("session", remaining(balance.session()))
                    .with("weekly", remaining(balance.weekly()))
                    .with("purchased_usd", balance.purchased());
        }
        return event(event instanceof ServerEvent.Alive ? "alive" : "signed_out");
    }

    private static @Nullable JsonObject remaining(ServerEvent.@Nullable Remaining remaining) {
        return remaining == null
                ? null
                : JsonObject.EMPTY
                        .with("remaining_percent", remaining.percent())
                        .with("resets_at", time(remaining.resetsAt()));
    }

    static JsonObject usage(UsageEvent event) {
        if (event instanceof UsageEvent.Bucket bucket) {
            return event("usage_bucket")
                    .with("from", time(bucket.from()))
                    .with("until", time(bucket.until()))
                    .with("counters", counters(bucket.counters()))
                    .with("partial", bucket.partial());
        }
        UsageEvent.Total total = (UsageEvent.Total) event;
        return event("usage_total")
                .with("range", total.range())
                .with("scope", total.scope())
                .with("granularity", total.granularity())
                .with("from", time(total.from()))
                .with("until", time(total.until()))
                .with("counters", counters(total.counters()));
    }

    private static JsonObject counters(UsageEvent.Counters counters) {
        return JsonObject.EMPTY
                .with("request_count", counters.requestCount())
                .with("usage_usd", counters.usageUsd())
                .with("input_tokens", counters.inputTokens())
                .with("cached_input_tokens", counters.cachedInputTokens())
                .with("output_tokens", counters.outputTokens());
    }
}
