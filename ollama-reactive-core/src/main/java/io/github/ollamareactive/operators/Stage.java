// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The one place where the shaping operators meet demand, time and cancellation: a {@link Shaping} says what comes out, the stage when.
 *
 * <p>Upstream is asked for one event at a time, and only while the subscriber is owed something and the shaping wants one. So
 * whichever thread drains, never more than one event is on its way.
 */
final class Stage<O> extends FluxOperator<GenerationEvent, O> {
    private final Supplier<? extends Shaping<O>> shaping;

    Stage(Flux<GenerationEvent> source, Supplier<? extends Shaping<O>> shaping) {
        super(source);
        this.shaping = shaping;
    }

    @Override
    public void subscribe(CoreSubscriber<? super O> actual) {
        source.subscribe(new Running<>(actual, shaping.get()));
    }

    private static final class Running<O> implements CoreSubscriber<GenerationEvent>, Subscription, Scannable {
        private final CoreSubscriber<? super O> actual;
        private final Shaping<O> shaping;
        private final AtomicInteger wip = new AtomicInteger();

        /** All that was ever asked for; compared with all that was emitted. */
        private final AtomicLong requested = new AtomicLong();

        private @Nullable Subscription upstream;
        private volatile @Nullable GenerationEvent arrived;
        private volatile boolean cancelled;
        private volatile boolean badRequest;
        private volatile boolean upstreamDone;
        private @Nullable Throwable upstreamError;
        private volatile boolean terminated;

        // Written by the draining thread only.
        private long emitted;
        private boolean outstanding;
        private boolean asking;
        private boolean ended;
        private @Nullable Throwable failure;

        Running(CoreSubscriber<? super O> actual, Shaping<O> shaping) {
            this.actual = actual;
            this.shaping = shaping;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription s) {
            if (Operators.validate(upstream, s)) {
                upstream = s;
                shaping.start(this::wake);
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(GenerationEvent event) {
            arrived = event;
            wake();
        }

        @Override
        public void onError(Throwable t) {
            if (upstreamDone) {
                Operators.onErrorDropped(t, currentContext());
                return;
            }
            upstreamError = t;
            upstreamDone = true;
            wake();
        }

        @Override
        public void onComplete() {
            upstreamDone = true;
            wake();
        }

        @Override
        public void request(long n) {
            if (n > 0) {
                requested.accumulateAndGet(n, Operators::addCap);
            } else {
                badRequest = true;
            }
            wake();
        }

        @Override
        public void cancel() {
            cancelled = true;
            upstream().cancel();
            wake();
        }

        private Subscription upstream() {
            return upstream == null ? Operators.emptySubscription() : upstream;
        }

        private void wake() {
            if (wip.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            boolean ask = false;
            do {
                work();
                ask |= asking;
                asking = false;
                missed = wip.addAndGet(-missed);
            } while (missed != 0);
            if (ask) {
                upstream().request(1);
            }
        }

        /** Does all that can be done now. Whatever is thrown on the way ends the stream, or it would hang for ever. */
        private void work() {
            try {
                step();
            } catch (Throwable e) {
                if (terminated) {
                    throw e;
                }
                upstream().cancel();
                terminate(e);
            }
        }

        private void step() {
            GenerationEvent event = arrived;
            if (event != null) {
                arrived = null;
                outstanding = false;
            }
            if (cancelled || terminated) {
                shaping.stop();
                return;
            }
            shaping.woken();
            if (event != null && !ended) {
                shaping.event(event);
            }
            while (!cancelled && !terminated) {
                O item;
                if (badRequest) {
                    upstream().cancel();
                    terminate(new IllegalArgumentException("§3.9: demand must be positive"));
                } else if (emitted != requested.get() && (item = shaping.next()) != null) {
                    emitted++;
                    actual.onNext(item);
                } else if (ended) {
                    if (!shaping.isEmpty()) {
                        return;
                    }
                    terminate(failure == null ? null : shaping.failure(failure));
                } else if (shaping.isOver()) {
                    ended = true;
                    upstream().cancel();
                } else if (upstreamDone && arrived == null) {
                    ended = true;
                    failure = upstreamError;
                    shaping.end(failure != null);
                } else {
                    ask();
                    return;
                }
            }
            shaping.stop();
        }

        private void ask() {
            long demand = requested.get() - emitted;
            if (!outstanding && demand != 0 && shaping.wants(demand)) {
                outstanding = true;
                asking = true;
            }
        }

        private void terminate(@Nullable Throwable error) {
            terminated = true;
            shaping.stop();
            if (error != null) {
                actual.onError(error);
            } else {
                actual.onComplete();
            }
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.PARENT) {
                return upstream;
            } else if (key == Attr.ACTUAL) {
                return actual;
            } else if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
                long all = requested.get();
                return all == Long.MAX_VALUE ? all : all - emitted;
            } else if (key == Attr.CANCELLED) {
                return cancelled;
            } else if (key == Attr.TERMINATED) {
                return terminated;
            } else if (key == Attr.RUN_STYLE) {
                return Attr.RunStyle.ASYNC;
            }
            return null;
        }
    }
}
