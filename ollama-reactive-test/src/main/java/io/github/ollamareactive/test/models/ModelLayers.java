// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.internal.models.Digest;
import java.util.ArrayList;
import java.util.List;

/** The layers that a model is stored in. */
final class ModelLayers {

    private ModelLayers() {}

    record Layer(String digest, long size) {

        static Layer of(String content) {
            return new Layer(Digest.of(content), content.length());
        }
    }

    /** The weights first, the configuration last. */
    static List<Layer> of(Model model) {
        ModelData data = model.data();
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(data.weights(), data.size));
        layers.add(Layer.of(data.template));
        data.licenses.forEach(license -> layers.add(Layer.of(license)));
        if (!data.system.isEmpty()) {
            layers.add(Layer.of(data.system));
        }
        if (!data.parameters.isEmpty()) {
            layers.add(Layer.of(data.parameters.toString()));
        }
        if (!data.messages.isEmpty()) {
            layers.add(Layer.of(data.messages.toString()));
        }
        layers.add(Layer.of(data.format + data.family + data.parameterSize + data.quantization));
        return layers;
    }

    /** The size of all layers. */
    static long totalSize(Model model) {
        return of(model).stream().mapToLong(Layer::size).sum();
    }

    /** The digest of the manifest, without {@code sha256:}. */
    static String manifestDigest(Model model) {
        return Digest.hex(Digest.of(of(model).toString()));
    }
}
