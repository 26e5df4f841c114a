// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import static io.github.ollamareactive.internal.readers.EventWriters.event;
import static io.github.ollamareactive.internal.readers.EventWriters.time;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ThinkingModes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events about models to their JSON form, as {@link EventWriters} has it. */
final class ModelWriters {
    private ModelWriters() {}

    static JsonObject model(ModelEvent event) {
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

    static @Nullable JsonObject thinking(@Nullable ThinkingModes modes) {
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
}
