// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Rendering;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.BlobEvent.Found;
import io.github.ollamareactive.server.BlobEvent.Missing;
import io.github.ollamareactive.server.BlobEvent.Stored;
import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Copied;
import io.github.ollamareactive.server.ModelEvent.Deleted;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.ModelEvent.Tensor;
import io.github.ollamareactive.server.ProgressEvent.Layer;
import io.github.ollamareactive.server.ProgressEvent.Status;
import io.github.ollamareactive.server.ProgressEvent.Success;
import io.github.ollamareactive.server.ServerEvent.Alive;
import io.github.ollamareactive.server.ServerEvent.CloudStatus;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.server.WebEvent.Page;
import io.github.ollamareactive.server.WebEvent.Result;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads events from JSON in the form that the command line prints them in: names as on the wire, absent fields left out. */
final class EventParser {
    private EventParser() {}

    /**
     * Reads an event.
     *
     * @param n the event
     * @param line the text of the event, in which numbers have their digits
     * @param embeds whether {@code done} is the end of embeddings rather than of a generation
     */
    static OllamaEvent event(JsonNode n, String line, boolean embeds) {
        return switch (n.get("event").asString()) {
            case "token" -> new Token(n.get("text").asString(), logprobs(n.get("logprobs")));
            case "thinking" -> new Thinking(n.get("text").asString(), logprobs(n.get("logprobs")));
            case "tool_called" ->
                new ToolCalled(new ToolCall(
                        text(n, "id"),
                        n.has("index") ? n.get("index").asInt() : null,
                        n.get("name").asString(),
                        (JsonObject) JsonValue.parse(n.get("arguments").toString())));
            case "vector" -> vector(n);
            case "rendering" -> new Rendering(n.get("completed").asLong(), number(n, "total"));
            case "image" ->
                new Image(ByteBuffer.wrap(
                        Base64.getDecoder().decode(n.get("image").asString())));
            case "done" -> embeds ? embedded(n) : done(n);
            case "shown" -> shown(n, line);
            case "copied" ->
                new Copied(n.get("source").asString(), n.get("destination").asString());
            case "deleted" -> new Deleted(n.get("model").asString());
            case "found" -> new Found(n.get("digest").asString());
            case "missing" -> new Missing(n.get("digest").asString());
            case "stored" -> new Stored(n.get("digest").asString());
            case "cloud_status" -> new CloudStatus(n.get("disabled").asBoolean(), text(n, "source"), JsonObject.EMPTY);
            case "status" -> new Status(n.get("status").asString());
            case "layer" ->
                new Layer(
                        n.get("status").asString(),
                        n.get("digest").asString(),
                        number(n, "total"),
                        n.get("completed").asLong());
            case "success" -> new Success();
            case "version" -> new Version(n.get("version").asString());
            case "alive" -> new Alive();
            case "result" ->
                new Result(
                        n.get("title").asString(),
                        n.get("url").asString(),
                        n.get("content").asString());
            case "page" ->
                new Page(
                        n.get("title").asString(),
                        n.get("content").asString(),
                        n.has("links") ? list(n.get("links"), JsonNode::asString) : null,
                        JsonObject.EMPTY);
            case "model" -> n.has("modified_at") ? installed(n) : running(n);
            default -> throw new IllegalArgumentException("unknown event " + n);
        };
    }

    private static Done done(JsonNode n) {
        return new Done(
                text(n, "model"),
                time(n, "created_at"),
                text(n, "done_reason"),
                n.has("context") ? list(n.get("context"), JsonNode::asInt) : null,
                new GenerationStats(
                        nanos(n, "total_duration"),
                        nanos(n, "load_duration"),
                        number(n, "prompt_eval_count"),
                        number(n, "prompt_eval_cached_count"),
                        nanos(n, "prompt_eval_duration"),
                        number(n, "eval_count"),
                        nanos(n, "eval_duration")),
                text(n, "remote_model"),
                text(n, "remote_host"),
                text(n, "rendered_template"),
                null);
    }

    private static Vector vector(JsonNode n) {
        float[] values = new float[n.get("values").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = n.get("values").get(i).floatValue();
        }
        return Vector.of(n.get("index").asInt(), values);
    }

    private static EmbeddingEvent.Done embedded(JsonNode n) {
        return new EmbeddingEvent.Done(
                text(n, "model"),
                nanos(n, "total_duration"),
                nanos(n, "load_duration"),
                number(n, "prompt_eval_count"));
    }

    /** model_info is compared by its text: order and number literals count. */
    private static Shown shown(JsonNode n, String source) {
        // Jackson's tree keeps the numbers' literals only in the text that it came from.
        JsonObject whole = (JsonObject) JsonValue.parse(source);
        return new Shown(
                text(n, "license"),
                text(n, "modelfile"),
                text(n, "parameters"),
                text(n, "template"),
                text(n, "system"),
                text(n, "renderer"),
                text(n, "parser"),
                details(n.get("details")),
                n.has("messages")
                        ? list(n.get("messages"), m -> Message.of((JsonObject) JsonValue.parse(m.toString())))
                        : null,
                text(n, "remote_model"),
                text(n, "remote_host"),
                (JsonObject) whole.get("model_info"),
                (JsonObject) whole.get("projector_info"),
                n.has("tensors")
                        ? list(
                                n.get("tensors"),
                                t -> new Tensor(
                                        t.get("name").asString(),
                                        t.get("type").asString(),
                                        list(t.get("shape"), JsonNode::asLong)))
                        : null,
                n.has("capabilities") ? list(n.get("capabilities"), JsonNode::asString) : null,
                time(n, "modified_at"),
                text(n, "requires"),
                null,
                text(n, "template_source"),
                text(n, "runner"),
                null,
                JsonObject.EMPTY);
    }

    private static Installed installed(JsonNode n) {
        return new Installed(
                n.get("name").asString(),
                text(n, "model"),
                time(n, "modified_at"),
                number(n, "size"),
                text(n, "digest"),
                details(n.get("details")),
                n.has("capabilities") ? list(n.get("capabilities"), JsonNode::asString) : null,
                text(n, "remote_model"),
                text(n, "remote_host"),
                JsonObject.EMPTY);
    }

    private static Running running(JsonNode n) {
        return new Running(
                n.get("name").asString(),
                text(n, "model"),
                number(n, "size"),
                number(n, "size_vram"),
                text(n, "digest"),
                details(n.get("details")),
                time(n, "expires_at"),
                number(n, "context_length"),
                text(n, "runner"),
                JsonObject.EMPTY);
    }

    private static ModelDetails details(JsonNode n) {
        return new ModelDetails(
                text(n, "parent_model"),
                text(n, "format"),
                text(n, "family"),
                n.has("families") ? list(n.get("families"), JsonNode::asString) : null,
                text(n, "parameter_size"),
                text(n, "quantization_level"),
                number(n, "context_length"),
                number(n, "embedding_length"),
                text(n, "runner"),
                JsonObject.EMPTY);
    }

    private static List<Logprob> logprobs(@Nullable JsonNode n) {
        return n == null
                ? List.of()
                : list(
                        n,
                        l -> new Logprob(
                                l.get("token").asString(),
                                l.get("logprob").asDouble(),
                                l.has("bytes") ? list(l.get("bytes"), JsonNode::asInt) : null,
                                logprobs(l.get("top_logprobs"))));
    }

    private static <T> List<T> list(JsonNode n, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        n.forEach(i -> items.add(item.apply(i)));
        return items;
    }

    private static @Nullable String text(JsonNode n, String field) {
        return n.has(field) ? n.get(field).asString() : null;
    }

    private static @Nullable Long number(JsonNode n, String field) {
        return n.has(field) ? n.get(field).asLong() : null;
    }

    private static @Nullable Duration nanos(JsonNode n, String field) {
        return n.has(field) ? Duration.ofNanos(n.get(field).asLong()) : null;
    }

    private static @Nullable OffsetDateTime time(JsonNode n, String field) {
        return n.has(field) ? OffsetDateTime.parse(n.get(field).asString()) : null;
    }
}
