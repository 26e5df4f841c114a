// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.response.PacePolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** When the pieces of an answer are written. Waiting blocks no thread; it uses Reactor's parallel scheduler. */
public final class Pace {

    private static final Pace RECORDED = new Pace("recorded", PacePolicy.of(gap -> gap, gap -> gap, true));
    private static final Pace AT_ONCE = new Pace("at once", PacePolicy.AT_ONCE);

    private final String name;
    private final PacePolicy policy;

    private Pace(String name, PacePolicy policy) {
        this.name = name;
        this.policy = policy;
    }

    /**
     * The recorded times: status, pieces and end are written as long after the request as they were recorded. After a delay
     * by a slow reader the waits are shortened until the answer is on time again. Answers that are not recordings are written
     * at once.
     *
     * @return the pace
     */
    public static Pace recorded() {
        return RECORDED;
    }

    /**
     * No waits: each piece is written as soon as the socket accepts it.
     *
     * @return the pace
     */
    public static Pace atOnce() {
        return AT_ONCE;
    }

    /**
     * As {@link #recorded()}, with each wait multiplied by a factor.
     *
     * @param factor 0.5 is twice as fast, 2 is half as fast; not negative
     * @return the pace
     */
    public static Pace scaled(double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be finite and not negative, but is " + factor);
        }
        UnaryOperator<Duration> scale = gap -> Duration.ofNanos(Math.round(gap.toNanos() * factor));
        return new Pace("scaled by " + factor, PacePolicy.of(scale, scale, true));
    }

    /**
     * The status at once, then a fixed wait before each piece.
     *
     * @param gap the minimum time before each piece
     * @return the pace
     */
    public static Pace every(Duration gap) {
        Objects.requireNonNull(gap, "gap");
        return new Pace("every " + gap, PacePolicy.of(recorded -> gap, recorded -> Duration.ZERO, false));
    }

    /**
     * The pace of a model: the status at once, a wait for the first piece, then pieces at a constant rate.
     *
     * @param firstToken the time before the first piece, in which a model reads the prompt
     * @param tokensPerSecond the pieces for each second after the first one, at least one in 100,000 seconds
     * @return the pace
     */
    public static Pace tokens(Duration firstToken, double tokensPerSecond) {
        return tokens(firstToken, tokensPerSecond, 0, 0);
    }

    /**
     * As {@link #tokens(Duration, double)}, with waits that vary. They are the same for every answer of this pace.
     *
     * @param firstToken the time before the first piece
     * @param tokensPerSecond the pieces for each second after the first one, on average
     * @param jitter how far a wait may deviate from the average, as a part of it: 0 for none to 1 for no wait to twice the wait
     * @param seed the seed of the random numbers
     * @return the pace
     */
    public static Pace tokens(Duration firstToken, double tokensPerSecond, double jitter, long seed) {
        Objects.requireNonNull(firstToken, "firstToken");
        if (firstToken.isNegative()) {
            throw new IllegalArgumentException("firstToken must not be negative, but is " + firstToken);
        }
        if (!(tokensPerSecond >= 1e-5) || Double.isInfinite(tokensPerSecond)) {
            throw new IllegalArgumentException(
                    "tokensPerSecond must be finite and 0.00001 or more, but is " + tokensPerSecond);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but is " + jitter);
        }
        double average = 1e9 / tokensPerSecond;
        String name = firstToken + ", then " + tokensPerSecond + " tokens/s"
                + (jitter > 0 ? ", jitter " + jitter + ", seed " + seed : "");
        return new Pace(
                name, new PacePolicy(() -> waits(firstToken, average, jitter, seed), gap -> Duration.ZERO, false));
    }

    private static UnaryOperator<Duration> waits(Duration first, double averageNanos, double jitter, long seed) {
        Random random = new Random(seed);
        AtomicBoolean begun = new AtomicBoolean();
        return gap -> {
            if (!begun.getAndSet(true)) {
                return first;
            }
            double factor = 1 + jitter * (2 * random.nextDouble() - 1);
            return Duration.ofNanos(Math.round(averageNanos * factor));
        };
    }

    PacePolicy policy() {
        return policy;
    }

    @Override
    public String toString() {
        return name;
    }
}
