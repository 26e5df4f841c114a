// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.Images;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.WebEvent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
            return ModelWriters.model(model);
        } else if (event instanceof EmbeddingEvent embedding) {
            return embedding(embedding);
        } else if (event instanceof BlobEvent blob) {
            return blob(blob);
        } else if (event instanceof ServerEvent server) {
            return ServerWriters.server(server);
        } else if (event instanceof DecisionEvent decision) {
            return decision(decision);
        } else if (event instanceof UsageEvent usage) {
            return ServerWriters.usage(usage);
        } else if (event instanceof WebEvent web) {
            return web(web);
        }
        throw new IllegalArgumentException("no JSON form of " + event.getClass().getName());
    }

    static JsonObject event(String name) {
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
            return event("image").with("image", Images.encode(image.toArray()));
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
    static @Nullable String time(@Nullable OffsetDateTime time) {
        return time == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
}
