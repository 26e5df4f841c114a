// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The drain loop of every hand-written subscriber: signals may come from any thread, one thread at a time does the work, and
 * upstream is asked for one item at a time.
 *
 * <p>A thread that finds the loop idle drains it; a thread that finds it busy leaves its signal and goes, and the draining
 * thread comes round once more. Upstream is asked outside of the loop: a source that answers at once then finds nobody draining,
 * so its item needs no copy.
 *
 * <p>Whatever is thrown inside of the loop is handed to {@link #broken}, errors of the virtual machine and of linking included, and
 * the loop is left in good order: a counter that stayed above zero would end the stream's signals for ever.
 *
 * @param <I> what upstream emits
 */
public abstract class DrainLoop<I> implements CoreSubscriber<I> {
    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<DrainLoop> WIP =
            AtomicIntegerFieldUpdater.newUpdater(DrainLoop.class, "wip");

    @SuppressWarnings("UnusedVariable") // used by its updater
    private volatile int wip;

    private volatile @Nullable Subscription upstream;
    private volatile boolean upstreamDone;
    private @Nullable Throwable upstreamError;

    /** What came while another thread was draining. One item at most, since one was asked for. */
    private volatile @Nullable Object arrived;

    // Used by the draining thread only.
    private boolean outstanding;
    private boolean asking;

    /**
     * Takes an item, inside of the loop. {@link #work} follows.
     *
     * @param item the item
     */
    protected abstract void take(I item);

    /**
     * What is kept of an item that came while another thread was draining, on the thread that brought it.
     *
     * @param item the item, which may be reused after the call
     * @return what {@link #takeKept} gets; null to drop the item
     */
    protected @Nullable Object keep(I item) {
        return item;
    }

    /**
     * Takes what {@link #keep} gave, inside of the loop.
     *
     * @param kept what was kept
     */
    @SuppressWarnings("unchecked") // keep gave the item
    protected void takeKept(Object kept) {
        take((I) kept);
    }

    /** Does all that can be done now, inside of the loop; called after every signal. */
    protected abstract void work();

    /**
     * Ends the stream because something was thrown in {@link #take} or {@link #work}, inside of the loop.
     *
     * @param thrown what was thrown
     */
    protected abstract void broken(Throwable thrown);

    /**
     * Remembers upstream's subscription.
     *
     * @param s the subscription
     * @return whether it is the first one; another one was cancelled
     */
    protected final boolean isFirst(Subscription s) {
        if (Operators.validate(upstream, s)) {
            upstream = s;
            return true;
        }
        return false;
    }

    /**
     * Upstream's subscription.
     *
     * @return one that does nothing, before there is one
     */
    protected final Subscription upstream() {
        Subscription s = upstream;
        return s == null ? Operators.emptySubscription() : s;
    }

    @Override
    public final void onNext(I item) {
        if (WIP.compareAndSet(this, 0, 1)) {
            outstanding = false;
            try {
                take(item);
            } catch (Throwable e) {
                broken(e);
            }
            drain();
        } else {
            try {
                arrived = keep(item);
            } catch (Throwable e) {
                cancelUpstream();
                onError(e);
                return;
            }
            wake();
        }
    }

    @Override
    public final void onError(Throwable t) {
        if (upstreamDone) {
            Operators.onErrorDropped(t, currentContext());
            return;
        }
        upstreamError = t;
        upstreamDone = true;
        wake();
    }

    @Override
    public final void onComplete() {
        upstreamDone = true;
        wake();
    }

    /** Makes the loop look again, on this thread if it is idle. May be called by any thread at any time. */
    protected final void wake() {
        if (WIP.getAndIncrement(this) == 0) {
            drain();
        }
    }

    private void drain() {
        int missed = 1;
        boolean ask = false;
        do {
            try {
                Object kept = arrived;
                if (kept != null) {
                    arrived = null;
                    outstanding = false;
                    takeKept(kept);
                }
                work();
            } catch (Throwable e) {
                broken(e);
            }
            ask |= asking;
            asking = false;
            missed = WIP.addAndGet(this, -missed);
        } while (missed != 0);
        if (ask) {
            request();
        }
    }

    private void request() {
        try {
            upstream().request(1);
        } catch (Throwable e) {
            // Of a source that emits at once, or an operator before this one, and hasn't told it by a signal.
            cancelUpstream();
            onError(e);
        }
    }

    /** Cancels upstream. What that throws, as an event loop that was shut down does, must not keep the stream from ending. */
    protected final void cancelUpstream() {
        try {
            upstream().cancel();
        } catch (Throwable e) {
            TerminalSignals.drop(e, this);
        }
    }

    /** Asks upstream, where there is one, for another item, once the loop is left and unless one is on its way already. */
    protected final void ask() {
        if (!outstanding && upstream != null) {
            outstanding = true;
            asking = true;
        }
    }

    /**
     * Whether an item was asked for and hasn't come.
     *
     * @return whether {@link #ask} would do nothing
     */
    protected final boolean isItemOutstanding() {
        return outstanding;
    }

    /**
     * Whether upstream has ended and its last item was taken.
     *
     * @return false also where that item was announced and the loop is about to come round for it
     */
    protected final boolean hasUpstreamEnded() {
        return upstreamDone && arrived == null;
    }

    /**
     * How upstream ended.
     *
     * @return its error; null if it completed or hasn't ended
     */
    protected final @Nullable Throwable upstreamError() {
        return upstreamDone ? upstreamError : null;
    }
}
