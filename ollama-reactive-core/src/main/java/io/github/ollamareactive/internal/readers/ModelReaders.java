// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Manifest;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.ModelEvent.Tensor;
import io.github.ollamareactive.server.ThinkingModes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON to events about models. */
public final class ModelReaders {
    private ModelReaders() {}

    /**
     * The elements of {@code GET /api/tags}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Installed> installed() {
        return new ElementsReader<>("models", ModelReaders::installed);
    }

    /**
     * The elements of {@code GET /api/ps}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Running> running() {
        return new ElementsReader<>("models", ModelReaders::running);
    }

    /**
     * {@code POST /api/show}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Shown> shown() {
        return new FieldsReader<>(EventReaders.DOCUMENT, (fields, events) -> {
            shown(fields).forEach(events::next);
            return true;
        });
    }

    /** The description of a model, or of each of its variants where all were asked for. */
    static List<Shown> shown(Fields fields) {
        List<Fields> manifests = fields.list("manifests", Fields::of);
        if (manifests == null || fields.has("details") || manifests.stream().noneMatch(each -> each.has("details"))) {
            return List.of(shown(fields, fields.text("license"), manifests));
        }
        String license = fields.text("license");
        return manifests.stream()
                .map(each -> {
                    String own = each.text("license");
                    return shown(each, own == null ? license : own, null);
                })
                .toList();
    }

    private static Shown shown(Fields fields, @Nullable String license, @Nullable List<Fields> manifests) {
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
                        : manifests.stream().map(ModelReaders::manifest).toList(),
                fields.extras());
    }

    private static Manifest manifest(Fields fields) {
        return new Manifest(
                fields.text("digest"),
                fields.text("runner"),
                fields.text("format"),
                Boolean.TRUE.equals(fields.bool("selected")));
    }

    /** Metadata that can't be read is none: the model may think all the same. */
    static @Nullable ThinkingModes thinking(Fields fields) {
        if (!(fields.any("thinking") instanceof JsonObject modes && modes.get("values") instanceof JsonArray values)) {
            return null;
        }
        List<Think> all = values.items().stream()
                .map(ModelReaders::think)
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

    static Installed installed(Fields fields) {
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
                fields.extras());
    }

    static Running running(Fields fields) {
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
                fields.extras());
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
                        fields.extras());
    }
}
