// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.models.ModelStore.Installed;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The models that are there: listed, shown, copied, deleted, loaded. */
final class ModelEndpoints {

    private final ModelStore shelf;

    ModelEndpoints(ModelStore shelf) {
        this.shelf = shelf;
    }

    ModelStore shelf() {
        return shelf;
    }

    Answer tags() {
        return models(shelf.all().stream().map(ModelDescriptions::tag));
    }

    Answer running() {
        return models(shelf.running().stream().map(ModelDescriptions::running));
    }

    private static Answer models(Stream<ObjectNode> models) {
        ObjectNode document = JsonAnswers.object();
        document.putArray("models").addAll(models.toList());
        return JsonAnswers.answer(document);
    }

    Answer show(RequestFields body) {
        Installed installed = find(body, Refusal.of(400, "model is required"));
        return JsonAnswers.answer(ModelDescriptions.show(installed, body.flag("verbose", false)));
    }

    Answer delete(RequestFields body) {
        String sent = body.model().strip();
        if (sent.isEmpty()) {
            throw Refusal.of(400, "model is required");
        }
        ModelName name = ModelName.of(sent).orElseThrow(() -> Refusal.of(400, "name \"" + sent + "\" is invalid"));
        return shelf.remove(name) ? Answer.of(200) : Errors.modelNotFound(sent);
    }

    Answer copy(RequestFields body) {
        String source = body.text("source");
        String destination = body.text("destination");
        ModelName from =
                ModelName.of(source).orElseThrow(() -> Refusal.of(400, "source \"" + source + "\" is invalid"));
        ModelName to = ModelName.of(destination)
                .orElseThrow(() -> Refusal.of(400, "destination \"" + destination + "\" is invalid"));
        Installed installed = shelf.find(from);
        if (installed == null) {
            return Errors.modelNotFound(source);
        }
        if (!from.key().equals(to.key())) {
            // A copy is the same manifest: weights are those of the first name it had.
            shelf.put(to, installed.model().weights(installed.model().weights()));
        }
        return Answer.of(200);
    }

    /** The model that a request names. */
    Installed find(RequestFields body, Refusal nameless) {
        String sent = body.model().strip();
        if (sent.isEmpty()) {
            throw nameless;
        }
        ModelName name = ModelName.of(sent).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
        Installed installed = shelf.find(name);
        if (installed == null) {
            throw new Refusal(Errors.modelNotFound(sent));
        }
        return installed;
    }

    /** Loads a model for as long as the request says; unloads it where that is no time at all. */
    void load(Model model, RequestFields body) {
        int window = body.get("options").path("num_ctx").asInt(4096);
        shelf.load(
                model,
                Math.min(window, model.contextLength()),
                KeepAlive.of(body.get("keep_alive")).orElse(null));
    }
}
