// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.internal.json.ModelName;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.models.KeepAlive;
import io.github.ollamareactive.test.internal.models.Refusal;
import io.github.ollamareactive.test.internal.models.RequestFields;
import io.github.ollamareactive.test.models.ModelStore.Installed;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of installed and loaded models: tags, ps, show, copy, delete. */
final class ModelEndpoints {

    private static final int DEFAULT_CONTEXT_LENGTH = 4096;

    private final ModelStore store;

    ModelEndpoints(ModelStore store) {
        this.store = store;
    }

    ModelStore store() {
        return store;
    }

    Answer tags() {
        return models(store.installed().stream().map(ModelDescriptions::tag));
    }

    Answer running() {
        return models(store.loaded().stream().map(ModelDescriptions::running));
    }

    private static Answer models(Stream<ObjectNode> models) {
        ObjectNode document = WireJson.object();
        document.putArray("models").addAll(models.toList());
        return JsonAnswers.of(document);
    }

    Answer show(RequestFields request) {
        Installed installed = find(request, Refusal.of(400, "model is required"));
        return JsonAnswers.of(ModelDescriptions.show(installed, request.flag("verbose", false)));
    }

    Answer delete(RequestFields request) {
        String sent = request.model().strip();
        if (sent.isEmpty()) {
            throw Refusal.of(400, "model is required");
        }
        ModelName name = ModelName.of(sent).orElseThrow(() -> Refusal.of(400, "name \"" + sent + "\" is invalid"));
        return store.remove(name) ? Answer.of(200) : Errors.modelNotFound(sent);
    }

    Answer copy(RequestFields request) {
        String source = request.text("source");
        String destination = request.text("destination");
        ModelName from =
                ModelName.of(source).orElseThrow(() -> Refusal.of(400, "source \"" + source + "\" is invalid"));
        ModelName to = ModelName.of(destination)
                .orElseThrow(() -> Refusal.of(400, "destination \"" + destination + "\" is invalid"));
        Installed installed = store.find(from);
        if (installed == null) {
            return Errors.modelNotFound(source);
        }
        if (!from.key().equals(to.key())) {
            // A copy has the same manifest, so its weights are those of the original name.
            String weights = installed.model().data().weights();
            store.put(to, installed.model().with(copy -> copy.weights(weights)));
        }
        return Answer.of(200);
    }

    /**
     * The model that a request names.
     *
     * @param nameless the refusal of a request that names none
     */
    Installed find(RequestFields request, Refusal nameless) {
        String sent = request.model().strip();
        if (sent.isEmpty()) {
            throw nameless;
        }
        ModelName name = ModelName.of(sent).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
        Installed installed = store.find(name);
        if (installed == null) {
            throw new Refusal(Errors.modelNotFound(sent));
        }
        return installed;
    }

    /** Loads a model for the request's {@code keep_alive}, which may be no time at all. */
    void load(Model model, RequestFields request) {
        int window = request.get("options").path("num_ctx").asInt(DEFAULT_CONTEXT_LENGTH);
        store.load(
                model,
                Math.min(window, model.data().contextLength),
                KeepAlive.of(request.get("keep_alive")).orElse(null));
    }
}
