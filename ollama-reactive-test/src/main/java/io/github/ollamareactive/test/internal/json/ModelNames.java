// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.Locale;

/** Names of models as requests spell them: Ollama adds host, namespace and tag where they are absent, and ignores case. */
public final class ModelNames {

    private static final String HOST = "registry.ollama.ai/";
    private static final String NAMESPACE = "library/";
    private static final String TAG = ":latest";

    private ModelNames() {}

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
