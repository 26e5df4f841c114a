// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The subscriber of a hand-written operator with one upstream and one downstream: demand, cancellation and termination by the
 * Reactive Streams specification, around what the operator does in {@link #step}.
 *
 * <p>The stream ends with exactly one signal. What the operator or a subscriber throws ends it too: upstream is cancelled, and the
 * subscriber gets what was thrown, as it is. An error that a subscriber throws is its own and never becomes one of upstream; what it
 * throws in {@code onSubscribe} cancels, and is thrown on to whoever subscribed it.
 *
 * @param <I> what upstream emits
 * @param <O> what comes out
 */
public abstract class DrainOperator<I, O> extends DrainLoop<I> implements Subscription, Scannable {
    @SuppressWarnings("rawtypes")
    private static final AtomicLongFieldUpdater<DrainOperator> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(DrainOperator.class, "requested");

    private final CoreSubscriber<? super O> actual;

    /** All that was ever asked for; compared with all that was emitted, so that emitting needs no atomic operation. */
    private volatile long requested;

    private volatile boolean badRequest;
    private volatile boolean cancelled;
    private volatile boolean terminated;

    /** Written by the draining thread only. */
    private long emitted;

    /**
     * Makes the subscriber of one subscription.
     *
     * @param actual downstream
     */
    protected DrainOperator(CoreSubscriber<? super O> actual) {
        this.actual = actual;
    }

    /**
     * Does one thing, inside of the loop; called again until it gives false. Not called once the stream has ended.
     *
     * @return whether something was done, so that it is worth looking again
     */
    protected abstract boolean step();

    /** Lets go of what is held, inside of the loop; called after every signal once the stream has ended or was cancelled. */
    protected abstract void release();

    /** Upstream is there, before downstream learns of it: no signal may follow from here. */
    protected void start() {}

    /** Downstream knows its subscription, so signals may follow. */
    protected void subscribed() {}

    @Override
    public final Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public final void onSubscribe(Subscription s) {
        if (isFirst(s)) {
            try {
                start();
                actual.onSubscribe(this);
                subscribed();
            } catch (Throwable e) {
                // Nobody is there to cancel.
                cancel();
                throw e;
            }
        }
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            Operators.addCap(REQUESTED, this, n);
        } else {
            badRequest = true;
        }
        wake();
    }

    @Override
    public final void cancel() {
        cancelled = true;
        closeUpstream();
        wake();
    }

    /** Cancels upstream because nothing more is wanted of it. */
    protected void closeUpstream() {
        cancelUpstream();
    }

    @Override
    protected final void work() {
        do {
            if (isOver()) {
                release();
                return;
            } else if (badRequest) {
                fail(new IllegalArgumentException("§3.9: demand must be positive"));
            }
        } while (isOver() || step());
    }

    @Override
    protected final void broken(Throwable thrown) {
        if (terminated) {
            TerminalSignals.drop(thrown, actual);
        } else {
            fail(thrown);
        }
        try {
            release();
        } catch (Throwable e) {
            TerminalSignals.drop(e, actual);
        }
    }

    /**
     * Emits an item; asked for, and not after the end.
     *
     * @param item the item
     */
    protected final void emit(O item) {
        emitted++;
        try {
            actual.onNext(item);
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Ends the stream with an error and closes upstream. */
    private void fail(Throwable error) {
        closeUpstream();
        terminate(error);
    }

    /**
     * Ends the stream; upstream is left alone.
     *
     * @param error the error; null for completion
     */
    protected final void terminate(@Nullable Throwable error) {
        terminated = true;
        if (error == null) {
            TerminalSignals.complete(actual);
        } else {
            TerminalSignals.error(actual, error);
        }
    }

    /**
     * How many items are asked for and not emitted.
     *
     * @return 0 for none
     */
    protected final long demand() {
        return requested - emitted;
    }

    /**
     * Whether downstream wants no more signals.
     *
     * @return whether it has had its last signal or has cancelled
     */
    protected final boolean isOver() {
        return cancelled || terminated;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream();
        } else if (key == Attr.ACTUAL) {
            return actual;
        } else if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            long all = requested;
            return all == Long.MAX_VALUE ? all : all - emitted;
        } else if (key == Attr.PREFETCH) {
            return 0;
        } else if (key == Attr.CANCELLED) {
            return cancelled;
        } else if (key == Attr.TERMINATED) {
            return terminated;
        } else if (key == Attr.ERROR) {
            return upstreamError();
        }
        return null;
    }
}
