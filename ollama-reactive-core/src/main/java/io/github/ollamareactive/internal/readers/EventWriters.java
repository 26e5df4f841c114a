// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ThinkingModes;
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.WebEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events to their JSON form: an object whose field {@code event} says which one it is. Fields have their names on the wire, times are RFC 3339,
 * durations nanoseconds, bytes base64; absent fields are left out. {@link StoredEvents} reads it back.
 */
final class EventWriters {
    private EventWriters() {}

    /** The JSON form of an event. */
    static JsonObject of(OllamaEvent event) {
        JsonObject json = known(event);
        JsonObject extras = event.extras();
        return extras.fields().isEmpty() ? json : json.with("extras", extras);
    }

    private static JsonObject known(OllamaEvent event) {
        if (event instanceof GenerationEvent generation) {
            return generation(generation);
        } else if (event instanceof ProgressEvent progress) {
            return progress(progress);
        } else if (event instanceof ModelEvent model) {
            return model(model);
        } else if (event instanceof EmbeddingEvent embedding) {
            return embedding(embedding);
        } else if (event instanceof BlobEvent blob) {
            return blob(blob);
        } else if (event instanceof ServerEvent server) {
            return server(server);
        } else if (event instanceof DecisionEvent decision) {
            return decision(decision);
        } else if (event instanceof UsageEvent usage) {
            return usage(usage);
        } else if (event instanceof WebEvent web) {
            return web(web);
        }
        throw new IllegalArgumentException("no JSON form of " + event.getClass().getName());
    }

    private static JsonObject event(String name) {
        return JsonObject.EMPTY.with("event", name);
    }

    private static JsonObject generation(GenerationEvent event) {
        if (event instanceof GenerationEvent.Token token) {
            return event("token").with("text", token.text()).with("logprobs", logprobs(token.logprobs()));
        } else if (event instanceof GenerationEvent.Thinking thinking) {
            return event("thinking").with("text", thinking.text()).with("logprobs", logprobs(thinking.logprobs()));
        } else if (event instanceof GenerationEvent.ToolCalled called) {
            return event("tool_called")
                    .with("id", called.call().id())
                    .with("index", called.call().index())
                    .with("name", called.call().name())
                    .with("arguments", called.call().arguments());
        } else if (event instanceof GenerationEvent.Rendering rendering) {
            return event("rendering").with("completed", rendering.completed()).with("total", rendering.total());
        } else if (event instanceof GenerationEvent.Image image) {
            return event("image").with("image", base64(image.bytes()));
        }
        return done((GenerationEvent.Done) event);
    }

    private static JsonObject done(GenerationEvent.Done done) {
        GenerationStats stats = done.stats();
        return event("done")
                .with("model", done.model())
                .with("remote_model", done.remoteModel())
                .with("remote_host", done.remoteHost())
                .with("created_at", time(done.createdAt()))
                .with("done_reason", done.reason())
                .with("rendered_template", done.renderedTemplate())
                .with("image_count", done.imageCount())
                .with("context", done.context())
                .with("total_duration", nanos(stats.totalDuration()))
                .with("load_duration", nanos(stats.loadDuration()))
                .with("prompt_eval_count", stats.promptEvalCount())
                .with("prompt_eval_cached_count", stats.promptEvalCachedCount())
                .with("prompt_eval_duration", nanos(stats.promptEvalDuration()))
                .with("eval_count", stats.evalCount())
                .with("eval_duration", nanos(stats.evalDuration()));
    }

    private static JsonObject progress(ProgressEvent event) {
        if (event instanceof ProgressEvent.Layer layer) {
            return event("layer")
                    .with("status", layer.status())
                    .with("digest", layer.digest())
                    .with("total", layer.total())
                    .with("completed", layer.completed());
        } else if (event instanceof ProgressEvent.Status status) {
            return event("status").with("status", status.status());
        }
        return event("success");
    }

    private static JsonObject model(ModelEvent event) {
        if (event instanceof ModelEvent.Installed installed) {
            return event("model")
                    .with("name", installed.name())
                    .with("model", installed.model())
                    .with("remote_model", installed.remoteModel())
                    .with("remote_host", installed.remoteHost())
                    .with("modified_at", time(installed.modifiedAt()))
                    .with("size", installed.size())
                    .with("digest", installed.digest())
                    .with("details", details(installed.details()))
                    .with("capabilities", installed.capabilities());
        } else if (event instanceof ModelEvent.Running running) {
            return running(running);
        } else if (event instanceof ModelEvent.Copied copied) {
            return event("copied").with("source", copied.source()).with("destination", copied.destination());
        } else if (event instanceof ModelEvent.Deleted deleted) {
            return event("deleted").with("model", deleted.model());
        }
        return shown((ModelEvent.Shown) event);
    }

    private static JsonObject running(ModelEvent.Running running) {
        return event("model")
                .with("name", running.name())
                .with("model", running.model())
                .with("size", running.size())
                .with("digest", running.digest())
                .with("details", details(running.details()))
                .with("expires_at", time(running.expiresAt()))
                .with("size_vram", running.sizeVram())
                .with("context_length", running.contextLength())
                .with("runner", running.runner());
    }

    private static JsonObject shown(ModelEvent.Shown shown) {
        return event("shown")
                .with("license", shown.license())
                .with("modelfile", shown.modelfile())
                .with("parameters", shown.parameters())
                .with("template", shown.template())
                .with("system", shown.system())
                .with("renderer", shown.renderer())
                .with("parser", shown.parser())
                .with("details", details(shown.details()))
                .with("messages", shown.messages())
                .with("remote_model", shown.remoteModel())
                .with("remote_host", shown.remoteHost())
                .with("model_info", shown.modelInfo())
                .with("projector_info", shown.projectorInfo())
                .with("tensors", tensors(shown.tensors()))
                .with("capabilities", shown.capabilities())
                .with("modified_at", time(shown.modifiedAt()))
                .with("requires", shown.requires())
                .with("thinking", thinking(shown.thinking()))
                .with("template_source", shown.templateSource())
                .with("runner", shown.runner())
                .with("manifests", manifests(shown.manifests()));
    }

    private static @Nullable JsonObject thinking(@Nullable ThinkingModes modes) {
        return modes == null
                ? null
                : JsonObject.EMPTY.with("values", modes.values()).with("default", modes.defaultValue());
    }

    private static @Nullable List<JsonObject> manifests(@Nullable List<ModelEvent.Manifest> manifests) {
        return manifests == null
                ? null
                : manifests.stream()
                        .map(manifest -> JsonObject.EMPTY
                                .with("digest", manifest.digest())
                                .with("runner", manifest.runner())
                                .with("format", manifest.format())
                                .with("selected", manifest.selected()))
                        .toList();
    }

    private static @Nullable List<JsonObject> tensors(@Nullable List<ModelEvent.Tensor> tensors) {
        return tensors == null
                ? null
                : tensors.stream()
                        .map(tensor -> JsonObject.EMPTY
                                .with("name", tensor.name())
                                .with("type", tensor.type())
                                .with("shape", tensor.shape()))
                        .toList();
    }

    private static JsonObject embedding(EmbeddingEvent event) {
        if (event instanceof EmbeddingEvent.Vector vector) {
            List<Float> values = new ArrayList<>(vector.size());
            for (int i = 0; i < vector.size(); i++) {
                values.add(vector.get(i));
            }
            return event("vector").with("index", vector.index()).with("values", values);
        }
        EmbeddingEvent.Done done = (EmbeddingEvent.Done) event;
        return event("done")
                .with("model", done.model())
                .with("total_duration", nanos(done.totalDuration()))
                .with("load_duration", nanos(done.loadDuration()))
                .with("prompt_eval_count", done.promptEvalCount());
    }

    private static JsonObject blob(BlobEvent event) {
        if (event instanceof BlobEvent.Uploading uploading) {
            return event("uploading")
                    .with("digest", uploading.digest())
                    .with("sent", uploading.sent())
                    .with("total", uploading.total());
        }
        String name = event instanceof BlobEvent.Stored
                ? "stored"
                : event instanceof BlobEvent.AlreadyThere
                        ? "already_there"
                        : event instanceof BlobEvent.Found ? "found" : "missing";
        return event(name).with("digest", event.digest());
    }

    private static JsonObject server(ServerEvent event) {
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
                    .with("thinking", thinking(recommendation.thinking()));
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

    private static JsonObject decision(DecisionEvent event) {
        if (event instanceof DecisionEvent.Choice choice) {
            return event("choice")
                    .with("question", choice.question())
                    .with("choice", choice.choice())
                    .with("probabilities", choice.probabilities())
                    .with("confidence", choice.confidence());
        } else if (event instanceof DecisionEvent.YesNo yesNo) {
            return event("yes_no").with("question", yesNo.question()).with("probability", yesNo.probability());
        } else if (event instanceof DecisionEvent.Score score) {
            return event("score")
                    .with("question", score.question())
                    .with("score", score.score())
                    .with("steps", score.steps())
                    .with("probabilities", score.probabilities())
                    .with("confidence", score.confidence());
        } else if (event instanceof DecisionEvent.Other other) {
            return event("other").with("question", other.question()).with("answer", other.answer());
        } else if (event instanceof DecisionEvent.Unanswered unanswered) {
            return event("unanswered").with("question", unanswered.question());
        }
        DecisionEvent.Done done = (DecisionEvent.Done) event;
        return event("decided")
                .with("model", done.model())
                .with("input_tokens", done.inputTokens())
                .with("output_tokens", done.outputTokens());
    }

    private static JsonObject usage(UsageEvent event) {
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

    private static JsonObject web(WebEvent event) {
        if (event instanceof WebEvent.Result result) {
            return event("result")
                    .with("title", result.title())
                    .with("url", result.url())
                    .with("content", result.content());
        }
        WebEvent.Page page = (WebEvent.Page) event;
        return event("page")
                .with("title", page.title())
                .with("content", page.content())
                .with("links", page.links());
    }

    private static @Nullable JsonObject details(@Nullable ModelDetails details) {
        return details == null
                ? null
                : JsonObject.EMPTY
                        .with("parent_model", details.parentModel())
                        .with("format", details.format())
                        .with("family", details.family())
                        .with("families", details.families())
                        .with("parameter_size", details.parameterSize())
                        .with("quantization_level", details.quantizationLevel())
                        .with("context_length", details.contextLength())
                        .with("embedding_length", details.embeddingLength())
                        .with("runner", details.runner())
                        .with("extras", details.extras().fields().isEmpty() ? null : details.extras());
    }

    private static @Nullable List<JsonObject> logprobs(List<Logprob> logprobs) {
        return logprobs.isEmpty()
                ? null
                : logprobs.stream().map(EventWriters::logprob).toList();
    }

    private static JsonObject logprob(Logprob logprob) {
        return JsonObject.EMPTY
                .with("token", logprob.token())
                .with("logprob", Double.isNaN(logprob.logprob()) ? null : logprob.logprob())
                .with("bytes", logprob.bytes())
                .with("top_logprobs", logprobs(logprob.topLogprobs()));
    }

    private static @Nullable Long nanos(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos();
    }

    /** RFC 3339 requires seconds, and {@link OffsetDateTime#toString} omits them if they are zero. */
    private static @Nullable String time(@Nullable OffsetDateTime time) {
        return time == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
