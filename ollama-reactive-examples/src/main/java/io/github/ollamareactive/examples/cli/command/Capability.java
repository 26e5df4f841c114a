// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Installed;
import java.util.List;

/** A capability that a model must have if the user names no model. */
public enum Capability {
    /** Generates text. */
    GENERATE("completion", "gemma3:270m"),
    /** Computes embeddings. */
    EMBED("embedding", "all-minilm:22m");

    private final String wireName;
    private final String exampleModel;

    Capability(String wireName, String exampleModel) {
        this.wireName = wireName;
        this.exampleModel = exampleModel;
    }

    /** A small model with this capability. */
    String exampleModel() {
        return exampleModel;
    }

    /**
     * Whether a model has this capability. Servers before 0.30 list no capabilities; for them the model family decides: the
     * BERT families embed, all others generate.
     */
    boolean isSupportedBy(Installed model) {
        List<String> capabilities = model.capabilities();
        if (capabilities != null) {
            return capabilities.contains(wireName);
        }
        ModelDetails details = model.details();
        String family = details == null ? null : details.family();
        boolean embeds = family != null && family.contains("bert");
        return embeds == (this == EMBED);
    }
}
