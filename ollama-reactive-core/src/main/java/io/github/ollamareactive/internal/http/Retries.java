// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.RetryAttempt;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends a call again that no answer began to: after a refusal that may pass, and after a pooled connection that turned out
 * to be dead.
 *
 * @param max how many times at most; 0 for never
 * @param firstDelay the wait before the first repetition, doubled for each further one
 * @param longestDelay the longest wait, also when the server asks for a longer one
 * @param hook is told of each repetition
 */
public record Retries(int max, Duration firstDelay, Duration longestDelay, Consumer<? super RetryAttempt> hook) {
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    /** What happened to the latest attempt. */
    public static final class Attempt {
        /** Whether it went out over a connection that had served before. */
        volatile boolean reused;

        /** Whether an answer began. */
        volatile boolean answered;
    }

    public Retry of(Attempt attempt, ErrorMapper errors) {
        return Retry.from(signals -> Flux.from(signals).concatMap(signal -> {
            OllamaException error = errors.failure(signal.failure());
            int number = (int) signal.totalRetries() + 1;
            Duration delay = number > max || attempt.answered ? null : delay(error, number, attempt.reused);
            if (delay == null) {
                return Mono.<Long>error(error);
            }
            try {
                hook.accept(new RetryAttempt(number, delay, error));
            } catch (RuntimeException e) {
                // The hook watches; what it throws must not hide why the call failed.
                error.addSuppressed(e);
            }
            return delay.isZero() ? Mono.just(0L) : Mono.delay(delay);
        }));
    }

    private @Nullable Duration delay(OllamaException error, int number, boolean reused) {
        if (error instanceof OllamaException.Connection connection) {
            boolean gone = connection.problem() == Problem.CUT || connection.problem() == Problem.RESET;
            return reused && gone ? Duration.ZERO : null;
        } else if (error instanceof OllamaException.Status status && PASSING.contains(status.status())) {
            Duration asked = status.retryAfter();
            return shorter(asked == null ? backoff(number) : asked, longestDelay);
        }
        return null;
    }

    /** Between half of the doubled delay and the whole: calls that failed together don't come back together. */
    private Duration backoff(int number) {
        long whole = firstDelay.toMillis() << Math.min(number - 1, 20);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(whole / 2, whole + 1));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
