// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.ServerEvent.Balance;
import io.github.ollamareactive.server.ServerEvent.Remaining;
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.UsageEvent.Bucket;
import io.github.ollamareactive.server.UsageEvent.Counters;
import io.github.ollamareactive.server.UsageEvent.Total;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cloud says of the account: the documents of {@code /api/usage} and {@code /api/balance} to events. */
public final class CloudReaders {
    private CloudReaders() {}

    /**
     * {@code GET /api/usage}.
     *
     * @return a reader for one answer
     */
    public static EventReader<UsageEvent> usage() {
        return new FieldsReader<>(EventReaders.DOCUMENT, (fields, events) -> {
            List<Bucket> buckets = fields.list("buckets", item -> bucket(Fields.of(item)));
            Fields totals = fields.inner("totals");
            if (buckets == null || totals == null) {
                throw new MalformedFrame(
                        "field '" + (buckets == null ? "buckets" : "totals") + "' is missing: no report on usage",
                        null);
            }
            buckets.forEach(events::next);
            events.next(new Total(
                    fields.text("range"),
                    fields.text("scope"),
                    fields.text("granularity"),
                    fields.time("from"),
                    fields.time("until"),
                    counters(totals),
                    fields.extras()));
            return true;
        });
    }

    private static Bucket bucket(Fields fields) {
        return new Bucket(
                fields.time("from"),
                fields.time("until"),
                counters(fields),
                Boolean.TRUE.equals(fields.bool("partial")),
                fields.extras());
    }

    static Counters counters(@Nullable Fields given) {
        Fields fields = given == null ? new Fields(JsonObject.EMPTY) : given;
        return new Counters(
                fields.number("request_count"),
                fields.decimal("usage_usd"),
                fields.number("input_tokens"),
                fields.number("cached_input_tokens"),
                fields.number("output_tokens"));
    }

    /**
     * {@code GET /api/balance}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Balance> balance() {
        return EventReaders.document(fields -> {
            Fields included = fields.inner("included");
            Fields period = included == null ? null : included.inner("period");
            Fields purchased = fields.inner("purchased");
            return new Balance(
                    included == null ? null : included.decimal("balance_usd"),
                    included == null ? null : included.decimal("allowance_usd"),
                    period == null ? null : period.time("from"),
                    period == null ? null : period.time("until"),
                    included == null ? null : remaining(included.inner("session")),
                    included == null ? null : remaining(included.inner("weekly")),
                    purchased == null ? null : purchased.decimal("balance_usd"),
                    fields.extras());
        });
    }

    static @Nullable Remaining remaining(@Nullable Fields fields) {
        return fields == null ? null : new Remaining(fields.decimal("remaining_percent"), fields.time("resets_at"));
    }
}
