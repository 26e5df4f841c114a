// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Decides how long a response waits, given the recorded times.
 *
 * @param betweenPieces the wait before each piece
 * @param aroundPieces the wait before the head and before the end
 * @param catchesUp whether the waits after a late piece are shortened until the response is on time again
 */
public record PacePolicy(
        UnaryOperator<Duration> betweenPieces, UnaryOperator<Duration> aroundPieces, boolean catchesUp) {

    /** Never waits. */
    public static final PacePolicy AT_ONCE = new PacePolicy(gap -> Duration.ZERO, gap -> Duration.ZERO, true);

    public Duration beforePiece(Duration recorded) {
        return betweenPieces.apply(recorded);
    }

    public Duration beforeHeadOrEnd(Duration recorded) {
        return aroundPieces.apply(recorded);
    }
}
