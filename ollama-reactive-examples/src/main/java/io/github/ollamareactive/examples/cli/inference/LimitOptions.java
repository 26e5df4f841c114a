// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.input.DurationConverter;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Budget;
import io.github.ollamareactive.operators.Tokens;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** The options that end an answer early. The program cancels the call, and the model stops. */
final class LimitOptions {
    private static final int REPEATED_WORDS = 8;
    private static final int REPETITIONS = 4;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Stop the model after N tokens, thinking included. Default: no limit.")
    private @Nullable Long maxTokens;

    @Option(
            names = "--max-time",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Stop the model after this time: 20s, 1m, or a number of seconds. Default: no limit.")
    private @Nullable Duration maxTime;

    @Option(
            names = "--stop-repetition",
            description = "Stop the model when it repeats the same words, lines or paragraphs again and again.")
    private boolean stopRepetition;

    /**
     * The operator for the events of an answer.
     *
     * @throws IllegalArgumentException if a limit is not positive
     */
    UnaryOperator<Flux<GenerationEvent>> operator() {
        Budget budget = new Budget(
                maxTokens,
                null,
                null,
                maxTime,
                stopRepetition ? new Budget.Repetition(REPEATED_WORDS, REPETITIONS) : null,
                Budget.UNLIMITED.breaks());
        return budget.equals(Budget.UNLIMITED) ? UnaryOperator.identity() : Tokens.until(budget);
    }
}
