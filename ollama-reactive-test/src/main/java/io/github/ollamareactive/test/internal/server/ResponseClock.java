// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import reactor.core.publisher.Mono;

/**
 * Times the parts of one response. Each wait counts from when the previous one was due, so that delays do not add up. The time
 * is that of the system, whatever schedulers a test has replaced.
 */
final class ResponseClock {

    private final boolean catchesUp;
    private final ScheduledExecutorService timer;
    private long due = System.nanoTime();

    /**
     * Starts now.
     *
     * @param timer an event loop, not a scheduler of Reactor, which virtual time replaces
     */
    ResponseClock(boolean catchesUp, ScheduledExecutorService timer) {
        this.catchesUp = catchesUp;
        this.timer = timer;
    }

    /** Completes after the full pause, even when the response is late. */
    Mono<Void> pause(Duration pause) {
        return pause.isZero()
                ? Mono.empty()
                : Mono.defer(() -> {
                    due += Math.max(0, System.nanoTime() - due);
                    return after(pause);
                });
    }

    /** Completes this long after the previous due time: at once when the response is late and catches up. */
    Mono<Void> after(Duration gap) {
        return Mono.defer(() -> {
            long now = System.nanoTime();
            due += gap.toNanos();
            if (!catchesUp) {
                due += Math.max(0, now - due);
            }
            return due - now <= 0 ? Mono.empty() : turnIn(due - now);
        });
    }

    private Mono<Void> turnIn(long nanos) {
        return Mono.create(sink -> {
            var turn = timer.schedule(() -> sink.success(), nanos, NANOSECONDS);
            sink.onDispose(() -> turn.cancel(false));
        });
    }
}
