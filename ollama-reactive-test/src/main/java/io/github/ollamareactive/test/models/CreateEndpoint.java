// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ProgressUpdates;
import io.github.ollamareactive.test.models.ModelStore.Installed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Makes models from others and from uploaded blobs. */
final class CreateEndpoint {

    private static final Set<String> QUANTIZATIONS = Set.of("F32", "F16", "BF16", "Q8_0", "Q4_K_S", "Q4_K_M", "Q4_K");
    private static final String PSEUDO_DIGEST = "0".repeat(19);

    private final ModelStore shelf;
    private final BlobEndpoints blobs;
    private final TransferEndpoints transfers;

    CreateEndpoint(ModelStore shelf, BlobEndpoints blobs, TransferEndpoints transfers) {
        this.shelf = shelf;
        this.blobs = blobs;
        this.transfers = transfers;
    }

    private record Made(Model model, ProgressUpdates progress) {}

    Answer create(RequestFields body) {
        ModelName name = ModelName.of(body.model()).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
        for (Map.Entry<String, JsonNode> file : body.get("files").properties()) {
            checkPath(file.getKey(), file.getValue().asString(""));
        }
        String from = body.text("from");
        Made base;
        if (!from.isEmpty()) {
            ModelName source = ModelName.of(from).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
            ProgressUpdates pulled = ProgressUpdates.create();
            if (shelf.find(source) == null) {
                pulled = transfers.pull(pulled, source);
            }
            Installed installed = shelf.find(source);
            if (installed == null) {
                return pulled.answer();
            }
            Model model = installed.model();
            base = new Made(model.parent("").weights(model.weights()), pulled);
        } else if (body.get("files").isEmpty()) {
            return beforeAnyEvent(400, "neither 'from' or 'files' was specified");
        } else {
            base = fromFiles(name, body.get("files"));
        }
        return finish(name, quantized(base, quantization(body)), base.model(), body);
    }

    private static void checkPath(String path, String digest) {
        if (path.startsWith("/") || path.contains("..")) {
            throw Refusal.of(400, "file path must be relative");
        }
        if (!Digest.isOne(digest)) {
            throw Refusal.of(400, "invalid digest format");
        }
    }

    private static Answer beforeAnyEvent(int status, String words) {
        return ProgressUpdates.create().error(words).answer().status(status);
    }

    private Made fromFiles(ModelName name, JsonNode files) {
        ProgressUpdates progress = ProgressUpdates.create();
        String weights = "";
        String format = "";
        long size = 0;
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            String digest = file.getValue().asString();
            byte[] bytes = blobs.find(digest);
            if (bytes == null) {
                throw new Refusal(beforeAnyEvent(
                        400,
                        "open /usr/share/ollama/.ollama/models/blobs/" + digest.replace(':', '-')
                                + ": no such file or directory"));
            }
            boolean gguf = new String(bytes, 0, Math.min(4, bytes.length), ISO_8859_1).equals("GGUF");
            if (gguf) {
                progress = progress.status("parsing GGUF");
            } else if (file.getKey().endsWith(".gguf")) {
                throw new Refusal(beforeAnyEvent(400, "supplied file was not in GGUF format"));
            }
            if (gguf || file.getKey().endsWith(".safetensors")) {
                format = gguf ? "gguf" : format.isEmpty() ? "safetensors" : format;
                weights = Digest.canonical(digest);
                size += bytes.length;
            }
        }
        if (format.isEmpty()) {
            throw new Refusal(beforeAnyEvent(400, "unknown type"));
        }
        if (format.equals("safetensors")) {
            progress = progress.status("converting model");
        }
        Model model =
                Model.of(name.display()).quantization("F16").weights(weights).size(size);
        return new Made(model, progress);
    }

    private static String quantization(RequestFields body) {
        String wanted = body.text("quantize");
        return (wanted.isEmpty() ? body.text("quantization") : wanted).toUpperCase(Locale.ROOT);
    }

    private static Made quantized(Made base, String wanted) {
        if (wanted.isEmpty()) {
            return base;
        }
        if (!QUANTIZATIONS.contains(wanted)) {
            throw new Refusal(beforeAnyEvent(500, "unsupported quantization type " + wanted));
        }
        if (!Set.of("F16", "BF16", "F32").contains(base.model().quantization())) {
            throw new Refusal(beforeAnyEvent(500, "quantization is only supported for F16, F32 and BF16 models"));
        }
        long size = base.model().weightsSize();
        ProgressUpdates progress = base.progress()
                .layer("quantizing F16 model to " + wanted, PSEUDO_DIGEST, size, size / 2, size)
                .status("verifying conversion");
        Model smaller = base.model()
                .quantization(wanted)
                .size(Math.max(1, size / 2))
                .weights(Digest.of(base.model().weights() + wanted));
        return new Made(smaller, progress);
    }

    private Answer finish(ModelName name, Made made, Model base, RequestFields body) {
        Model model = changed(made.model(), body);
        Set<String> known = body.text("from").isEmpty()
                ? Set.of()
                : ModelLayers.of(base).stream().map(ModelLayers.Layer::digest).collect(Collectors.toSet());
        ProgressUpdates progress = made.progress();
        for (ModelLayers.Layer layer : ModelLayers.of(model)) {
            String what = known.contains(layer.digest()) ? "using existing layer " : "creating new layer ";
            progress = progress.status(what + layer.digest());
        }
        shelf.put(name, model);
        return progress.status("writing manifest").success().answer();
    }

    private static Model changed(Model base, RequestFields body) {
        Model model = base;
        if (body.has("template")) {
            model = model.template(body.text("template"));
        }
        if (body.has("system")) {
            model = model.system(body.text("system"));
        }
        if (!body.get("parameters").isEmpty()) {
            Map<String, JsonNode> parameters = new LinkedHashMap<>();
            body.get("parameters").properties().forEach(one -> parameters.put(one.getKey(), one.getValue()));
            model = model.parameters(parameters);
        }
        List<JsonNode> messages = new ArrayList<>();
        body.get("messages").forEach(messages::add);
        if (!messages.isEmpty()) {
            model = model.messages(messages);
        }
        return model.moreLicenses(texts(body.get("license")));
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isString()) {
            texts.add(value.asString());
        }
        value.values().forEach(one -> texts.add(one.asString()));
        return texts;
    }
}
