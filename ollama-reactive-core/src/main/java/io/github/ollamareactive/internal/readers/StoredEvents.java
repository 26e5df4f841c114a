// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.WebEvent;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads events back from the JSON form that {@link EventWriters} gave them. */
final class StoredEvents {
    /** Makes an event of a name and its fields; null where the family has none of that name. */
    private interface Reader {
        @Nullable
        OllamaEvent read(String name, Fields fields, Class<?> asked);
    }

    /** In this order where several families have an event of one name. */
    private static final Map<Class<? extends OllamaEvent>, Reader> FAMILIES = new LinkedHashMap<>();

    static {
        FAMILIES.put(GenerationEvent.class, (name, fields, asked) -> generation(name, fields));
        FAMILIES.put(EmbeddingEvent.class, (name, fields, asked) -> embedding(name, fields));
        FAMILIES.put(DecisionEvent.class, (name, fields, asked) -> decision(name, fields));
        FAMILIES.put(ProgressEvent.class, (name, fields, asked) -> progress(name, fields));
        FAMILIES.put(ModelEvent.class, StoredEvents::model);
        FAMILIES.put(BlobEvent.class, (name, fields, asked) -> blob(name, fields));
        FAMILIES.put(ServerEvent.class, (name, fields, asked) -> server(name, fields));
        FAMILIES.put(UsageEvent.class, (name, fields, asked) -> usage(name, fields));
        FAMILIES.put(WebEvent.class, (name, fields, asked) -> web(name, fields));
    }

    private StoredEvents() {}

    /**
     * The event that was written.
     *
     * @param json the JSON form
     * @param asked the family that it is of, or the event, since some names are those of events of two families
     */
    static OllamaEvent read(JsonObject json, Class<? extends OllamaEvent> asked) {
        Fields fields = Fields.stored(json);
        String name = fields.requiredText("event");
        for (Map.Entry<Class<? extends OllamaEvent>, Reader> family : FAMILIES.entrySet()) {
            if (asked.isAssignableFrom(family.getKey()) || family.getKey().isAssignableFrom(asked)) {
                OllamaEvent event = family.getValue().read(name, fields, asked);
                if (asked.isInstance(event)) {
                    return event;
                }
            }
        }
        throw new MalformedFrame("'" + name + "' is no event of " + asked.getSimpleName(), null);
    }

    private static @Nullable GenerationEvent generation(String name, Fields f) {
        return switch (name) {
            case "token" -> new GenerationEvent.Token(f.requiredText("text"), logprobs(f, "logprobs"), f.extras());
            case "thinking" ->
                new GenerationEvent.Thinking(f.requiredText("text"), logprobs(f, "logprobs"), f.extras());
            case "tool_called" ->
                new GenerationEvent.ToolCalled(
                        new ToolCall(
                                f.text("id"),
                                f.integer("index"),
                                f.requiredText("name"),
                                Objects.requireNonNullElse(f.tree("arguments"), JsonObject.EMPTY)),
                        f.extras());
            case "rendering" ->
                new GenerationEvent.Rendering(f.requiredNumber("completed"), f.number("total"), f.extras());
            case "image" ->
                new GenerationEvent.Image(ByteBuffer.wrap(ParsedValues.base64(f.requiredText("image"))), f.extras());
            case "done" ->
                new GenerationEvent.Done(
                        f.text("model"),
                        f.time("created_at"),
                        f.text("done_reason"),
                        f.integers("context"),
                        new GenerationStats(
                                f.duration("total_duration"),
                                f.duration("load_duration"),
                                f.number("prompt_eval_count"),
                                f.number("prompt_eval_cached_count"),
                                f.duration("prompt_eval_duration"),
                                f.number("eval_count"),
                                f.duration("eval_duration")),
                        f.text("remote_model"),
                        f.text("remote_host"),
                        f.text("rendered_template"),
                        f.integer("image_count"),
                        f.extras());
            default -> null;
        };
    }

    private static List<Logprob> logprobs(Fields fields, String name) {
        List<Logprob> logprobs = fields.list(name, item -> logprob(Fields.of(item)));
        return logprobs == null ? List.of() : logprobs;
    }

    private static Logprob logprob(Fields fields) {
        Double logprob = fields.real("logprob");
        return new Logprob(
                fields.requiredText("token"),
                logprob == null ? Double.NaN : logprob,
                fields.integers("bytes"),
                logprobs(fields, "top_logprobs"));
    }

    private static @Nullable EmbeddingEvent embedding(String name, Fields f) {
        if (name.equals("vector")) {
            List<Double> values = Objects.requireNonNullElse(f.reals("values"), List.of());
            float[] floats = new float[values.size()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = values.get(i).floatValue();
            }
            return EmbeddingEvent.Vector.of(f.requiredInteger("index"), floats);
        }
        return name.equals("done")
                ? new EmbeddingEvent.Done(
                        f.text("model"),
                        f.duration("total_duration"),
                        f.duration("load_duration"),
                        f.number("prompt_eval_count"),
                        f.extras())
                : null;
    }

    private static @Nullable DecisionEvent decision(String name, Fields f) {
        return switch (name) {
            case "choice" ->
                new DecisionEvent.Choice(
                        f.requiredText("question"),
                        f.requiredText("choice"),
                        DecisionReader.probabilities(f.inner("probabilities")),
                        f.real("confidence"),
                        f.extras());
            case "yes_no" ->
                new DecisionEvent.YesNo(f.requiredText("question"), f.requiredReal("probability"), f.extras());
            case "score" ->
                new DecisionEvent.Score(
                        f.requiredText("question"),
                        f.requiredReal("score"),
                        Objects.requireNonNullElse(f.texts("steps"), List.of()),
                        Objects.requireNonNullElse(f.reals("probabilities"), List.of()),
                        f.real("confidence"),
                        f.extras());
            case "other" ->
                new DecisionEvent.Other(
                        f.requiredText("question"), Objects.requireNonNullElse(f.tree("answer"), JsonObject.EMPTY));
            case "unanswered" -> new DecisionEvent.Unanswered(f.requiredText("question"));
            case "decided" ->
                new DecisionEvent.Done(
                        f.text("model"), f.number("input_tokens"), f.number("output_tokens"), f.extras());
            default -> null;
        };
    }

    private static @Nullable ProgressEvent progress(String name, Fields f) {
        return switch (name) {
            case "status" -> new ProgressEvent.Status(f.requiredText("status"), f.extras());
            case "layer" ->
                new ProgressEvent.Layer(
                        f.requiredText("status"),
                        f.requiredText("digest"),
                        f.number("total"),
                        f.requiredNumber("completed"),
                        f.extras());
            case "success" -> new ProgressEvent.Success(f.extras());
            default -> null;
        };
    }

    private static @Nullable ModelEvent model(String name, Fields f, Class<?> asked) {
        return switch (name) {
            // Both have this name; a loaded model says how, an installed one doesn't.
            case "model" ->
                asked == Running.class || (asked != Installed.class && isLoaded(f))
                        ? ModelReaders.running(f)
                        : ModelReaders.installed(f);
            case "shown" -> ModelReaders.shown(f).get(0);
            case "copied" -> new ModelEvent.Copied(f.requiredText("source"), f.requiredText("destination"));
            case "deleted" -> new ModelEvent.Deleted(f.requiredText("model"));
            default -> null;
        };
    }

    private static boolean isLoaded(Fields f) {
        return Stream.of("expires_at", "size_vram", "context_length", "runner").anyMatch(f::has);
    }

    private static @Nullable BlobEvent blob(String name, Fields f) {
        return switch (name) {
            case "uploading" ->
                new BlobEvent.Uploading(f.requiredText("digest"), f.requiredNumber("sent"), f.requiredNumber("total"));
            case "stored" -> new BlobEvent.Stored(f.requiredText("digest"));
            case "already_there" -> new BlobEvent.AlreadyThere(f.requiredText("digest"));
            case "found" -> new BlobEvent.Found(f.requiredText("digest"));
            case "missing" -> new BlobEvent.Missing(f.requiredText("digest"));
            default -> null;
        };
    }

    private static @Nullable ServerEvent server(String name, Fields f) {
        return switch (name) {
            case "version" -> new ServerEvent.Version(f.requiredText("version"), f.extras());
            case "alive" -> new ServerEvent.Alive();
            case "signed_out" -> new ServerEvent.SignedOut();
            case "cloud_status" ->
                new ServerEvent.CloudStatus(Boolean.TRUE.equals(f.bool("disabled")), f.text("source"), f.extras());
            case "account" -> EventReaders.account(f);
            case "recommendation" -> EventReaders.recommendation(f);
            case "recommended_for" ->
                new ServerEvent.RecommendedFor(
                        f.requiredText("application"), f.text("model"), f.text("required_plan"), f.extras());
            case "balance" ->
                new ServerEvent.Balance(
                        f.decimal("included_usd"),
                        f.decimal("allowance_usd"),
                        f.time("period_from"),
                        f.time("period_until"),
                        CloudReaders.remaining(f.inner("session")),
                        CloudReaders.remaining(f.inner("weekly")),
                        f.decimal("purchased_usd"),
                        f.extras());
            default -> null;
        };
    }

    private static @Nullable UsageEvent usage(String name, Fields f) {
        return switch (name) {
            case "usage_bucket" ->
                new UsageEvent.Bucket(
                        f.time("from"),
                        f.time("until"),
                        CloudReaders.counters(f.inner("counters")),
                        Boolean.TRUE.equals(f.bool("partial")),
                        f.extras());
            case "usage_total" ->
                new UsageEvent.Total(
                        f.text("range"),
                        f.text("scope"),
                        f.text("granularity"),
                        f.time("from"),
                        f.time("until"),
                        CloudReaders.counters(f.inner("counters")),
                        f.extras());
            default -> null;
        };
    }

    private static @Nullable WebEvent web(String name, Fields f) {
        return switch (name) {
            case "result" -> new WebEvent.Result(f.text("title"), f.text("url"), f.text("content"), f.extras());
            case "page" -> new WebEvent.Page(f.text("title"), f.text("content"), f.texts("links"), f.extras());
            default -> null;
        };
    }
}
