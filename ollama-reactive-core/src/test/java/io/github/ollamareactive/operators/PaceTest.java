// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When each event comes out, in virtual time. */
final class PaceTest {
    private static long now() {
        return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
    }

    /** So many pieces and the end, each so long after the one before. */
    private static Flux<GenerationEvent> model(int pieces, int millis) {
        Flux<GenerationEvent> all = Flux.range(0, pieces + 1).map(i -> i == pieces ? DONE : token("t" + i));
        return millis == 0 ? all : all.delayElements(Duration.ofMillis(millis), Schedulers.parallel());
    }

    private static String[] pieces(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).toArray(String[]::new);
    }

    /** The milliseconds at which events come out. */
    private static List<Long> times(Supplier<Flux<GenerationEvent>> source, double perSecond) {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<Long> times = new ArrayList<>();
            List<GenerationEvent> events = new ArrayList<>();
            source.get().transform(Tokens.pace(perSecond)).subscribe(event -> {
                events.add(event);
                times.add(now());
            });
            time.advanceTimeBy(Duration.ofMinutes(5));
            assertThat(events).last().isInstanceOf(Done.class);
            assertThat(Events.text(events)).isEqualTo(String.join("", pieces(events.size() - 1)));
            return times;
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void aBurstIsSpreadByThePace() {
        assertThat(times(() -> model(6, 0), 20)).containsExactly(0L, 50L, 100L, 150L, 200L, 250L, 250L);
    }

    @Test
    void aModelSlowerThanThePaceIsNotHeldBack() {
        assertThat(times(() -> model(4, 100), 20)).containsExactly(100L, 200L, 300L, 400L, 500L);
    }

    @Test
    void burstsBecomeEven() {
        Supplier<Flux<GenerationEvent>> bursts = () -> Flux.concat(
                model(9, 0).take(5),
                Mono.delay(Duration.ofMillis(300)).thenMany(model(9, 0).skip(5)));
        assertThat(times(bursts, 20)).containsExactly(0L, 50L, 100L, 150L, 200L, 300L, 350L, 400L, 450L, 450L);
    }

    @Test
    void theEndIsHeldBackByHalfASecondAtMost() {
        List<Long> times = times(() -> model(200, 0), 2);
        assertThat(times).last().isEqualTo(500L);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).as("step %d", i).isBetween(0L, 4L);
        }
    }

    @Test
    void aModelFasterThanThePaceGoesAtItsOwnSpeed() {
        List<Long> times = times(() -> model(3000, 10), 20);
        for (int i = 0; i < times.size(); i++) {
            assertThat(times.get(i) - (i + 1) * 10L)
                    .as("held back, event %d", i)
                    .isBetween(0L, 500L);
        }
        for (int i = 200; i < 2900; i++) {
            assertThat(times.get(i) - times.get(i - 1)).as("step %d", i).isBetween(8L, 12L);
        }
    }

    @Test
    void moreThanWaitsHereGoesOutAtOnce() {
        AtomicLong waiting = new AtomicLong();
        AtomicLong most = new AtomicLong();
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<GenerationEvent> out = new ArrayList<>();
            model(10_000, 0)
                    .doOnNext(e -> most.accumulateAndGet(waiting.incrementAndGet(), Math::max))
                    .transform(Tokens.pace(1))
                    .subscribe(e -> {
                        waiting.decrementAndGet();
                        out.add(e);
                    });
            assertThat(out).as("before any time has passed").hasSizeGreaterThan(9_700);
            time.advanceTimeBy(Duration.ofMillis(500));
            assertThat(out).hasSize(10_001);
            assertThat(most).hasValueBetween(200, 257);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void oneRequestTakesOneEvent() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        AtomicLong asked = new AtomicLong();
        StepVerifier.withVirtualTime(
                        () -> source.flux().doOnRequest(asked::addAndGet).transform(Tokens.pace(20)), 0)
                .thenAwait(Duration.ofSeconds(1))
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(1))
                .then(() -> source.next(token("a")))
                .expectNext(token("a"))
                .then(() -> assertThat(asked).hasValue(1))
                .thenRequest(3)
                .then(() -> source.next(token("b")))
                .then(() ->
                        assertThat(asked).as("one ahead while b is held back").hasValue(3))
                .then(() -> source.next(token("c")))
                .then(() -> source.next(token("d")))
                .then(() -> assertThat(asked).as("all that is owed").hasValue(4))
                .thenAwait(Duration.ofMillis(150))
                .expectNext(token("b"), token("c"), token("d"))
                .then(() -> assertThat(asked).hasValue(4))
                .thenCancel()
                .verify(SOON);
        source.assertCancelled();
    }

    /** A subscriber that asks for one at a time hides how far the model is ahead; still it may not be slowed down for good. */
    @Test
    void askedOneAtATimeItHoldsBackHalfASecondInAll() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<Long> times = new ArrayList<>();
            model(1000, 0).transform(Tokens.pace(20)).subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                    request(1);
                }

                @Override
                protected void hookOnNext(GenerationEvent event) {
                    times.add(now());
                    request(1);
                }
            });
            time.advanceTimeBy(Duration.ofMinutes(5));
            assertThat(times).hasSize(1001).last().isEqualTo(500L);
            assertThat(times.subList(0, 10)).containsExactly(0L, 50L, 100L, 150L, 200L, 250L, 300L, 350L, 400L, 450L);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void anErrorLetsOutWhatWaitsAtOnce() {
        StepVerifier.withVirtualTime(() -> model(9, 0)
                        .take(9)
                        .concatWith(Flux.error(new IllegalStateException("x")))
                        .transform(Tokens.pace(1)))
                .expectNextCount(9)
                .expectErrorMessage("x")
                .verify(SOON);
    }

    @Test
    void aCancelDropsWhatWaitsAndItsTimer() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<GenerationEvent> out = new ArrayList<>();
            var subscription = model(9, 0).transform(Tokens.pace(20)).subscribe(out::add);
            assertThat(time.getScheduledTaskCount()).isPositive();
            subscription.dispose();
            time.advanceTimeBy(Duration.ofSeconds(5));
            assertThat(out).hasSize(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }
}
