// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The types of model options. Like Ollama, the kit ignores options that it does not know. */
public final class OptionTypes {

    private static final Set<String> INTEGERS = Set.of(
            "num_ctx",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread",
            "num_keep",
            "num_predict",
            "top_k",
            "repeat_last_n",
            "seed");
    private static final Set<String> FLOATS = Set.of(
            "temperature", "top_p", "min_p", "typical_p", "repeat_penalty", "presence_penalty", "frequency_penalty");

    private OptionTypes() {}

    /** Refuses options whose value has the wrong type. */
    public static void check(JsonNode options) {
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            String name = option.getKey();
            JsonNode value = option.getValue();
            if (value.isNull()) {
                continue;
            }
            if (INTEGERS.contains(name) && !value.isNumber()) {
                throw wrongType(name, "integer");
            }
            if (FLOATS.contains(name) && !value.isNumber()) {
                throw wrongType(name, "float32");
            }
            if (name.equals("use_mmap") && !value.isBoolean()) {
                throw wrongType(name, "boolean");
            }
            if (name.equals("stop") && !value.isArray()) {
                throw wrongType(name, "array");
            }
            if (name.equals("stop") && !value.valueStream().allMatch(JsonNode::isString)) {
                throw wrongType(name, "array of strings");
            }
        }
    }

    private static Refusal wrongType(String name, String type) {
        return Refusal.of(500, "option \"" + name + "\" must be of type " + type);
    }
}
