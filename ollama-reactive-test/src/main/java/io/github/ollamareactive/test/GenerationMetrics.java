// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;

/**
 * The numbers of an answer's last line. A zero is left out on the wire, as by the server.
 *
 * @param totalDuration {@code total_duration}
 * @param loadDuration {@code load_duration}
 * @param promptEvalCount {@code prompt_eval_count}: tokens of the prompt
 * @param promptEvalDuration {@code prompt_eval_duration}
 * @param evalCount {@code eval_count}: tokens made
 * @param evalDuration {@code eval_duration}
 */
public record GenerationMetrics(
        Duration totalDuration,
        Duration loadDuration,
        int promptEvalCount,
        Duration promptEvalDuration,
        int evalCount,
        Duration evalDuration) {

    /** No numbers: the last line has none. */
    public static final GenerationMetrics NONE =
            new GenerationMetrics(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0, Duration.ZERO);

    private static final Duration LOAD = Duration.ofMillis(50);
    private static final Duration A_PROMPT_TOKEN = Duration.ofMillis(1);
    private static final Duration A_TOKEN = Duration.ofMillis(20);

    /**
     * What a model of 50 tokens a second would report.
     *
     * @param promptTokens tokens of the prompt
     * @param tokens tokens made
     * @return the numbers
     */
    public static GenerationMetrics of(int promptTokens, int tokens) {
        Duration prompt = A_PROMPT_TOKEN.multipliedBy(promptTokens);
        Duration eval = A_TOKEN.multipliedBy(tokens);
        return new GenerationMetrics(LOAD.plus(prompt).plus(eval), LOAD, promptTokens, prompt, tokens, eval);
    }
}
