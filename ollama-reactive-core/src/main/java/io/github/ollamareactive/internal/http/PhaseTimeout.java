// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.internal.demand.DrainOperator;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends a body that keeps its reader waiting: one limit until its first bytes, another between later ones, and if wanted one
 * for the whole. The first two run only while bytes are asked for: a reader that pauses is never too late.
 *
 * <p>Reactor's own {@code timeout} doesn't look at demand, and starts a task for every element. Here one task at a time is
 * under way, which looks when it fires how long there has been silence.
 */
public final class PhaseTimeout<T> extends FluxOperator<T, T> {
    private final Limits limits;
    private final Sending sending;

    /** What is still being sent: as long as that goes on, nobody waits for an answer. */
    public static final class Sending {
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
    public record Limits(
            Duration firstEvent, Duration idle, @Nullable Duration total) {}

    /** A limit was passed. */
    public static final class PhaseTimeoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final Phase phase;
        final Duration limit;

        PhaseTimeoutException(Phase phase, Duration limit) {
            this(phase, limit, null);
        }

        PhaseTimeoutException(Phase phase, Duration limit, @Nullable Throwable cause) {
            super(phase + " after " + limit, cause, false, false);
            this.phase = phase;
            this.limit = limit;
        }
    }

    public PhaseTimeout(Flux<? extends T> source, Limits limits, Sending sending) {
        super(source);
        this.limits = limits;
        this.sending = sending;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Waiting<>(actual, limits, sending, Schedulers.parallel()));
    }

    private static final class Waiting<T> extends DrainOperator<T, T> {
        @SuppressWarnings("rawtypes")
        private static final AtomicLongFieldUpdater<Waiting> OUTSTANDING =
                AtomicLongFieldUpdater.newUpdater(Waiting.class, "outstanding");

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Waiting> ARMED =
                AtomicIntegerFieldUpdater.newUpdater(Waiting.class, "armed");

        private final Limits limits;
        private final Sending sending;
        private final Scheduler scheduler;
        private final Disposable.Swap silence = Disposables.swap();
        private final Disposable.Swap whole = Disposables.swap();

        private volatile long outstanding;
        private volatile long waitingSince;
        private volatile boolean begun;
        private volatile int armed;
        private volatile @Nullable PhaseTimeoutException expired;

        Waiting(CoreSubscriber<? super T> actual, Limits limits, Sending sending, Scheduler scheduler) {
            super(actual);
            this.sending = sending;
            this.limits = limits;
            this.scheduler = scheduler;
        }

        @Override
        protected void subscribed() {
            Duration total = limits.total();
            if (total != null && !isOver()) {
                try {
                    whole.update(scheduler.schedule(
                            () -> expire(Phase.TOTAL, total), total.toNanos(), TimeUnit.NANOSECONDS));
                } catch (RejectedExecutionException e) {
                    cancelUpstream();
                    onError(e);
                }
            }
        }

        /** Passed on as it is: this operator neither holds nor adds anything. */
        @Override
        public void request(long n) {
            if (n <= 0) {
                super.request(n);
                return;
            }
            if (outstanding == 0) {
                waitingSince = now();
            }
            Operators.addCap(OUTSTANDING, this, n);
            arm();
            upstream().request(n);
        }

        private void arm() {
            if (armed == 0 && !isOver() && ARMED.compareAndSet(this, 0, 1)) {
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
            expired = new PhaseTimeoutException(phase, limit);
            // At once, also while downstream holds the loop: the connection is what the limit is about.
            cancelUpstream();
            wake();
        }

        @Override
        protected void take(T item) {
            if (isOver() || expired != null) {
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
            emit(item);
        }

        /**
         * An item that comes while the loop is busy comes too late. From no source of Reactor's or Reactor Netty's it comes
         * earlier: they don't emit within {@code request} while they emit already.
         */
        @Override
        protected @Nullable Object keep(T item) {
            if (!isOver() && expired == null) {
                throw new IllegalStateException("the source emits while an item of it is being taken");
            }
            return null;
        }

        @Override
        protected boolean step() {
            PhaseTimeoutException timeout = expired;
            if (timeout != null) {
                terminate(timeout);
            } else if (hasUpstreamEnded()) {
                terminate(upstreamError());
            } else {
                return false;
            }
            return true;
        }

        @Override
        protected void release() {
            silence.dispose();
            whole.dispose();
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
                return outstanding;
            } else if (key == Attr.RUN_STYLE) {
                return Attr.RunStyle.ASYNC;
            }
            return super.scanUnsafe(key);
        }
    }
}
