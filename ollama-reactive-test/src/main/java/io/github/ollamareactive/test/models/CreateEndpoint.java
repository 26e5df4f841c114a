// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ProgressUpdates;
import io.github.ollamareactive.test.internal.json.ModelName;
import io.github.ollamareactive.test.internal.models.Digest;
import io.github.ollamareactive.test.internal.models.Refusal;
import io.github.ollamareactive.test.internal.models.RequestFields;
import io.github.ollamareactive.test.models.ModelStore.Installed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Create: makes models from other models and from uploaded blobs. */
final class CreateEndpoint {

    private static final Set<String> QUANTIZATIONS = Set.of("F32", "F16", "BF16", "Q8_0", "Q4_K_S", "Q4_K_M", "Q4_K");
    /** Ollama's digest for the progress of a quantization. */
    private static final String QUANTIZATION_DIGEST = "0".repeat(19);

    private final ModelStore store;
    private final BlobEndpoints blobs;
    private final TransferEndpoints transfers;

    CreateEndpoint(ModelStore store, BlobEndpoints blobs, TransferEndpoints transfers) {
        this.store = store;
        this.blobs = blobs;
        this.transfers = transfers;
    }

    /** A model on its way, and the progress so far. */
    private record Draft(Model model, ProgressUpdates progress) {}

    Answer create(RequestFields request) {
        ModelName name = ModelName.of(request.model()).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
        for (Map.Entry<String, JsonNode> file : request.get("files").properties()) {
            checkFile(file.getKey(), file.getValue().asString(""));
        }
        String from = request.text("from");
        Draft base;
        if (!from.isEmpty()) {
            ModelName source = ModelName.of(from).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
            ProgressUpdates pulled = ProgressUpdates.create();
            if (store.find(source) == null) {
                pulled = transfers.pull(pulled, source);
            }
            Installed installed = store.find(source);
            if (installed == null) {
                return pulled.answer();
            }
            base = new Draft(derived(installed.model()), pulled);
        } else if (request.get("files").isEmpty()) {
            return errorBeforeStream(400, "neither 'from' or 'files' was specified");
        } else {
            base = fromFiles(name, request.get("files"));
        }
        return finish(name, quantized(base, quantization(request)), base.model(), request);
    }

    private static void checkFile(String path, String digest) {
        if (path.startsWith("/") || path.contains("..")) {
            throw Refusal.of(400, "file path must be relative");
        }
        if (!Digest.isValid(digest)) {
            throw Refusal.of(400, "invalid digest format");
        }
    }

    private static Answer errorBeforeStream(int status, String message) {
        return ProgressUpdates.create().error(message).answer().status(status);
    }

    /** A model with the same weights, which keep their digest under another name. */
    private static Model derived(Model source) {
        String weights = source.data().weights();
        return source.with(copy -> {
            copy.parent = "";
            copy.weights(weights);
        });
    }

    private Draft fromFiles(ModelName name, JsonNode files) {
        ProgressUpdates progress = ProgressUpdates.create();
        String weights = "";
        String format = "";
        long size = 0;
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            String digest = file.getValue().asString();
            BlobEndpoints.Blob blob = blobs.find(digest);
            if (blob == null) {
                throw new Refusal(errorBeforeStream(
                        400,
                        "open /usr/share/ollama/.ollama/models/blobs/" + digest.replace(':', '-')
                                + ": no such file or directory"));
            }
            if (blob.gguf()) {
                progress = progress.status("parsing GGUF");
            } else if (file.getKey().endsWith(".gguf")) {
                throw new Refusal(errorBeforeStream(400, "supplied file was not in GGUF format"));
            }
            if (blob.gguf() || file.getKey().endsWith(".safetensors")) {
                format = blob.gguf() ? "gguf" : format.isEmpty() ? "safetensors" : format;
                weights = Digest.canonical(digest);
                size += blob.size();
            }
        }
        if (format.isEmpty()) {
            throw new Refusal(errorBeforeStream(400, "unknown type"));
        }
        if (format.equals("safetensors")) {
            progress = progress.status("converting model");
        }
        String digest = weights;
        Model model = Model.of(name.display()).quantization("F16").size(size).with(copy -> copy.weights(digest));
        return new Draft(model, progress);
    }

    private static String quantization(RequestFields request) {
        String wanted = request.text("quantize");
        return (wanted.isEmpty() ? request.text("quantization") : wanted).toUpperCase(Locale.ROOT);
    }

    private static Draft quantized(Draft base, String wanted) {
        if (wanted.isEmpty()) {
            return base;
        }
        if (!QUANTIZATIONS.contains(wanted)) {
            throw new Refusal(errorBeforeStream(500, "unsupported quantization type " + wanted));
        }
        ModelData data = base.model().data();
        if (!Set.of("F16", "BF16", "F32").contains(data.quantization)) {
            throw new Refusal(errorBeforeStream(500, "quantization is only supported for F16, F32 and BF16 models"));
        }
        ProgressUpdates progress = base.progress()
                .layer("quantizing F16 model to " + wanted, QUANTIZATION_DIGEST, data.size, data.size / 2, data.size)
                .status("verifying conversion");
        String weights = Digest.of(data.weights() + wanted);
        Model smaller = base.model()
                .quantization(wanted)
                .size(Math.max(1, data.size / 2))
                .with(copy -> copy.weights(weights));
        return new Draft(smaller, progress);
    }

    private Answer finish(ModelName name, Draft draft, Model base, RequestFields request) {
        Model model = changed(draft.model(), request);
        Set<String> known = request.text("from").isEmpty()
                ? Set.of()
                : ModelLayers.of(base).stream().map(ModelLayers.Layer::digest).collect(Collectors.toSet());
        ProgressUpdates progress = draft.progress();
        for (ModelLayers.Layer layer : ModelLayers.of(model)) {
            String status = known.contains(layer.digest()) ? "using existing layer " : "creating new layer ";
            progress = progress.status(status + layer.digest());
        }
        store.put(name, model);
        return progress.status("writing manifest").success().answer();
    }

    /** The model with the template, system message, parameters, messages and licenses of the request. */
    private static Model changed(Model base, RequestFields request) {
        Model model = base;
        if (request.has("template")) {
            model = model.template(request.text("template"));
        }
        if (request.has("system")) {
            model = model.system(request.text("system"));
        }
        if (!request.get("parameters").isEmpty()) {
            Map<String, JsonNode> parameters = new LinkedHashMap<>();
            request.get("parameters")
                    .properties()
                    .forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
            model = model.parameters(parameters);
        }
        List<JsonNode> messages = new ArrayList<>();
        request.get("messages").forEach(messages::add);
        if (!messages.isEmpty()) {
            model = model.with(copy -> copy.messages = List.copyOf(messages));
        }
        List<String> licenses = new ArrayList<>(model.data().licenses);
        licenses.addAll(texts(request.get("license")));
        return model.license(licenses.toArray(String[]::new));
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isString()) {
            texts.add(value.asString());
        }
        value.values().forEach(item -> texts.add(item.asString()));
        return texts;
    }
}
