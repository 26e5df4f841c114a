// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.http.PhaseTimeout;
import io.github.ollamareactive.internal.http.PhaseTimeout.Limits;
import io.github.ollamareactive.internal.shaping.ShapingOperator;
import io.github.ollamareactive.internal.shaping.ShapingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;

/** The edges of the drain loop: what its neighbours throw where nobody expects it, and what comes when. */
final class DrainOperatorTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Neither asks nor ends, and can't be cancelled: so behaves a connection whose event loop was shut down. */
    private static final Publisher<String> UNCANCELLABLE = subscriber -> subscriber.onSubscribe(new Subscription() {
        @Override
        public void request(long n) {
            throw new RejectedExecutionException("shut down");
        }

        @Override
        public void cancel() {
            throw new RejectedExecutionException("shut down, too");
        }
    });

    private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

    @AfterEach
    void resetHooks() {
        Hooks.resetOnErrorDropped();
    }

    /** Notes its signals in order. */
    private static final class Signals implements CoreSubscriber<Object> {
        final List<String> seen = new CopyOnWriteArrayList<>();
        final CountDownLatch end = new CountDownLatch(1);
        private final long demand;

        Signals(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Subscription s) {
            seen.add("subscription");
            s.request(demand);
        }

        @Override
        public void onNext(Object item) {
            seen.add("item");
        }

        @Override
        public void onError(Throwable e) {
            seen.add(e.getClass().getSimpleName());
            end.countDown();
        }

        @Override
        public void onComplete() {
            seen.add("completion");
            end.countDown();
        }
    }

    @Test
    void anUpstreamThatCantBeAskedOrCancelledEndsTheStream() {
        Hooks.onErrorDropped(dropped::add);
        Signals signals = new Signals(1);
        new PassingOperator<>(Flux.from(UNCANCELLABLE)).subscribe(signals);
        assertThat(signals.seen).containsExactly("subscription", "RejectedExecutionException");
        assertThat(dropped).hasSize(1);
    }

    @Test
    void badDemandEndsTheStreamOfAnUpstreamThatCantBeCancelled() {
        Hooks.onErrorDropped(dropped::add);
        Signals signals = new Signals(0);
        new PassingOperator<>(Flux.from(UNCANCELLABLE)).subscribe(signals);
        assertThat(signals.seen).containsExactly("subscription", "IllegalArgumentException");
    }

    @Test
    void aPolicyThatThrowsOnItsEndLeavesTheLoopInOrder() {
        Hooks.onErrorDropped(dropped::add);
        Signals signals = new Signals(Long.MAX_VALUE);
        new ShapingOperator<String, String>(Flux.just("a"), ThrowingPolicy::new).subscribe(signals);
        assertThat(signals.seen).containsExactly("subscription", "IllegalStateException");
        assertThat(dropped).isNotEmpty();
    }

    private static final class ThrowingPolicy extends ShapingPolicy<String, String> {
        @Override
        public void take(String item) {
            throw new IllegalStateException("take");
        }

        @Override
        public void end(boolean failed) {}

        @Override
        public String next() {
            return null;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public boolean wants(long demand) {
            return true;
        }

        @Override
        public void stop() {
            throw new IllegalStateException("stop");
        }
    }

    @Test
    void aHookThatThrowsDoesNotEndWhatOthersShare() {
        Hooks.onErrorDropped(e -> {
            throw new IllegalStateException("hook");
        });
        Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> dropped.add(e));
        try {
            Signals signals = new Signals(1);
            new PassingOperator<>(Flux.from(UNCANCELLABLE)).subscribe(signals);
            assertThat(signals.seen).containsExactly("subscription", "RejectedExecutionException");
            assertThat(dropped).hasSize(1);
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }
    }

    @Test
    void noLimitIsPassedBeforeTheSubscription() throws InterruptedException {
        Limits limits = new Limits(LONG, LONG, Duration.ofNanos(1));
        for (int i = 0; i < 500; i++) {
            Signals signals = new Signals(1);
            new PhaseTimeout<>(Flux.<GenerationEvent>never(), limits, new PhaseTimeout.Sending()).subscribe(signals);
            assertThat(signals.end.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(signals.seen).containsExactly("subscription", "PhaseTimeoutException");
        }
    }

    /** Against rule 3.3 of the specification; but losing an item without a word is worse than an error. */
    @Test
    void anItemWithinAnItemIsAnErrorRatherThanLost() {
        Publisher<String> reentrant = new Publisher<>() {
            @Override
            public void subscribe(Subscriber<? super String> subscriber) {
                subscriber.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {
                        subscriber.onNext("item");
                    }

                    @Override
                    public void cancel() {
                        // There is nothing to stop.
                    }
                });
            }
        };
        Signals signals = new Signals(1);
        CoreSubscriber<Object> asking = new CoreSubscriber<>() {
            private Subscription subscription;

            @Override
            public void onSubscribe(Subscription s) {
                subscription = s;
                signals.onSubscribe(s);
            }

            @Override
            public void onNext(Object item) {
                signals.onNext(item);
                subscription.request(1);
            }

            @Override
            public void onError(Throwable e) {
                signals.onError(e);
            }

            @Override
            public void onComplete() {
                signals.onComplete();
            }
        };
        new PhaseTimeout<>(Flux.from(reentrant), new Limits(LONG, LONG, null), new PhaseTimeout.Sending())
                .subscribe(asking);
        assertThat(signals.seen).contains("IllegalStateException");
    }
}
