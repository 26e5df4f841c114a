// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the server measured. The server omits numbers that are zero, and all of them in answers to load, unload and
 * debug requests: an absent number is null, never 0. The cached count is the exception: 0 is sent, and means 0.
 *
 * @param totalDuration from the arrival of the request to the end ({@code total_duration}, nanoseconds on the wire)
 * @param loadDuration until the model was loaded ({@code load_duration})
 * @param promptEvalCount tokens of the prompt, cached ones included ({@code prompt_eval_count})
 * @param promptEvalCachedCount how many of them were in the model's cache and not evaluated ({@code prompt_eval_cached_count});
 *     null when the server doesn't say, as those before 0.33.3
 * @param promptEvalDuration the time to evaluate the prompt, without its cached tokens since 0.33.3
 *     ({@code prompt_eval_duration}); absent when all of them were cached
 * @param evalCount tokens generated, including those that no event shows ({@code eval_count})
 * @param evalDuration the time to generate them ({@code eval_duration})
 */
public record GenerationStats(
        @Nullable Duration totalDuration,
        @Nullable Duration loadDuration,
        @Nullable Long promptEvalCount,
        @Nullable Long promptEvalCachedCount,
        @Nullable Duration promptEvalDuration,
        @Nullable Long evalCount,
        @Nullable Duration evalDuration) {
    /** The value when the server measured nothing. */
    public static final GenerationStats NONE = new GenerationStats(null, null, null, null, null, null, null);

    /**
     * The generation speed: eval_count / eval_duration.
     *
     * @return tokens per second, empty when one of the numbers is absent
     */
    public OptionalDouble tokensPerSecond() {
        return rate(evalCount, evalDuration);
    }

    /**
     * How many tokens of the prompt were evaluated: prompt_eval_count - prompt_eval_cached_count, never below 0. Of a server that
     * doesn't say how many were cached, all of them.
     *
     * @return the number, null when the server doesn't count
     */
    public @Nullable Long promptEvaluatedCount() {
        if (promptEvalCount == null || promptEvalCachedCount == null) {
            return promptEvalCount;
        }
        return Math.max(0, promptEvalCount - promptEvalCachedCount);
    }

    /**
     * The speed of prompt evaluation: {@link #promptEvaluatedCount} / prompt_eval_duration. A server before 0.33.3 doesn't say how many
     * tokens its cache had, so that its rate may be too high.
     *
     * @return tokens per second, empty when a number is absent or nothing was evaluated
     */
    public OptionalDouble promptTokensPerSecond() {
        Long evaluated = promptEvaluatedCount();
        return evaluated == null || evaluated == 0 ? OptionalDouble.empty() : rate(evaluated, promptEvalDuration);
    }

    private static OptionalDouble rate(@Nullable Long count, @Nullable Duration time) {
        return count == null || time == null || time.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(count * 1e9 / time.toNanos());
    }
}
