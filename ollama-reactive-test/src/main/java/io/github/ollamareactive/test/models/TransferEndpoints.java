// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ProgressUpdates;
import io.github.ollamareactive.test.models.ModelStore.Installed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pulls and pushes, against a registry that is not there. */
final class TransferEndpoints {

    private final ModelStore shelf;
    private @Nullable Map<String, Model> registry;

    TransferEndpoints(ModelStore shelf) {
        this.shelf = shelf;
    }

    void registry(List<Model> models) {
        Map<String, Model> all = new HashMap<>();
        models.forEach(model -> all.put(ModelName.of(model.name()).orElseThrow().key(), model));
        registry = all;
    }

    private Optional<Model> published(ModelName name) {
        return registry == null ? Optional.of(Model.of(name.display())) : Optional.ofNullable(registry.get(name.key()));
    }

    Answer pull(RequestFields body) {
        ModelName name = ModelName.of(body.model().strip()).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
        ProgressUpdates pulled = pull(ProgressUpdates.create(), name);
        return (published(name).isEmpty() ? pulled : pulled.success()).answer();
    }

    /** All lines but the last: another may follow. Ends in an error where the registry has no such model. */
    ProgressUpdates pull(ProgressUpdates before, ModelName name) {
        ProgressUpdates progress = before.status("pulling manifest");
        Optional<Model> published = published(name);
        if (published.isEmpty()) {
            return progress.error("pull model manifest: file does not exist");
        }
        boolean there = shelf.find(name) != null;
        for (ModelLayers.Layer layer : ModelLayers.of(published.get())) {
            long size = layer.size();
            String status = "pulling " + Digest.shortened(layer.digest());
            progress = there || size < 1000
                    ? progress.layer(status, layer.digest(), size, size)
                    : progress.layer(status, layer.digest(), size, 0, size / 3, size / 3 * 2, size);
        }
        shelf.put(name, published.get());
        return progress.status("verifying sha256 digest").status("writing manifest");
    }

    Answer push(RequestFields body) {
        String sent = body.model();
        if (sent.isEmpty()) {
            throw Refusal.of(400, "model is required");
        }
        ProgressUpdates progress = ProgressUpdates.create().status("retrieving manifest");
        Installed installed = ModelName.of(sent).map(shelf::find).orElse(null);
        if (installed == null) {
            return progress.status("couldn't retrieve manifest")
                    .error("open manifest of " + sent + ": no such file or directory")
                    .answer();
        }
        for (ModelLayers.Layer layer : ModelLayers.of(installed.model())) {
            progress = progress.layer(
                    "pushing " + Digest.shortened(layer.digest()), layer.digest(), layer.size(), layer.size());
        }
        return progress.status("pushing manifest").success().answer();
    }
}
