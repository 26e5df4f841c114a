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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pull and push, and the simulated registry that they transfer from and to. */
final class TransferEndpoints {

    /** Smaller layers are pulled in one step. */
    private static final long SMALL_LAYER = 1000;

    private final ModelStore store;
    private @Nullable Map<String, Model> registry;

    TransferEndpoints(ModelStore store) {
        this.store = store;
    }

    void registry(List<Model> models) {
        Map<String, Model> all = new HashMap<>();
        models.forEach(model -> all.put(ModelName.of(model.name()).orElseThrow().key(), model));
        registry = all;
    }

    private Optional<Model> published(ModelName name) {
        return registry == null ? Optional.of(Model.of(name.display())) : Optional.ofNullable(registry.get(name.key()));
    }

    Answer pull(RequestFields request) {
        ModelName name =
                ModelName.of(request.model().strip()).orElseThrow(() -> new Refusal(Errors.invalidModelName()));
        ProgressUpdates pulled = pull(ProgressUpdates.create(), name);
        return (published(name).isEmpty() ? pulled : pulled.success()).answer();
    }

    /** Installs a model. Adds all lines but {@code success}; ends in an error when the registry lacks the model. */
    ProgressUpdates pull(ProgressUpdates before, ModelName name) {
        ProgressUpdates progress = before.status("pulling manifest");
        Optional<Model> published = published(name);
        if (published.isEmpty()) {
            return progress.error("pull model manifest: file does not exist");
        }
        boolean installed = store.find(name) != null;
        for (ModelLayers.Layer layer : ModelLayers.of(published.get())) {
            long size = layer.size();
            String status = "pulling " + Digest.shortened(layer.digest());
            progress = installed || size < SMALL_LAYER
                    ? progress.layer(status, layer.digest(), size, size)
                    : progress.layer(status, layer.digest(), size, 0, size / 3, size / 3 * 2, size);
        }
        store.put(name, published.get());
        return progress.status("verifying sha256 digest").status("writing manifest");
    }

    Answer push(RequestFields request) {
        String sent = request.model();
        if (sent.isEmpty()) {
            throw Refusal.of(400, "model is required");
        }
        ProgressUpdates progress = ProgressUpdates.create().status("retrieving manifest");
        Installed installed = ModelName.of(sent).map(store::find).orElse(null);
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
