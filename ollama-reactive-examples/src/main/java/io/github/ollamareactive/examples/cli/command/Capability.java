// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Installed;
import java.util.List;

/** What a model must be able to do, where none was named. */
public enum Capability {
    GENERATE("completion", "gemma3:270m"),
    EMBED("embedding", "all-minilm:22m");

    private final String capability;
    private final String example;

    Capability(String capability, String example) {
        this.capability = capability;
        this.example = example;
    }

    /** A small model that can. */
    String example() {
        return example;
    }

    /** Servers before 0.30 don't list capabilities; of their models the BERT families embed and the others, as a rule, don't. */
    boolean isIn(Installed model) {
        List<String> capabilities = model.capabilities();
        if (capabilities != null) {
            return capabilities.contains(capability);
        }
        ModelDetails details = model.details();
        String family = details == null ? null : details.family();
        boolean embeds = family != null && family.contains("bert");
        return embeds == (this == EMBED);
    }
}
