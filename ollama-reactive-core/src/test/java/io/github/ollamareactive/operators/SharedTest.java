// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One generation for several: demand, replay, the bound, the last one leaving. */
final class SharedTest {
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Asks by hand and keeps what it got. */
    private static final class Reader extends BaseSubscriber<GenerationEvent> {
        private final List<GenerationEvent> got = new ArrayList<>();
        private boolean completed;
        private Throwable error;

        static Reader of(Flux<GenerationEvent> shared) {
            Reader reader = new Reader();
            shared.subscribe(reader);
            return reader;
        }

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            // Asks only when the test does.
        }

        @Override
        protected void hookOnNext(GenerationEvent event) {
            got.add(event);
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @Override
        protected void hookOnError(Throwable t) {
            error = t;
        }

        Reader ask(long n) {
            request(n);
            return this;
        }
    }

    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final AtomicInteger cancels = new AtomicInteger();

    private Flux<GenerationEvent> watched(Flux<GenerationEvent> source) {
        return source.doOnSubscribe(s -> subscriptions.incrementAndGet())
                .doOnRequest(asked::addAndGet)
                .doOnCancel(cancels::incrementAndGet);
    }

    private Flux<GenerationEvent> shared(Flux<GenerationEvent> source, long maxBytes) {
        return watched(source).transform(Tokens.shared(maxBytes, GRACE));
    }

    private static Flux<GenerationEvent> endless() {
        return Flux.generate(() -> 0, (i, sink) -> {
            sink.next(token("t" + i));
            return i + 1;
        });
    }

    @Test
    void eachHasAllAtItsOwnSpeedAndTheSourceIsAskedForTheFastest() {
        Flux<GenerationEvent> shared = shared(answer("a", "b", "c"), 1 << 20);
        assertThat(subscriptions).hasValue(0);
        Reader slow = Reader.of(shared);
        Reader fast = Reader.of(shared);
        assertThat(subscriptions).hasValue(1);
        assertThat(asked).hasValue(0);
        slow.ask(1);
        assertThat(asked).hasValue(1);
        fast.ask(2);
        assertThat(asked).hasValue(2);
        assertThat(slow.got).containsExactly(token("a"));
        assertThat(fast.got).containsExactly(token("a"), token("b"));
        slow.ask(1);
        assertThat(asked).as("b is there already").hasValue(2);
        fast.ask(Long.MAX_VALUE);
        assertThat(fast.got).containsExactly(token("a"), token("b"), token("c"), DONE);
        assertThat(fast.completed).isTrue();
        assertThat(slow.completed).isFalse();
        Reader late = Reader.of(shared).ask(3);
        assertThat(late.got).hasSize(3);
        assertThat(slow.ask(2).completed).isTrue();
        assertThat(late.ask(1).completed).isTrue();
        assertThat(late.got).isEqualTo(fast.got).isEqualTo(slow.got);
        assertThat(Reader.of(shared).ask(10).got).as("after the end").isEqualTo(fast.got);
        assertThat(subscriptions).hasValue(1);
        assertThat(cancels).hasValue(0);
    }

    @Test
    void atTheBoundTheSlowestPacesAndTheLateAreTold() {
        // An event of two characters counts as 68 bytes, of three as 70.
        Flux<GenerationEvent> shared = shared(endless().take(5_000), 340);
        Reader slow = Reader.of(shared).ask(2);
        Reader fast = Reader.of(shared).ask(Long.MAX_VALUE);
        assertThat(fast.got).as("the bound, and what the slow one has had").hasSize(2 + 5);
        assertThat(asked).hasValue(7);
        slow.ask(1);
        assertThat(fast.got).hasSize(8);
        slow.ask(4);
        assertThat(fast.got).hasSize(12);
        assertThat(slow.got).isEqualTo(fast.got.subList(0, 7));
        Reader late = Reader.of(shared).ask(1);
        assertThat(late.got).isEmpty();
        assertThat(late.error)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its first 7 events are no longer held");
        slow.cancel();
        assertThat(fast.got).as("alone, nobody holds it back").hasSize(5_000);
        assertThat(fast.completed).isTrue();
    }

    @Test
    void g14AnAnswerOverTheBoundIsNotAskedForAgain() {
        Flux<GenerationEvent> shared = shared(endless().take(50), 340);
        assertThat(Reader.of(shared).ask(Long.MAX_VALUE).completed).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(Reader.of(shared).ask(1).error)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("its first 50 events are no longer held");
        }
        assertThat(subscriptions).hasValue(1);
    }

    /** A hundred thousand that come, ask and go: looking at all of them each time would be ten thousand million looks. */
    @Test
    void g14JoiningAskingAndLeavingCostNothingOfTheOthers() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        Flux<GenerationEvent> shared = shared(source.flux(), 1 << 20);
        List<Reader> readers = new ArrayList<>();
        assertTimeoutPreemptively(SOON, () -> {
            for (int i = 0; i < 100_000; i++) {
                readers.add(Reader.of(shared).ask(1).ask(1));
            }
            source.next(token("a"));
            readers.forEach(Reader::cancel);
        });
        assertThat(readers).allSatisfy(reader -> assertThat(reader.got).hasSize(1));
    }

    @Test
    void g14ASubscriptionCanBeScanned() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        AtomicReference<Scannable> scanned = new AtomicReference<>();
        Reader reader = new Reader();
        shared(source.flux(), 1 << 20)
                .doOnSubscribe(s -> scanned.set(Scannable.from(s)))
                .subscribe(reader);
        Scannable subscription = scanned.get();
        assertThat(subscription.isScanAvailable()).isTrue();
        reader.ask(3);
        source.next(token("a"));
        assertThat(subscription.scan(Attr.REQUESTED_FROM_DOWNSTREAM)).isEqualTo(2);
        assertThat(subscription.scan(Attr.ACTUAL)).isNotNull();
        assertThat(subscription.scan(Attr.PARENT)).isNotNull();
        assertThat(subscription.scan(Attr.TERMINATED)).isFalse();
        source.complete();
        assertThat(subscription.scan(Attr.TERMINATED)).isTrue();
        assertThat(subscription.scan(Attr.CANCELLED)).isFalse();
    }

    @Test
    void theLastOneLeavingStopsTheModelAfterTheGrace() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            TestPublisher<GenerationEvent> source = TestPublisher.create();
            Flux<GenerationEvent> shared = shared(source.flux(), 1 << 20);
            Reader one = Reader.of(shared).ask(5);
            Reader two = Reader.of(shared).ask(5);
            source.next(token("a"));
            one.cancel();
            time.advanceTimeBy(GRACE.multipliedBy(2));
            assertThat(cancels).as("the other is there").hasValue(0);
            two.cancel();
            time.advanceTimeBy(GRACE.minusMillis(1));
            assertThat(cancels).hasValue(0);
            Reader three = Reader.of(shared).ask(5);
            assertThat(three.got).containsExactly(token("a"));
            time.advanceTimeBy(GRACE.multipliedBy(2));
            assertThat(cancels).as("somebody came in time").hasValue(0);
            three.cancel();
            time.advanceTimeBy(GRACE.minusMillis(1));
            assertThat(cancels).hasValue(0);
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(cancels).hasValue(1);
            assertThat(subscriptions).hasValue(1);
            Reader next = Reader.of(shared).ask(1);
            assertThat(subscriptions).as("a new generation").hasValue(2);
            assertThat(next.got).isEmpty();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void theGraceBeginsAnewWhenSomebodyCameAndLeft() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            Flux<GenerationEvent> shared = shared(endless(), 1 << 20);
            Reader.of(shared).ask(1).cancel();
            time.advanceTimeBy(Duration.ofSeconds(2));
            Reader.of(shared).ask(1).cancel();
            time.advanceTimeBy(Duration.ofMillis(2_999));
            assertThat(cancels).hasValue(0);
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(cancels).hasValue(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void withoutGraceTheModelStopsAtOnce() {
        Flux<GenerationEvent> shared = watched(endless()).transform(Tokens.shared(1 << 20, Duration.ZERO));
        Reader.of(shared).ask(3).cancel();
        assertThat(cancels).hasValue(1);
    }

    @Test
    void anEndedGenerationIsKeptForThoseWhoCome() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            Flux<GenerationEvent> shared = shared(answer("a"), 1 << 20);
            Reader.of(shared).ask(9);
            time.advanceTimeBy(GRACE.multipliedBy(2));
            assertThat(Reader.of(shared).ask(9).got).containsExactly(token("a"), DONE);
            assertThat(subscriptions).hasValue(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void anErrorComesToEachInItsPlace() {
        Flux<GenerationEvent> shared = shared(
                Flux.<GenerationEvent>just(token("a"), token("b"))
                        .concatWith(Flux.error(new IllegalStateException("x"))),
                1 << 20);
        Reader slow = Reader.of(shared).ask(1);
        Reader fast = Reader.of(shared).ask(9);
        assertThat(fast.error).hasMessage("x");
        assertThat(slow.error).isNull();
        assertThat(slow.ask(1).error).hasMessage("x");
        assertThat(slow.got).hasSize(2);
        assertThat(Reader.of(shared).ask(9).error).hasMessage("x");
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Tokens.shared(0, GRACE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tokens.shared(1, GRACE.negated())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Many come, read at random and go, on several threads: each gets a beginning of the same answer, in order. */
    @RepeatedTest(5)
    void manyAtOnce() {
        String[] pieces = new String[400];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = i + " ";
        }
        List<GenerationEvent> all = answer(pieces).collectList().block(SOON);
        Flux<GenerationEvent> shared = shared(answer(pieces).publishOn(Schedulers.boundedElastic(), 1), Long.MAX_VALUE);
        Flux.range(0, 60)
                .flatMap(
                        i -> Flux.defer(() -> i % 4 == 0 ? shared.take(i * 7L + 1) : shared.limitRate(i % 10 + 1))
                                .subscribeOn(Schedulers.parallel())
                                .collectList()
                                .doOnNext(got -> assertThat(got)
                                        .isEqualTo(i % 4 == 0 ? all.subList(0, Math.min(all.size(), i * 7 + 1)) : all)),
                        32)
                .as(StepVerifier::create)
                .expectNextCount(60)
                .expectComplete()
                .verify(SOON);
        assertThat(subscriptions).hasValue(1);
    }

    @Test
    void threeReadersAreOneRequestOnTheWire() {
        String line = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\" Blue\"},\"done\":false}";
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(line));
            Flux<GenerationEvent> shared = client.chat(ChatRequest.of("m", Message.user("hi")))
                    .transform(Tokens.shared(1 << 20, Duration.ofMillis(50)));
            Flux.range(1, 3)
                    .flatMap(i -> shared.take(i * 500L).count())
                    .as(StepVerifier::create)
                    .expectNext(500L, 1000L, 1500L)
                    .expectComplete()
                    .verify(SOON);
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(SOON))
                    .as("bytes when the last had left")
                    .isNotNull();
            assertThat(server.requests()).hasSize(1);
        }
    }
}
