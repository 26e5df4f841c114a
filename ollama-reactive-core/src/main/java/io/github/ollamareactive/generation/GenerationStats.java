// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the server measured. The server omits numbers that are zero, and all of them in answers to load, unload and
 * debug requests: an absent number is null, never 0.
 *
 * @param totalDuration from the arrival of the request to the end ({@code total_duration}, nanoseconds on the wire)
 * @param loadDuration until the model was loaded ({@code load_duration})
 * @param promptEvalCount tokens of the prompt, cached ones included ({@code prompt_eval_count})
 * @param promptEvalDuration the time to evaluate the prompt ({@code prompt_eval_duration})
 * @param evalCount tokens generated, including those that no event shows ({@code eval_count})
 * @param evalDuration the time to generate them ({@code eval_duration})
 */
public record GenerationStats(
        @Nullable Duration totalDuration,
        @Nullable Duration loadDuration,
        @Nullable Long promptEvalCount,
        @Nullable Duration promptEvalDuration,
        @Nullable Long evalCount,
        @Nullable Duration evalDuration) {
    /** The value when the server measured nothing. */
    public static final GenerationStats NONE = new GenerationStats(null, null, null, null, null, null);

    /**
     * The generation speed: eval_count / eval_duration.
     *
     * @return tokens per second, empty when one of the numbers is absent
     */
    public OptionalDouble tokensPerSecond() {
        return rate(evalCount, evalDuration);
    }

    /**
     * The speed of prompt evaluation: prompt_eval_count / prompt_eval_duration.
     *
     * @return tokens per second, empty when one of the numbers is absent
     */
    public OptionalDouble promptTokensPerSecond() {
        return rate(promptEvalCount, promptEvalDuration);
    }

    private static OptionalDouble rate(@Nullable Long count, @Nullable Duration time) {
        return count == null || time == null || time.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(count * 1e9 / time.toNanos());
    }
}
