// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Decides how long a response waits, given the recorded times.
 *
 * @param betweenPieces makes for each response what is asked for the wait before each of its pieces, in their order
 * @param aroundPieces the wait before the head and before the end
 * @param catchesUp whether the waits after a late piece are shortened until the response is on time again
 */
public record PacePolicy(
        Supplier<UnaryOperator<Duration>> betweenPieces, UnaryOperator<Duration> aroundPieces, boolean catchesUp) {

    /** Never waits. */
    public static final PacePolicy AT_ONCE = of(gap -> Duration.ZERO, gap -> Duration.ZERO, true);

    /** A policy in which the wait before a piece doesn't depend on the pieces before. */
    public static PacePolicy of(
            UnaryOperator<Duration> betweenPieces, UnaryOperator<Duration> aroundPieces, boolean catchesUp) {
        return new PacePolicy(() -> betweenPieces, aroundPieces, catchesUp);
    }

    /** The waits before the pieces of one response. */
    public UnaryOperator<Duration> start() {
        return betweenPieces.get();
    }

    public Duration beforeHeadOrEnd(Duration recorded) {
        return aroundPieces.apply(recorded);
    }
}
