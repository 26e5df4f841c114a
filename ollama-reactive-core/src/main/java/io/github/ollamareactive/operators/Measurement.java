// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.internal.received.ClientStatsRecorder;
import io.github.ollamareactive.operators.Observed.Snapshot;
import io.github.ollamareactive.protocol.ClientStats;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.Partial;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** Watches one subscription to a generation. */
final class Measurement {
    /** What comes within so short a time comes in one go, and tells nothing about speed. */
    private static final long BURST = TimeUnit.MILLISECONDS.toNanos(100);

    private final ClientStatsRecorder recorder = new ClientStatsRecorder(now());
    private @Nullable Done done;
    private long tokens;
    private long began;
    private long firstTokens;
    private long firstAt;
    private long lastAt;

    // What was there at two moments before, the later one of which may be a moment ago only.
    private long earlierTokens;
    private long earlierAt = now();
    private long recentTokens;
    private long recentAt = earlierAt;

    /** The scheduler's clock, so that virtual time counts in tests. */
    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }

    void event(GenerationEvent event) {
        long now = now();
        if (event instanceof Token token) {
            recorder.event(now, token.text().length(), true);
        } else if (event instanceof Thinking thinking) {
            recorder.event(now, thinking.text().length(), false);
        } else {
            recorder.event(now, 0, false);
        }
        int brought = tokens(event);
        if (brought > 0) {
            if (tokens == 0) {
                began = now;
            }
            tokens += brought;
            if (now - began < BURST) {
                firstAt = now;
                firstTokens = tokens;
            }
            lastAt = now;
        }
        if (event instanceof Done last) {
            done = last;
        }
    }

    /** How many tokens an event stands for: one for a text, unless it carries the probabilities of several. */
    static int tokens(GenerationEvent event) {
        if (event instanceof Token token) {
            return Math.max(1, token.logprobs().size());
        }
        return event instanceof Thinking thinking
                ? Math.max(1, thinking.logprobs().size())
                : 0;
    }

    /** The numbers so far. */
    ClientStats client() {
        return recorder.stats(now());
    }

    /** The numbers so far, with the speed since the last time that this was asked, or a little longer. */
    Snapshot snapshot() {
        long now = now();
        if (now - recentAt >= BURST) {
            earlierTokens = recentTokens;
            earlierAt = recentAt;
            recentTokens = tokens;
            recentAt = now;
        }
        Double overall = rate(tokens - firstTokens, lastAt - firstAt);
        Double latest = tokens == 0 ? null : rate(tokens - earlierTokens, now - earlierAt);
        return new Snapshot(tokens, overall, latest, recorder.stats(now));
    }

    private static @Nullable Double rate(long count, long nanos) {
        return nanos < BURST ? null : count * 1e9 / nanos;
    }

    /** The error with what came, unless it knows that already, as the client's own errors do. */
    Throwable failure(Throwable error, Function<ClientStats, Partial> received) {
        return error instanceof OllamaException e && e.partial().stats() == null
                ? e.with(received.apply(client()))
                : error;
    }

    /** The numbers when the stream has ended by itself. */
    Summary summary() {
        String reason = done == null ? null : done.reason();
        return summary(reason == null ? Summary.UNKNOWN : reason);
    }

    Summary summary(String reason) {
        return new Summary(reason, done == null ? GenerationStats.NONE : done.stats(), recorder.stats(now()));
    }
}
