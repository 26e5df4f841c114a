// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a test scripted for a generation.
 *
 * @param steps the steps, in order
 * @param model the model's name; null for the one that the request names
 * @param doneReason the {@code done_reason}; empty for none
 * @param metrics the numbers of the last line
 * @param context the {@code context} of generate; empty for none
 */
public record GenerationScript(
        List<GenerationStep> steps, @Nullable String model, String doneReason, Metrics metrics, List<Integer> context) {

    /** Writes the numbers of the last line. */
    public interface Metrics {
        void writeTo(ObjectNode line, int promptTokens, int tokens);
    }

    public GenerationScript with(GenerationStep step) {
        List<GenerationStep> more = new ArrayList<>(steps);
        more.add(step);
        return new GenerationScript(List.copyOf(more), model, doneReason, metrics, context);
    }

    public GenerationScript withModel(String name) {
        return new GenerationScript(steps, name, doneReason, metrics, context);
    }

    public GenerationScript withDoneReason(String reason) {
        return new GenerationScript(steps, model, reason, metrics, context);
    }

    public GenerationScript with(Metrics newMetrics) {
        return new GenerationScript(steps, model, doneReason, newMetrics, context);
    }

    public GenerationScript withContext(List<Integer> tokens) {
        return new GenerationScript(steps, model, doneReason, metrics, List.copyOf(tokens));
    }
}
