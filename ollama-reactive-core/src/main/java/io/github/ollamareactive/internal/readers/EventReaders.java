// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Manifest;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.ModelEvent.Tensor;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ServerEvent.Account;
import io.github.ollamareactive.server.ServerEvent.CloudStatus;
import io.github.ollamareactive.server.ServerEvent.Recommendation;
import io.github.ollamareactive.server.ServerEvent.RecommendedFor;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.server.ThinkingModes;
import io.github.ollamareactive.server.WebEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON to events for every family but the generating one: each response field's name stands here, once. */
public final class EventReaders {
    public static final String DOCUMENT = "the end of its document";

    private EventReaders() {}

    /**
     * {@code GET /api/version}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Version> version() {
        return document(fields -> new Version(fields.requiredText("version"), fields.extras()));
    }

    /**
     * The elements of {@code GET /api/tags}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Installed> installed() {
        return new ElementsReader<>("models", fields -> installed(fields, null));
    }

    /**
     * The elements of {@code GET /api/ps}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Running> running() {
        return new ElementsReader<>("models", fields -> running(fields, null));
    }

    /**
     * The lines of {@code POST /api/pull} and {@code POST /api/push}: without a success they have failed.
     *
     * @return a reader for one answer
     */
    public static EventReader<ProgressEvent> transfer() {
        return new FieldsReader<>("success", EventReaders::progress);
    }

    /**
     * The lines of {@code POST /api/create}: any end is the end.
     *
     * @return a reader for one answer
     */
    public static EventReader<ProgressEvent> creation() {
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            progress(fields, events);
            return true;
        });
    }

    /**
     * {@code POST /api/show}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Shown> shown() {
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            shown(fields).forEach(events::next);
            return true;
        });
    }

    /**
     * {@code POST /api/embeddings}.
     *
     * @param request the request: an empty prompt gives no vector
     * @return a reader for one answer
     */
    public static EventReader<EmbeddingEvent> embedding(JsonObject request) {
        boolean asked = request.get("prompt") instanceof JsonString prompt
                && !prompt.value().isEmpty();
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            List<Float> values = fields.list("embedding", EventReaders::number);
            if (values != null && !values.isEmpty()) {
                float[] floats = new float[values.size()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = values.get(i);
                }
                events.next(EmbeddingEvent.Vector.of(0, floats));
            } else if (asked) {
                throw new MalformedFrame("field 'embedding' has no vector for the prompt", null);
            }
            events.next(new EmbeddingEvent.Done(null, null, null, null, fields.extras()));
            return true;
        });
    }

    /**
     * {@code GET /api/status}.
     *
     * @return a reader for one answer
     */
    public static EventReader<CloudStatus> cloudStatus() {
        return document(fields -> {
            Fields cloud = fields.inner("cloud");
            Boolean disabled = cloud == null ? null : cloud.bool("disabled");
            String source = cloud == null ? null : cloud.text("source");
            return new CloudStatus(Boolean.TRUE.equals(disabled), source, fields.extras());
        });
    }

    /**
     * {@code POST /api/me}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Account> account() {
        return document(fields -> account(fields, null));
    }

    static Account account(Fields fields, @Nullable JsonObject extras) {
        return new Account(
                fields.text("id"),
                fields.text("email"),
                fields.text("name"),
                fields.text("bio"),
                fields.text("avatarurl"),
                fields.text("firstname"),
                fields.text("lastname"),
                fields.text("plan"),
                extras(fields, extras));
    }

    /** Those that were kept, or the fields that nobody has read. */
    private static JsonObject extras(Fields fields, @Nullable JsonObject kept) {
        return kept == null ? fields.extras() : kept;
    }

    /**
     * The elements of a web search.
     *
     * @return a reader for one answer
     */
    public static EventReader<WebEvent.Result> webResult() {
        return new ElementsReader<>(
                "results",
                fields -> new WebEvent.Result(
                        fields.text("title"), fields.text("url"), fields.content("content"), fields.extras()));
    }

    /**
     * The page of a web fetch.
     *
     * @return a reader for one answer
     */
    public static EventReader<WebEvent.Page> webPage() {
        return document(fields -> new WebEvent.Page(
                fields.text("title"), fields.content("content"), fields.texts("links"), fields.extras()));
    }

    /**
     * The elements of {@code GET /api/experimental/model-recommendations}, and the models for applications behind them.
     *
     * @return a reader for one answer
     */
    public static EventReader<ServerEvent> recommendations() {
        return new ElementsReader<>(
                "recommendations", fields -> recommendation(fields, null), EventReaders::recommendedFor);
    }

    static Recommendation recommendation(Fields fields, @Nullable JsonObject extras) {
        return new Recommendation(
                fields.requiredText("model"),
                fields.text("description"),
                fields.number("context_length"),
                fields.number("max_output_tokens"),
                fields.number("vram_bytes"),
                fields.text("required_plan"),
                thinking(fields),
                extras(fields, extras));
    }

    private static List<ServerEvent> recommendedFor(Fields fields) {
        JsonObject mappings = fields.tree("mappings");
        List<ServerEvent> events = new ArrayList<>();
        if (mappings != null) {
            mappings.fields().forEach((application, value) -> {
                Fields mapping = Fields.of(value);
                events.add(new RecommendedFor(
                        application, mapping.text("model"), mapping.text("required_plan"), mapping.extras()));
            });
        }
        return events;
    }

    private static float number(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return EmbedReader.finite(Float.parseFloat(number.literal()));
        }
        throw new MalformedFrame("an embedding holds something that is no number", null);
    }

    /** The description of a model, or of each of its variants where all were asked for. */
    private static List<Shown> shown(Fields fields) {
        List<Fields> manifests = fields.list("manifests", Fields::of);
        if (manifests == null || fields.has("details") || manifests.stream().noneMatch(each -> each.has("details"))) {
            return List.of(shown(fields, fields.text("license"), manifests, null));
        }
        String license = fields.text("license");
        return manifests.stream()
                .map(each -> shown(each, each.has("license") ? each.text("license") : license, null, null))
                .toList();
    }

    static Shown shown(Fields fields, JsonObject extras) {
        return shown(fields, fields.text("license"), fields.list("manifests", Fields::of), extras);
    }

    private static Shown shown(
            Fields fields, @Nullable String license, @Nullable List<Fields> manifests, @Nullable JsonObject extras) {
        return new Shown(
                license,
                fields.text("modelfile"),
                fields.text("parameters"),
                fields.text("template"),
                fields.text("system"),
                fields.text("renderer"),
                fields.text("parser"),
                details(fields.inner("details")),
                fields.list("messages", item -> Message.of(Fields.objectOf(item))),
                fields.text("remote_model"),
                fields.text("remote_host"),
                fields.tree("model_info"),
                fields.tree("projector_info"),
                fields.list("tensors", item -> tensor(Fields.of(item))),
                fields.texts("capabilities"),
                fields.time("modified_at"),
                fields.text("requires"),
                thinking(fields),
                fields.text("template_source"),
                fields.text("runner"),
                manifests == null
                        ? null
                        : manifests.stream().map(EventReaders::manifest).toList(),
                extras(fields, extras));
    }

    private static Manifest manifest(Fields fields) {
        return new Manifest(
                fields.text("digest"),
                fields.text("runner"),
                fields.text("format"),
                Boolean.TRUE.equals(fields.bool("selected")));
    }

    /** Metadata that can't be read is none: the model may think all the same. */
    private static @Nullable ThinkingModes thinking(Fields fields) {
        if (!(fields.any("thinking") instanceof JsonObject modes && modes.get("values") instanceof JsonArray values)) {
            return null;
        }
        List<Think> all = values.items().stream()
                .map(EventReaders::think)
                .filter(Objects::nonNull)
                .toList();
        return new ThinkingModes(all, think(modes.get("default")));
    }

    private static @Nullable Think think(@Nullable JsonValue value) {
        if (value instanceof JsonString level && !level.value().isBlank()) {
            return Think.of(level.value());
        }
        return value instanceof JsonBoolean on ? Think.of(on.value()) : null;
    }

    private static Tensor tensor(Fields fields) {
        List<Long> shape = fields.numbers("shape");
        return new Tensor(fields.requiredText("name"), fields.requiredText("type"), shape == null ? List.of() : shape);
    }

    static <T> EventReader<T> document(Function<Fields, T> event) {
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            events.next(event.apply(fields));
            return true;
        });
    }

    /** @return whether it was the success */
    private static boolean progress(Fields fields, EventSink<? super ProgressEvent> events) {
        ProgressEvent event = progress(fields);
        boolean success = event instanceof ProgressEvent.Success;
        if (success) {
            events.nearlyLast(event);
        } else {
            events.next(event);
        }
        return success;
    }

    private static ProgressEvent progress(Fields fields) {
        String status = fields.requiredText("status");
        String digest = fields.content("digest");
        if (digest != null && !digest.isEmpty()) {
            Long completed = fields.number("completed");
            return new ProgressEvent.Layer(
                    status, digest, fields.number("total"), completed == null ? 0 : completed, fields.extras());
        }
        return status.equals("success")
                ? new ProgressEvent.Success(fields.extras())
                : new ProgressEvent.Status(status, fields.extras());
    }

    static Installed installed(Fields fields, @Nullable JsonObject extras) {
        return new Installed(
                name(fields),
                fields.text("model"),
                fields.time("modified_at"),
                fields.number("size"),
                fields.text("digest"),
                details(fields.inner("details")),
                fields.texts("capabilities"),
                fields.text("remote_model"),
                fields.text("remote_host"),
                extras(fields, extras));
    }

    static Running running(Fields fields, @Nullable JsonObject extras) {
        return new Running(
                name(fields),
                fields.text("model"),
                fields.number("size"),
                fields.number("size_vram"),
                fields.text("digest"),
                details(fields.inner("details")),
                fields.time("expires_at"),
                fields.number("context_length"),
                fields.text("runner"),
                extras(fields, extras));
    }

    /** Some servers send the same under {@code model} only. */
    private static String name(Fields fields) {
        boolean modelOnly = !fields.has("name") && fields.text("model") != null;
        return fields.requiredText(modelOnly ? "model" : "name");
    }

    private static @Nullable ModelDetails details(@Nullable Fields fields) {
        return fields == null
                ? null
                : new ModelDetails(
                        fields.text("parent_model"),
                        fields.text("format"),
                        fields.text("family"),
                        fields.texts("families"),
                        fields.text("parameter_size"),
                        fields.text("quantization_level"),
                        fields.number("context_length"),
                        fields.number("embedding_length"),
                        fields.text("runner"),
                        extras(fields, fields.tree("extras")));
    }
}
