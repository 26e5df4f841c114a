// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.response.PacePolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** When the pieces of an answer are written. Waiting blocks no thread; it uses Reactor's parallel scheduler. */
public final class Pace {

    private static final Pace RECORDED = new Pace("recorded", new PacePolicy(gap -> gap, gap -> gap, true));
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
        return new Pace("scaled by " + factor, new PacePolicy(scale, scale, true));
    }

    /**
     * The status at once, then a fixed wait before each piece.
     *
     * @param gap the minimum time before each piece
     * @return the pace
     */
    public static Pace every(Duration gap) {
        Objects.requireNonNull(gap, "gap");
        return new Pace("every " + gap, new PacePolicy(recorded -> gap, recorded -> Duration.ZERO, false));
    }

    PacePolicy policy() {
        return policy;
    }

    @Override
    public String toString() {
        return name;
    }
}
