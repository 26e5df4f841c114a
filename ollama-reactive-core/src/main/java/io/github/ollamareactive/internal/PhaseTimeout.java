// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal;

import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Ends a body that keeps its reader waiting: one limit until its first bytes, another between later ones, and if wanted one
 * for the whole. The first two run only while bytes are asked for: a reader that pauses is never too late.
 *
 * <p>Reactor's own {@code timeout} doesn't look at demand, and starts a task for every element. Here one task at a time is
 * under way, which looks when it fires how long there has been silence.
 */
final class PhaseTimeout<T> extends FluxOperator<T, T> {
    private final Limits limits;
    private final Sending sending;

    /** What is still being sent: as long as that goes on, nobody waits for an answer. */
    static final class Sending {
        private volatile long lastPiece = Long.MIN_VALUE;

        /** Notes that a piece of the request went out. */
        void piece() {
            lastPiece = Schedulers.parallel().now(TimeUnit.NANOSECONDS);
        }
    }

    /**
     * How long to wait.
     *
     * @param firstEvent until the first bytes
     * @param idle between later ones
     * @param total for the whole; null for as long as it takes
     */
    record Limits(
            Duration firstEvent, Duration idle, @Nullable Duration total) {}

    /** A limit was passed. */
    static final class PhaseTimeoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final Phase phase;
        final Duration limit;

        PhaseTimeoutException(Phase phase, Duration limit) {
            super(phase + " after " + limit, null, false, false);
            this.phase = phase;
            this.limit = limit;
        }
    }

    PhaseTimeout(Flux<? extends T> source, Limits limits, Sending sending) {
        super(source);
        this.limits = limits;
        this.sending = sending;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Waiting<>(actual, limits, sending, Schedulers.parallel()));
    }

    private static final class Waiting<T> implements CoreSubscriber<T>, Subscription, Scannable {
        @SuppressWarnings("rawtypes")
        private static final AtomicLongFieldUpdater<Waiting> OUTSTANDING =
                AtomicLongFieldUpdater.newUpdater(Waiting.class, "outstanding");

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Waiting> ARMED =
                AtomicIntegerFieldUpdater.newUpdater(Waiting.class, "armed");

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Waiting> ENDED =
                AtomicIntegerFieldUpdater.newUpdater(Waiting.class, "ended");

        private final CoreSubscriber<? super T> actual;
        private final Limits limits;
        private final Sending sending;
        private final Scheduler scheduler;
        private final Disposable.Swap silence = Disposables.swap();
        private final Disposable.Swap whole = Disposables.swap();

        private @Nullable Subscription upstream;
        private volatile long outstanding;
        private volatile long waitingSince;
        private volatile boolean begun;
        private volatile int armed;
        private volatile int ended;

        Waiting(CoreSubscriber<? super T> actual, Limits limits, Sending sending, Scheduler scheduler) {
            this.sending = sending;
            this.actual = actual;
            this.limits = limits;
            this.scheduler = scheduler;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription s) {
            if (Operators.validate(upstream, s)) {
                upstream = s;
                actual.onSubscribe(this);
                Duration total = limits.total();
                if (total != null && ended == 0) {
                    whole.update(scheduler.schedule(
                            () -> expire(Phase.TOTAL, total), total.toNanos(), TimeUnit.NANOSECONDS));
                }
            }
        }

        @Override
        public void request(long n) {
            if (outstanding == 0) {
                waitingSince = now();
            }
            Operators.addCap(OUTSTANDING, this, n);
            arm();
            upstream().request(n);
        }

        private void arm() {
            if (armed == 0 && ended == 0 && ARMED.compareAndSet(this, 0, 1)) {
                schedule(limit().toNanos());
            }
        }

        private void schedule(long nanos) {
            silence.update(scheduler.schedule(this::look, nanos, TimeUnit.NANOSECONDS));
        }

        private void look() {
            if (outstanding == 0) {
                armed = 0;
                if (outstanding != 0) {
                    arm();
                }
                return;
            }
            long since = sending.lastPiece == Long.MIN_VALUE ? waitingSince : Math.max(waitingSince, sending.lastPiece);
            long left = limit().toNanos() - (now() - since);
            if (left > 0) {
                schedule(left);
            } else {
                expire(begun ? Phase.IDLE : Phase.FIRST_EVENT, limit());
            }
        }

        private Duration limit() {
            return begun ? limits.idle() : limits.firstEvent();
        }

        private long now() {
            return scheduler.now(TimeUnit.NANOSECONDS);
        }

        private void expire(Phase phase, Duration limit) {
            if (end()) {
                upstream().cancel();
                actual.onError(new PhaseTimeoutException(phase, limit));
            }
        }

        private boolean end() {
            if (ENDED.compareAndSet(this, 0, 1)) {
                silence.dispose();
                whole.dispose();
                return true;
            }
            return false;
        }

        private Subscription upstream() {
            return upstream == null ? Operators.emptySubscription() : upstream;
        }

        @Override
        public void onNext(T t) {
            if (ended != 0) {
                return;
            }
            if (!begun) {
                begun = true;
                // The task under way waits for the first limit, which may be far beyond the second.
                armed = 1;
                schedule(limits.idle().toNanos());
            }
            waitingSince = now();
            if (outstanding != Long.MAX_VALUE) {
                Operators.produced(OUTSTANDING, this, 1);
            }
            actual.onNext(t);
        }

        @Override
        public void onError(Throwable t) {
            if (end()) {
                actual.onError(t);
            } else {
                Operators.onErrorDropped(t, currentContext());
            }
        }

        @Override
        public void onComplete() {
            if (end()) {
                actual.onComplete();
            }
        }

        @Override
        public void cancel() {
            end();
            upstream().cancel();
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.PARENT) {
                return upstream;
            } else if (key == Attr.ACTUAL) {
                return actual;
            } else if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
                return outstanding;
            } else if (key == Attr.TERMINATED) {
                return ended != 0;
            } else if (key == Attr.RUN_STYLE) {
                return Attr.RunStyle.ASYNC;
            }
            return null;
        }
    }
}
