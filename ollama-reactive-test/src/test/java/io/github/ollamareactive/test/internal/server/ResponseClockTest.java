// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Exact times, on a timer of the test's own. */
class ResponseClockTest {

    private static final Duration BEFORE = Duration.ofNanos(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    private static AtomicBoolean done(Mono<Void> turn) {
        AtomicBoolean done = new AtomicBoolean();
        turn.subscribe(null, null, () -> done.set(true));
        return done;
    }

    private void takes(Mono<Void> turn, Duration duration) {
        AtomicBoolean done = done(turn);
        if (!duration.isZero()) {
            time.advanceTimeBy(duration.minus(BEFORE));
            assertThat(done).isFalse();
            time.advanceTimeBy(BEFORE);
        }
        assertThat(done).isTrue();
    }

    @Test
    void everyWaitIsExact() {
        ResponseClock clock = new ResponseClock(true, time);
        for (Duration gap :
                new Duration[] {Duration.ofNanos(1_234_567), Duration.ZERO, Duration.ofSeconds(3), Duration.ofHours(1)
                }) {
            takes(clock.after(gap), gap);
        }
    }

    @Test
    void aLateResponseCatchesUpOrNot() {
        ResponseClock late = new ResponseClock(true, time);
        ResponseClock steady = new ResponseClock(false, time);
        time.advanceTimeBy(Duration.ofSeconds(5));
        takes(late.after(Duration.ofSeconds(2)), Duration.ZERO);
        takes(late.after(Duration.ofSeconds(2)), Duration.ZERO);
        takes(late.after(Duration.ofSeconds(2)), Duration.ofSeconds(1));
        takes(steady.after(Duration.ofSeconds(2)), Duration.ZERO);
        takes(steady.after(Duration.ofSeconds(2)), Duration.ofSeconds(2));
    }

    @Test
    void aPauseIsFullWhenTheResponseIsLate() {
        ResponseClock clock = new ResponseClock(true, time);
        time.advanceTimeBy(Duration.ofSeconds(5));
        takes(clock.pause(Duration.ofSeconds(2)), Duration.ofSeconds(2));
    }
}
