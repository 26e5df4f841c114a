// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.internal.http.PhaseTimeout;
import io.github.ollamareactive.internal.ndjson.DiscardedFrames;
import io.github.ollamareactive.internal.ndjson.NdjsonDecoder;
import io.github.ollamareactive.internal.readers.StatusReader;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

/** A subscriber that throws while it is given its subscription leaves nothing behind. */
final class ThrowingSubscriberTest {
    /** Throws, as a subscriber with a fault does. */
    private static final class Thrower<T> implements CoreSubscriber<T> {
        @Override
        public void onSubscribe(Subscription s) {
            throw new IllegalStateException("its own fault");
        }

        @Override
        public void onNext(T item) {
            throw new AssertionError("nothing was asked for");
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onComplete() {}
    }

    /** A scheduler whose time stands still, and which knows what it was asked for. */
    private static final class Timers implements Scheduler {
        final List<Disposable> all = new ArrayList<>();

        @Override
        public Disposable schedule(Runnable task) {
            Disposable timer = Disposables.single();
            all.add(timer);
            return timer;
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return schedule(task);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long first, long period, TimeUnit unit) {
            return schedule(task);
        }

        @Override
        public Worker createWorker() {
            return Schedulers.immediate().createWorker();
        }
    }

    private record Operator<I>(String name, Function<Flux<I>, Flux<?>> of) {}

    private static final List<Operator<?>> OPERATORS = List.of(
            new Operator<GenerationEvent>("live", e -> e.transform(Stats.live(Duration.ofSeconds(1)))),
            new Operator<GenerationEvent>("pace", e -> e.transform(Tokens.pace(10))),
            new Operator<GenerationEvent>(
                    "until", e -> e.transform(Tokens.until(Budget.UNLIMITED.duration(Duration.ofSeconds(1))))),
            new Operator<GenerationEvent>("chunks", e -> e.transform(Tokens.chunks(10, Duration.ofSeconds(1)))),
            new Operator<GenerationEvent>("shared", e -> e.transform(Tokens.shared(1000, Duration.ZERO))),
            new Operator<ByteBuf>(
                    "decoder",
                    b -> new NdjsonDecoder<>(b, DiscardedFrames::new, () -> StatusReader.success("done"), 100)),
            new Operator<ByteBuf>(
                    "timeout",
                    b -> new PhaseTimeout<>(
                            b,
                            new PhaseTimeout.Limits(
                                    Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                            new PhaseTimeout.Sending())));

    @TestFactory
    Stream<DynamicTest> nothingIsLeft() {
        return OPERATORS.stream().map(o -> DynamicTest.dynamicTest("B6 " + o.name, () -> nothingIsLeft(o)));
    }

    private <I> void nothingIsLeft(Operator<I> operator) {
        Timers timers = new Timers();
        Schedulers.setFactory(new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory threads) {
                return timers;
            }
        });
        Hooks.onErrorDropped(e -> {});
        try {
            AtomicInteger living = new AtomicInteger();
            Flux<I> source =
                    Flux.<I>never().doOnSubscribe(s -> living.incrementAndGet()).doOnCancel(living::decrementAndGet);
            Flux<?> shaped = operator.of.apply(source);
            try {
                shaped.subscribe(new Thrower<>());
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("its own fault");
            }
            assertThat(living).as("upstream").hasValue(0);
            assertThat(timers.all).as("timers").allMatch(Disposable::isDisposed);
        } finally {
            Hooks.resetOnErrorDropped();
            Schedulers.resetFactory();
        }
    }

    @Test
    void b6ASharedRunServesTheNextSubscriber() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        Flux<GenerationEvent> shared = source.flux().transform(Tokens.shared(1 << 20, Duration.ofHours(1)));
        try {
            shared.subscribe(new Thrower<>());
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("its own fault");
        }
        StringBuilder got = new StringBuilder();
        shared.subscribe(event -> got.append(((Token) event).text()));
        source.next(new Token("a", List.of()));
        assertThat(got).hasToString("a");
        source.complete();
    }

    @Test
    void b6TheOthersOfASharedRunGoOn() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        Flux<GenerationEvent> shared = source.flux().transform(Tokens.shared(1 << 20, Duration.ZERO));
        StringBuilder got = new StringBuilder();
        var first = shared.subscribe(event -> got.append(((Token) event).text()));
        try {
            shared.subscribe(new Thrower<>());
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("its own fault");
        }
        source.next(new Token("a", List.of()));
        assertThat(got).hasToString("a");
        source.assertNotCancelled();
        first.dispose();
        source.assertCancelled();
    }
}
