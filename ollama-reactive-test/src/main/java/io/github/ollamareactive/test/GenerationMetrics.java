// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * The durations and token counts in the last line of a generation. Like Ollama, the kit leaves out zeros.
 *
 * @param totalDuration {@code total_duration}
 * @param loadDuration {@code load_duration}
 * @param promptEvalCount {@code prompt_eval_count}: the tokens of the prompt
 * @param promptEvalDuration {@code prompt_eval_duration}
 * @param evalCount {@code eval_count}: the generated tokens
 * @param evalDuration {@code eval_duration}
 */
public record GenerationMetrics(
        Duration totalDuration,
        Duration loadDuration,
        int promptEvalCount,
        Duration promptEvalDuration,
        int evalCount,
        Duration evalDuration) {

    /** All zeros: the last line has no metrics. */
    public static final GenerationMetrics NONE =
            new GenerationMetrics(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0, Duration.ZERO);

    private static final Duration LOAD = Duration.ofMillis(50);
    private static final Duration PER_PROMPT_TOKEN = Duration.ofMillis(1);
    private static final Duration PER_TOKEN = Duration.ofMillis(20);

    /**
     * The metrics of a model that generates 50 tokens per second.
     *
     * @param promptTokens the tokens of the prompt
     * @param tokens the generated tokens
     * @return the metrics
     */
    public static GenerationMetrics of(int promptTokens, int tokens) {
        Duration prompt = PER_PROMPT_TOKEN.multipliedBy(promptTokens);
        Duration eval = PER_TOKEN.multipliedBy(tokens);
        return new GenerationMetrics(LOAD.plus(prompt).plus(eval), LOAD, promptTokens, prompt, tokens, eval);
    }

    void writeTo(ObjectNode line) {
        put(line, "total_duration", totalDuration.toNanos());
        put(line, "load_duration", loadDuration.toNanos());
        put(line, "prompt_eval_count", promptEvalCount);
        put(line, "prompt_eval_duration", promptEvalDuration.toNanos());
        put(line, "eval_count", evalCount);
        put(line, "eval_duration", evalDuration.toNanos());
    }

    private static void put(ObjectNode line, String name, long number) {
        if (number != 0) {
            line.put(name, number);
        }
    }
}
