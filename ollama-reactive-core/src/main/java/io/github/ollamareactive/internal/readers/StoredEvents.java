// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.WebEvent;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads events back from the JSON form that {@link EventWriters} gave them. */
final class StoredEvents {
    private StoredEvents() {}

    /**
     * The event that was written.
     *
     * @param json the JSON form
     * @param family the family it is of, since some names are those of events of two families
     */
    static OllamaEvent read(JsonObject json, Class<? extends OllamaEvent> family) {
        Fields fields = new Fields(json);
        String name = fields.requiredText("event");
        @Nullable OllamaEvent event = null;
        if (isOf(family, GenerationEvent.class)) {
            event = generation(name, fields);
        }
        if (event == null && isOf(family, EmbeddingEvent.class)) {
            event = embedding(name, fields);
        }
        if (event == null && isOf(family, DecisionEvent.class)) {
            event = decision(name, fields);
        }
        if (event == null && isOf(family, ProgressEvent.class)) {
            event = progress(name, fields);
        }
        if (event == null && isOf(family, ModelEvent.class)) {
            event = model(name, fields, family);
        }
        if (event == null && isOf(family, BlobEvent.class)) {
            event = blob(name, fields);
        }
        if (event == null && isOf(family, ServerEvent.class)) {
            event = server(name, fields);
        }
        if (event == null && isOf(family, UsageEvent.class)) {
            event = usage(name, fields);
        }
        if (event == null && isOf(family, WebEvent.class)) {
            event = web(name, fields);
        }
        if (event == null || !family.isInstance(event)) {
            throw new IllegalArgumentException("'" + name + "' is no event of " + family.getSimpleName());
        }
        return event;
    }

    /** Whether a family, or one of its events, is asked for. */
    private static boolean isOf(Class<?> asked, Class<?> family) {
        return asked.isAssignableFrom(family) || family.isAssignableFrom(asked);
    }

    static JsonObject extras(Fields fields) {
        JsonObject extras = fields.tree("extras");
        return extras == null ? JsonObject.EMPTY : extras;
    }

    private static String text(String name, Fields fields) {
        return fields.requiredText(name);
    }

    private static long number(String name, Fields fields) {
        return Objects.requireNonNull(fields.number(name), () -> "'" + name + "' is missing");
    }

    private static @Nullable GenerationEvent generation(String name, Fields f) {
        return switch (name) {
            case "token" -> new GenerationEvent.Token(text("text", f), logprobs(f, "logprobs"), extras(f));
            case "thinking" -> new GenerationEvent.Thinking(text("text", f), logprobs(f, "logprobs"), extras(f));
            case "tool_called" ->
                new GenerationEvent.ToolCalled(
                        new ToolCall(
                                f.text("id"),
                                integer(f.number("index")),
                                text("name", f),
                                Objects.requireNonNullElse(f.tree("arguments"), JsonObject.EMPTY)),
                        extras(f));
            case "rendering" -> new GenerationEvent.Rendering(number("completed", f), f.number("total"), extras(f));
            case "image" ->
                new GenerationEvent.Image(ByteBuffer.wrap(ParsedValues.base64(text("image", f))), extras(f));
            case "done" ->
                new GenerationEvent.Done(
                        f.text("model"),
                        f.time("created_at"),
                        f.text("done_reason"),
                        f.list("context", item -> Math.toIntExact(((JsonNumber) item).asLong())),
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
                        integer(f.number("image_count")),
                        extras(f));
            default -> null;
        };
    }

    private static @Nullable Integer integer(@Nullable Long number) {
        return number == null ? null : Math.toIntExact(number);
    }

    private static List<Logprob> logprobs(Fields fields, String name) {
        List<Logprob> logprobs = fields.list(name, item -> logprob(Fields.of(item)));
        return logprobs == null ? List.of() : logprobs;
    }

    private static Logprob logprob(Fields fields) {
        Double logprob = real(fields.any("logprob"));
        List<Integer> bytes = fields.list("bytes", item -> Math.toIntExact(((JsonNumber) item).asLong()));
        return new Logprob(
                text("token", fields), logprob == null ? Double.NaN : logprob, bytes, logprobs(fields, "top_logprobs"));
    }

    private static @Nullable Double real(@Nullable JsonValue value) {
        return value instanceof JsonNumber number ? Double.valueOf(number.literal()) : null;
    }

    private static double requiredReal(String name, Fields fields) {
        return Objects.requireNonNull(real(fields.any(name)), () -> "'" + name + "' is missing");
    }

    private static @Nullable EmbeddingEvent embedding(String name, Fields f) {
        if (name.equals("vector")) {
            List<Float> values = f.list("values", item -> Float.parseFloat(((JsonNumber) item).literal()));
            float[] floats = new float[values == null ? 0 : values.size()];
            for (int i = 0; values != null && i < floats.length; i++) {
                floats[i] = values.get(i);
            }
            return EmbeddingEvent.Vector.of(Math.toIntExact(number("index", f)), floats);
        }
        return name.equals("done")
                ? new EmbeddingEvent.Done(
                        f.text("model"),
                        f.duration("total_duration"),
                        f.duration("load_duration"),
                        f.number("prompt_eval_count"),
                        extras(f))
                : null;
    }

    private static @Nullable DecisionEvent decision(String name, Fields f) {
        return switch (name) {
            case "choice" ->
                new DecisionEvent.Choice(
                        text("question", f),
                        text("choice", f),
                        probabilities(f.tree("probabilities")),
                        real(f.any("confidence")),
                        extras(f));
            case "yes_no" -> new DecisionEvent.YesNo(text("question", f), requiredReal("probability", f), extras(f));
            case "score" ->
                new DecisionEvent.Score(
                        text("question", f),
                        requiredReal("score", f),
                        Objects.requireNonNullElse(f.texts("steps"), List.of()),
                        Objects.requireNonNullElse(f.list("probabilities", item -> real(item)), List.of()),
                        real(f.any("confidence")),
                        extras(f));
            case "other" ->
                new DecisionEvent.Other(
                        text("question", f), Objects.requireNonNullElse(f.tree("answer"), JsonObject.EMPTY));
            case "unanswered" -> new DecisionEvent.Unanswered(text("question", f));
            case "decided" ->
                new DecisionEvent.Done(f.text("model"), f.number("input_tokens"), f.number("output_tokens"), extras(f));
            default -> null;
        };
    }

    private static Map<String, Double> probabilities(@Nullable JsonObject object) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        if (object != null) {
            object.fields()
                    .forEach((option, value) ->
                            probabilities.put(option, Double.valueOf(((JsonNumber) value).literal())));
        }
        return probabilities;
    }

    private static @Nullable ProgressEvent progress(String name, Fields f) {
        return switch (name) {
            case "status" -> new ProgressEvent.Status(text("status", f), extras(f));
            case "layer" ->
                new ProgressEvent.Layer(
                        text("status", f), text("digest", f), f.number("total"), number("completed", f), extras(f));
            case "success" -> new ProgressEvent.Success(extras(f));
            default -> null;
        };
    }

    private static @Nullable ModelEvent model(String name, Fields f, Class<?> family) {
        return switch (name) {
            // Both have this name; a loaded model says how, an installed one doesn't.
            case "model" ->
                family == ModelEvent.Running.class || (family != ModelEvent.Installed.class && isLoaded(f))
                        ? EventReaders.running(f, extras(f))
                        : EventReaders.installed(f, extras(f));
            case "shown" -> EventReaders.shown(f, extras(f));
            case "copied" -> new ModelEvent.Copied(text("source", f), text("destination", f));
            case "deleted" -> new ModelEvent.Deleted(text("model", f));
            default -> null;
        };
    }

    private static boolean isLoaded(Fields f) {
        return f.has("expires_at") || f.has("size_vram") || f.has("context_length") || f.has("runner");
    }

    private static @Nullable BlobEvent blob(String name, Fields f) {
        return switch (name) {
            case "uploading" -> new BlobEvent.Uploading(text("digest", f), number("sent", f), number("total", f));
            case "stored" -> new BlobEvent.Stored(text("digest", f));
            case "already_there" -> new BlobEvent.AlreadyThere(text("digest", f));
            case "found" -> new BlobEvent.Found(text("digest", f));
            case "missing" -> new BlobEvent.Missing(text("digest", f));
            default -> null;
        };
    }

    private static @Nullable ServerEvent server(String name, Fields f) {
        return switch (name) {
            case "version" -> new ServerEvent.Version(text("version", f), extras(f));
            case "alive" -> new ServerEvent.Alive();
            case "signed_out" -> new ServerEvent.SignedOut();
            case "cloud_status" ->
                new ServerEvent.CloudStatus(Boolean.TRUE.equals(f.bool("disabled")), f.text("source"), extras(f));
            case "account" -> EventReaders.account(f, extras(f));
            case "recommendation" -> EventReaders.recommendation(f, extras(f));
            case "recommended_for" ->
                new ServerEvent.RecommendedFor(
                        text("application", f), f.text("model"), f.text("required_plan"), extras(f));
            case "balance" ->
                new ServerEvent.Balance(
                        f.decimal("included_usd"),
                        f.decimal("allowance_usd"),
                        f.time("period_from"),
                        f.time("period_until"),
                        CloudReaders.remaining(f.inner("session")),
                        CloudReaders.remaining(f.inner("weekly")),
                        f.decimal("purchased_usd"),
                        extras(f));
            default -> null;
        };
    }

    private static @Nullable UsageEvent usage(String name, Fields f) {
        Fields counters = f.inner("counters");
        UsageEvent.Counters counted = CloudReaders.counters(counters == null ? new Fields(JsonObject.EMPTY) : counters);
        return switch (name) {
            case "usage_bucket" ->
                new UsageEvent.Bucket(
                        f.time("from"), f.time("until"), counted, Boolean.TRUE.equals(f.bool("partial")), extras(f));
            case "usage_total" ->
                new UsageEvent.Total(
                        f.text("range"),
                        f.text("scope"),
                        f.text("granularity"),
                        f.time("from"),
                        f.time("until"),
                        counted,
                        extras(f));
            default -> null;
        };
    }

    private static @Nullable WebEvent web(String name, Fields f) {
        return switch (name) {
            case "result" -> new WebEvent.Result(f.text("title"), f.text("url"), f.text("content"), extras(f));
            case "page" -> new WebEvent.Page(f.text("title"), f.text("content"), f.texts("links"), extras(f));
            default -> null;
        };
    }
}
