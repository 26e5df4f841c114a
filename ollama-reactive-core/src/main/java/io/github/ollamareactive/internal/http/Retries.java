// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.HEAD;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.RetryAttempt;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
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
 * to be dead. That is replaced by a new one at once, and doesn't count.
 *
 * @param max how many times at most after refusals; 0 for never
 * @param firstDelay the wait before the first repetition, doubled for each further one
 * @param longestDelay the longest wait, also when the server asks for a longer one
 * @param hook is told of each repetition
 */
public record Retries(int max, Duration firstDelay, Duration longestDelay, Consumer<? super RetryAttempt> hook) {
    /** The server did nothing, and says so. */
    private static final Set<Integer> NOT_BEGUN = Set.of(429, 503);

    /** Besides, a gateway got no good answer from the server, which may have done the work, or still be at it. */
    private static final Set<Integer> MAY_HAVE_BEGUN = Set.of(429, 502, 503, 504);

    /** Refusals under such a status that no wait cures. */
    private static final Set<Kind> PERMANENT = Set.of(Kind.QUOTA_EXCEEDED, Kind.UNSUPPORTED);

    private static final Set<String> READS_BY_POST = Set.of("/api/show", "/api/me");

    /**
     * After which refusals a call is sent again: what only reads, and costs the server nothing, also after those that leave open
     * whether it was done.
     */
    private static Set<Integer> passing(HttpMethod method, String path) {
        boolean reads = method.equals(GET) || method.equals(HEAD) || READS_BY_POST.contains(path);
        return reads ? MAY_HAVE_BEGUN : NOT_BEGUN;
    }

    Retry of(HttpMethod method, String path, Attempt attempt, ErrorMapper errors) {
        Set<Integer> passing = passing(method, path);
        return Retry.from(signals -> Flux.from(signals).concatMap(signal -> {
            if (attempt.unsent || isClosedInPool(signal.failure())) {
                return Mono.just(0L);
            }
            OllamaException error = errors.failure(signal.failure());
            Duration delay = attempt.answered ? null : delay(error, attempt, passing);
            if (delay == null) {
                return Mono.<Long>error(error);
            }
            try {
                hook.accept(new RetryAttempt(++attempt.repetitions, delay, error));
            } catch (RuntimeException e) {
                // The hook watches; what it throws must not hide why the call failed.
                error.addSuppressed(e);
            }
            return delay.isZero() ? Mono.just(0L) : Mono.delay(delay);
        }));
    }

    private @Nullable Duration delay(OllamaException error, Attempt attempt, Set<Integer> passing) {
        if (error instanceof OllamaException.Connection connection) {
            boolean gone = connection.problem() == Problem.CUT || connection.problem() == Problem.RESET;
            attempt.newConnection = attempt.reused && gone;
            return attempt.newConnection ? Duration.ZERO : null;
        } else if (error instanceof OllamaException.Status status
                && passing.contains(status.status())
                && !PERMANENT.contains(status.kind())
                && attempt.refusals < max) {
            attempt.newConnection = false;
            Duration asked = status.retryAfter();
            attempt.refusals++;
            return shorter(asked == null ? backoff(attempt.refusals) : asked, longestDelay);
        }
        return null;
    }

    /** Two pooled connections in a row were closed while they were handed out; so says Reactor Netty, in words alone. */
    private static boolean isClosedInPool(Throwable failure) {
        return failure.getClass() == IOException.class
                && String.valueOf(failure.getMessage()).startsWith("Error while acquiring from");
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
