// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Names of models as requests spell them: Ollama adds host, namespace and tag where they are absent, and ignores case. */
public final class ModelNames {

    private static final String HOST = "registry.ollama.ai/";
    private static final String NAMESPACE = "library/";
    private static final String TAG = ":latest";

    private ModelNames() {}

    /** The same for a value in a document; one that is no text stays as it is. */
    public static JsonNode canonical(JsonNode name) {
        return name.isString() ? JsonNodeFactory.instance.stringNode(canonical(name.stringValue())) : name;
    }

    /** The shortest name of the same model that has a tag; an empty text and a path of files stay as they are. */
    public static String canonical(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.startsWith(".")) {
            return name;
        }
        String lower = name.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "");
        String rest = lower.startsWith(HOST) ? lower.substring(HOST.length()) : lower;
        String model = rest.startsWith(NAMESPACE) ? rest.substring(NAMESPACE.length()) : rest;
        return model.indexOf(':', model.lastIndexOf('/') + 1) < 0 ? model + TAG : model;
    }
}
