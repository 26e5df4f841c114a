// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import java.util.ArrayList;
import java.util.List;

/** What a model is made of on disk. */
final class ModelLayers {

    private ModelLayers() {}

    record Layer(String digest, long size) {

        static Layer of(String content) {
            return new Layer(Digest.of(content), content.length());
        }
    }

    /** The weights first, the configuration last. */
    static List<Layer> of(Model model) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(model.weights(), model.weightsSize()));
        layers.add(Layer.of(model.template()));
        model.licenses().forEach(license -> layers.add(Layer.of(license)));
        if (!model.system().isEmpty()) {
            layers.add(Layer.of(model.system()));
        }
        if (!model.parameters().isEmpty()) {
            layers.add(Layer.of(model.parameters().toString()));
        }
        if (!model.messages().isEmpty()) {
            layers.add(Layer.of(model.messages().toString()));
        }
        layers.add(Layer.of(model.format() + model.family() + model.parameterSize() + model.quantization()));
        return layers;
    }

    static long size(Model model) {
        return of(model).stream().mapToLong(Layer::size).sum();
    }

    /** The manifest's, without {@code sha256:}. */
    static String digest(Model model) {
        return Digest.hex(Digest.of(of(model).toString()));
    }
}
