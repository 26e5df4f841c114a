// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The clock of one answer: waits are counted from moment to moment, so that small delays do not add up. */
final class ResponseClock {

    private final boolean catchesUp;
    private final Scheduler scheduler = Schedulers.parallel();
    private long due = scheduler.now(NANOSECONDS);

    ResponseClock(Pace pace) {
        this.catchesUp = pace.catchesUp();
    }

    /** Completes this long from now, however late we are. */
    Mono<Void> pause(Duration pause) {
        return pause.isZero()
                ? Mono.empty()
                : Mono.defer(() -> {
                    due = Math.max(due, scheduler.now(NANOSECONDS));
                    return after(pause);
                });
    }

    /** Completes this long after the moment before; that is at once when we are late. */
    Mono<Void> after(Duration gap) {
        return Mono.defer(() -> {
            long now = scheduler.now(NANOSECONDS);
            due = due + gap.toNanos();
            if (!catchesUp) {
                due = Math.max(due, now);
            }
            return due <= now
                    ? Mono.empty()
                    : Mono.delay(Duration.ofNanos(due - now), scheduler).then();
        });
    }
}
