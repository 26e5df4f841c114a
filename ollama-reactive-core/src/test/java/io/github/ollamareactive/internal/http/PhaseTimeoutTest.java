// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.internal.http.PhaseTimeout.Limits;
import io.github.ollamareactive.internal.http.PhaseTimeout.PhaseTimeoutException;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Which clock runs when, in virtual time. */
final class PhaseTimeoutTest {
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration REAL = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(1);

    private final TestPublisher<String> source = TestPublisher.create();
    private final PhaseTimeout.Sending sending = new PhaseTimeout.Sending();

    private Flux<String> guarded(Duration total) {
        return new PhaseTimeout<>(source.flux(), new Limits(FIRST, IDLE, total), sending);
    }

    private static Consumer<Throwable> phase(Phase phase, Duration limit) {
        return e -> {
            assertThat(((PhaseTimeoutException) e).phase).isEqualTo(phase);
            assertThat(((PhaseTimeoutException) e).limit).isEqualTo(limit);
        };
    }

    @Test
    void theFirstHasItsOwnLimit() {
        StepVerifier.withVirtualTime(() -> guarded(null))
                .expectSubscription()
                .expectNoEvent(FIRST.minus(TICK))
                .thenAwait(TICK)
                .expectErrorSatisfies(phase(Phase.FIRST_EVENT, FIRST))
                .verify(REAL);
        source.assertCancelled();
    }

    @Test
    void laterOnesHaveAnotherThatStartsAnewEachTime() {
        StepVerifier.withVirtualTime(() -> guarded(null))
                .expectSubscription()
                .expectNoEvent(FIRST.minus(TICK))
                .then(() -> source.next("a"))
                .expectNext("a")
                .expectNoEvent(IDLE.minus(TICK))
                .then(() -> source.next("b"))
                .expectNext("b")
                .expectNoEvent(IDLE.minus(TICK))
                .thenAwait(TICK)
                .expectErrorSatisfies(phase(Phase.IDLE, IDLE))
                .verify(REAL);
        source.assertCancelled();
    }

    @Test
    void noClockRunsWhileNothingIsAskedFor() {
        StepVerifier.withVirtualTime(() -> guarded(null), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofDays(1))
                .thenRequest(1)
                .then(() -> source.next("a"))
                .expectNext("a")
                .expectNoEvent(Duration.ofDays(1))
                .thenRequest(1)
                .expectNoEvent(IDLE.minus(TICK))
                .thenAwait(TICK)
                .expectErrorSatisfies(phase(Phase.IDLE, IDLE))
                .verify(REAL);
    }

    @Test
    void demandThatComesLateStartsTheFirstClock() {
        // Some limit on the whole: virtual time doesn't pass while nothing at all is scheduled.
        StepVerifier.withVirtualTime(() -> guarded(Duration.ofDays(30)), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofDays(1))
                .thenRequest(1)
                .expectNoEvent(FIRST.minus(TICK))
                .thenAwait(TICK)
                .expectErrorSatisfies(phase(Phase.FIRST_EVENT, FIRST))
                .verify(REAL);
    }

    @Test
    void theFirstClockStartsAnewWithEachPieceThatIsSent() {
        StepVerifier.withVirtualTime(() -> guarded(null))
                .expectSubscription()
                .expectNoEvent(FIRST.minus(TICK))
                .then(sending::piece)
                .expectNoEvent(FIRST.minus(TICK))
                .then(sending::piece)
                .expectNoEvent(FIRST.minus(TICK))
                .thenAwait(TICK)
                .expectErrorSatisfies(phase(Phase.FIRST_EVENT, FIRST))
                .verify(REAL);
    }

    @Test
    void theWholeHasALimitOnlyWhenWanted() {
        StepVerifier.withVirtualTime(() -> guarded(Duration.ofMinutes(7)))
                .expectSubscription()
                .thenAwait(Duration.ofMinutes(4))
                .then(() -> source.next("a"))
                .expectNext("a")
                .expectNoEvent(Duration.ofMinutes(3).minus(TICK))
                .thenAwait(TICK)
                .expectErrorSatisfies(phase(Phase.TOTAL, Duration.ofMinutes(7)))
                .verify(REAL);
    }

    @Test
    void anEndStopsAllClocks() {
        StepVerifier.withVirtualTime(() -> guarded(Duration.ofMinutes(7)).concatWith(Flux.never()))
                .expectSubscription()
                .then(source::complete)
                .expectNoEvent(Duration.ofDays(1))
                .thenCancel()
                .verify(REAL);
        source.assertNotCancelled();
    }
}
