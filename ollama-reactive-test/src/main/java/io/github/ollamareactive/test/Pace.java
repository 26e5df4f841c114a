// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** When the pieces of an answer are written. Nobody waits on a thread for it: the times are Reactor's scheduler's. */
public final class Pace {

    private static final Pace RECORDED = new Pace("recorded", gap -> gap, gap -> gap, true);
    private static final Pace AT_ONCE = new Pace("at once", gap -> Duration.ZERO, gap -> Duration.ZERO, true);

    private final String name;
    private final UnaryOperator<Duration> betweenPieces;
    private final UnaryOperator<Duration> aroundThem;
    private final boolean catchesUp;

    private Pace(
            String name, UnaryOperator<Duration> betweenPieces, UnaryOperator<Duration> aroundThem, boolean catchesUp) {
        this.name = name;
        this.betweenPieces = betweenPieces;
        this.aroundThem = aroundThem;
        this.catchesUp = catchesUp;
    }

    /**
     * As recorded: status, pieces and end come as long after the request as they did then. What a slow reader delayed is
     * made up for. Answers that are no recordings come at once.
     *
     * @return the pace
     */
    public static Pace recorded() {
        return RECORDED;
    }

    /**
     * Everything as soon as the socket takes it.
     *
     * @return the pace
     */
    public static Pace atOnce() {
        return AT_ONCE;
    }

    /**
     * As {@link #recorded()}, every gap multiplied.
     *
     * @param factor 0.5 is twice as fast, 2 is half as fast; not negative
     * @return the pace
     */
    public static Pace scaled(double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be a number from 0, but is " + factor);
        }
        UnaryOperator<Duration> scale = gap -> Duration.ofNanos(Math.round(gap.toNanos() * factor));
        return new Pace("scaled by " + factor, scale, scale, true);
    }

    /**
     * Status at once, then a piece after each gap. With {@link Chunking#oneByte()} an answer drips.
     *
     * @param gap the time before each piece, at least
     * @return the pace
     */
    public static Pace every(Duration gap) {
        Objects.requireNonNull(gap, "gap");
        return new Pace("every " + gap, recorded -> gap, recorded -> Duration.ZERO, false);
    }

    Duration beforePiece(Duration recorded) {
        return betweenPieces.apply(recorded);
    }

    /** Before the status and before the end. */
    Duration aroundPieces(Duration recorded) {
        return aroundThem.apply(recorded);
    }

    /** Whether a late piece leaves the times of those after it as they were. */
    boolean catchesUp() {
        return catchesUp;
    }

    @Override
    public String toString() {
        return name;
    }
}
