// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts events to the JSON that {@code --events} prints. Fields have their names on the wire; absent fields are omitted. */
public final class EventJson {
    private EventJson() {}

    /**
     * Converts an event.
     *
     * @param event an event of the client
     * @return the JSON object; its first field is the kind of event
     */
    public static JsonObject of(OllamaEvent event) {
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
        }
        throw new IllegalArgumentException("no JSON for " + event);
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
                .with("context", done.context())
                .with("total_duration", nanos(stats.totalDuration()))
                .with("load_duration", nanos(stats.loadDuration()))
                .with("prompt_eval_count", stats.promptEvalCount())
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
                .with("context_length", running.contextLength());
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
                .with("requires", shown.requires());
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
        return event instanceof ServerEvent.Version version
                ? event("version").with("version", version.version())
                : event("alive");
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
                        .with("embedding_length", details.embeddingLength());
    }

    private static @Nullable List<JsonObject> logprobs(List<Logprob> logprobs) {
        return logprobs.isEmpty()
                ? null
                : logprobs.stream().map(EventJson::logprob).toList();
    }

    private static JsonObject logprob(Logprob logprob) {
        return JsonObject.EMPTY
                .with("token", logprob.token())
                .with("logprob", logprob.logprob())
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
