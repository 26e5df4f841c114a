// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Times the parts of one response. Each wait counts from when the previous one was due, so that delays do not add up. */
final class ResponseClock {

    private final boolean catchesUp;
    private final Scheduler timer;
    private long due;

    /**
     * Starts now.
     *
     * @param timer one that virtual time does not replace
     */
    ResponseClock(boolean catchesUp, Scheduler timer) {
        this.catchesUp = catchesUp;
        this.timer = timer;
        this.due = timer.now(NANOSECONDS);
    }

    /** Completes after the full pause, even when the response is late. */
    Mono<Void> pause(Duration pause) {
        return pause.isZero()
                ? Mono.empty()
                : Mono.defer(() -> {
                    due = Math.max(due, timer.now(NANOSECONDS));
                    return after(pause);
                });
    }

    /** Completes this long after the previous due time: at once when the response is late and catches up. */
    Mono<Void> after(Duration gap) {
        return Mono.defer(() -> {
            long now = timer.now(NANOSECONDS);
            due = due + gap.toNanos();
            if (!catchesUp) {
                due = Math.max(due, now);
            }
            return due <= now
                    ? Mono.empty()
                    : Mono.delay(Duration.ofNanos(due - now), timer).then();
        });
    }
}
