// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.every;
import static io.github.ollamareactive.operators.Events.thinking;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.operators.Observed.Event;
import io.github.ollamareactive.operators.Observed.Snapshot;
import io.github.ollamareactive.protocol.ClientStats;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.OllamaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Numbers while the stream runs, exact in virtual time, and what errors and cancels carry. */
final class LiveTest {
    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void knownGapsGiveExactSnapshotsAndSummary() {
        // Events at 400 (thinking), 800, 1200, 1600 (text), 2000 (end); snapshots at 1000 and 2000.
        StepVerifier.withVirtualTime(() -> every(400, thinking("hm"), token("a"), token("b"), token("c"), DONE)
                        .transform(Stats.live(Duration.ofSeconds(1))))
                .thenAwait(ms(1000))
                .expectNext(new Event(thinking("hm")), new Event(token("a")))
                .expectNext(new Snapshot(
                        2, 2.5, 2.0, new ClientStats(ms(400), ms(800), ms(1000), 2, 3, ms(400), ms(400), ms(400))))
                .thenAwait(ms(999))
                .expectNext(new Event(token("b")), new Event(token("c")))
                .thenAwait(ms(1))
                .recordWith(ArrayList::new)
                .thenConsumeWhile(item -> true)
                .consumeRecordedWith(rest -> {
                    ClientStats numbers = new ClientStats(ms(400), ms(800), ms(2000), 5, 5, ms(400), ms(400), ms(400));
                    assertThat(rest).endsWith(new Summary("stop", GenerationStats.NONE, numbers));
                    assertThat(rest).contains(new Event(DONE));
                })
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void nothingYetIsAbsentAndAStallShows() {
        StepVerifier.withVirtualTime(() -> Flux.concat(
                                Mono.delay(ms(2500)).thenMany(Flux.<GenerationEvent>just(token("a"))), Flux.never())
                        .transform(Stats.live(Duration.ofSeconds(1))))
                .thenAwait(ms(2000))
                .expectNext(
                        new Snapshot(0, null, null, new ClientStats(null, null, ms(1000), 0, 0, null, null, null)),
                        new Snapshot(0, null, null, new ClientStats(null, null, ms(2000), 0, 0, null, null, null)))
                .thenAwait(ms(2000))
                .expectNext(new Event(token("a")))
                .expectNext(new Snapshot(
                        1, null, 1.0, new ClientStats(ms(2500), ms(2500), ms(3000), 1, 1, null, null, null)))
                .expectNext(new Snapshot(
                        1, null, 0.0, new ClientStats(ms(2500), ms(2500), ms(4000), 1, 1, null, null, null)))
                .thenCancel()
                .verify(SOON);
    }

    private static List<Snapshot> snapshots(Duration every, Supplier<Flux<GenerationEvent>> events, Duration time) {
        List<Snapshot> snapshots = new ArrayList<>();
        StepVerifier.withVirtualTime(
                        () -> events.get().transform(Stats.live(every)).ofType(Snapshot.class))
                .thenAwait(time)
                .recordWith(() -> snapshots)
                .thenConsumeWhile(item -> true)
                .expectComplete()
                .verify(SOON);
        return snapshots;
    }

    @Test
    void g14ABurstTellsNothingAboutSpeed() {
        GenerationEvent[] ten = new GenerationEvent[10];
        Arrays.fill(ten, token("a"));
        // At 1 to 10, 201 to 210 and 401 to 410.
        List<Snapshot> snapshots = snapshots(
                ms(50),
                () -> Flux.concat(
                        every(1, ten),
                        Mono.delay(ms(190)).thenMany(every(1, ten)),
                        Mono.delay(ms(190)).thenMany(every(1, ten)),
                        every(190, DONE)),
                ms(1000));
        assertThat(snapshots.get(0).tokensPerSecond()).as("one burst").isNull();
        assertThat(snapshots.get(2).tokensPerSecond()).as("one burst, long ago").isNull();
        assertThat(snapshots)
                .allSatisfy(snapshot -> assertThat(snapshot.tokensPerSecond() == null ? 50 : snapshot.tokensPerSecond())
                        .isBetween(45.0, 55.0))
                .allSatisfy(snapshot -> assertThat(snapshot.latestPerSecond() == null ? 50 : snapshot.latestPerSecond())
                        .isBetween(0.0, 100.0));
        assertThat(snapshots.get(snapshots.size() - 1).tokensPerSecond()).isNotNull();
    }

    @Test
    void g14ASnapshotThatWasGivenLateMakesTheNextOneNoFaster() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.withVirtualTime(() -> source.flux().transform(Stats.live(ms(500))), 0)
                .thenAwait(ms(999))
                .thenRequest(1)
                .expectNextMatches(Snapshot.class::isInstance)
                .thenRequest(1)
                .then(() -> source.next(token("a")))
                .expectNext(new Event(token("a")))
                .thenAwait(ms(1))
                .thenRequest(1)
                .assertNext(
                        item -> assertThat(((Snapshot) item).latestPerSecond()).isEqualTo(1.0))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void oneRequestTakesOneEventAndASlowReaderGetsBothInTurn() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        AtomicLong asked = new AtomicLong();
        StepVerifier.withVirtualTime(
                        () -> source.flux().doOnRequest(asked::addAndGet).transform(Stats.live(ms(10))), 0)
                .thenAwait(ms(100))
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .assertNext(
                        item -> assertThat(((Snapshot) item).client().elapsed()).isEqualTo(ms(100)))
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(1))
                .then(() -> source.next(token("a")))
                .expectNext(new Event(token("a")))
                .then(() -> assertThat(asked).hasValue(1))
                .thenAwait(ms(10))
                .thenRequest(2)
                .expectNextMatches(Snapshot.class::isInstance)
                .then(() -> source.next(token("b")))
                .expectNext(new Event(token("b")))
                .thenAwait(ms(10))
                .thenRequest(1)
                .expectNextMatches(Snapshot.class::isInstance)
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(3))
                // The reader has had a snapshot; one more is due when the event comes, and the event goes first.
                .then(() -> source.next(token("c")))
                .expectNext(new Event(token("c")))
                .thenCancel()
                .verify(SOON);
        source.assertCancelled();
    }

    @Test
    void aSnapshotThatTakesTheDemandLeavesOneEventWaitingBeforeTheNextSnapshot() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        AtomicLong asked = new AtomicLong();
        StepVerifier.withVirtualTime(
                        () -> source.flux().doOnRequest(asked::addAndGet).transform(Stats.live(ms(10))), 0)
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(1))
                .thenAwait(ms(10))
                .expectNextMatches(Snapshot.class::isInstance)
                .then(() -> source.next(token("a")))
                .thenAwait(ms(10))
                .thenRequest(1)
                .expectNext(new Event(token("a")))
                .thenRequest(1)
                .expectNextMatches(Snapshot.class::isInstance)
                .then(() -> assertThat(asked).hasValue(1))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void theSummaryWantsDemandOfItsOwn() {
        StepVerifier.create(Events.answer("a").transform(Stats.live(Duration.ofHours(1))), 2)
                .expectNextCount(2)
                .expectNoEvent(ms(20))
                .thenRequest(1)
                .assertNext(item -> assertThat(((Summary) item).reason()).isEqualTo("stop"))
                .expectComplete()
                .verify(SOON);
    }

    private static Flux<GenerationEvent> failingAfterSeven(Throwable error) {
        GenerationEvent[] seven = new GenerationEvent[7];
        for (int i = 0; i < 7; i++) {
            seven[i] = i == 0 ? thinking("hm") : token("t" + i + " ");
        }
        return every(100, seven).concatWith(Mono.delay(ms(50)).then(Mono.error(error)));
    }

    private static void carriesSeven(Throwable error, String message) {
        assertThat(error).isInstanceOf(OllamaException.Stream.class).hasMessageContaining(message);
        var partial = ((OllamaException) error).partial();
        assertThat(partial.events()).isEqualTo(7);
        assertThat(partial.text()).isEqualTo("t1 t2 t3 t4 t5 t6 ");
        assertThat(partial.thinking()).isEqualTo("hm");
        assertThat(partial.stats())
                .isEqualTo(new ClientStats(ms(100), ms(200), ms(750), 7, 20, ms(100), ms(100), ms(100)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"onEnd", "live", "collect"})
    void anErrorAtEventSevenCarriesSevenAndTheText(String operator) {
        Function<Flux<GenerationEvent>, Flux<?>> measured = switch (operator) {
            case "onEnd" -> events -> events.transform(Stats.onEnd(summary -> {}));
            case "live" -> events -> events.transform(Stats.live(Duration.ofHours(1)));
            default -> events -> events.as(Tokens::collect).flux();
        };
        StepVerifier.withVirtualTime(() ->
                        Flux.from(measured.apply(failingAfterSeven(ExceptionFactory.reported("the runner died")))))
                .thenAwait(Duration.ofSeconds(1))
                .thenConsumeWhile(item -> true)
                .expectErrorSatisfies(e -> carriesSeven(e, "the runner died"))
                .verify(SOON);
    }

    @Test
    void anErrorThatKnowsItsNumbersKeepsThem() {
        OllamaException first = ExceptionFactory.reported("x");
        List<Throwable> inner = new ArrayList<>();
        StepVerifier.withVirtualTime(() -> failingAfterSeven(first)
                        .transform(Stats.onEnd(summary -> {}))
                        .doOnError(inner::add)
                        .delaySubscription(Duration.ofSeconds(5))
                        .skip(3)
                        .transform(Stats.onEnd(summary -> {})))
                .thenAwait(Duration.ofSeconds(10))
                .expectNextCount(4)
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(inner.get(0)))
                .verify(SOON);
        carriesSeven(inner.get(0), "x");
    }

    @Test
    void aCancelAtEventSevenReportsSeven() {
        List<Summary> told = new ArrayList<>();
        StepVerifier.withVirtualTime(() -> every(
                                100,
                                Events.answer("1", "2", "3", "4", "5", "6", "7", "8")
                                        .collectList()
                                        .block()
                                        .toArray(GenerationEvent[]::new))
                        .transform(Stats.onEnd(told::add))
                        .transform(Stats.live(Duration.ofHours(1))))
                .thenAwait(ms(700))
                .expectNextCount(7)
                .thenCancel()
                .verify(SOON);
        assertThat(told)
                .containsExactly(new Summary(
                        Summary.CANCELLED,
                        GenerationStats.NONE,
                        new ClientStats(ms(100), ms(100), ms(700), 7, 7, ms(100), ms(100), ms(100))));
    }
}
