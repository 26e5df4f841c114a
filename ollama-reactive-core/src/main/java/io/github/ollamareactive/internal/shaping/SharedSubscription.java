// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.demand.TerminalSignals;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;

/** One subscriber to a shared generation: its demand and its place in the log. */
final class SharedSubscription implements Subscription, Scannable {
    private final SharedExecution execution;

    /** Whether the run is about to look at it. */
    private final AtomicBoolean queued = new AtomicBoolean(true);

    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean badRequest;

    private volatile boolean ended;
    private volatile @Nullable CoreSubscriber<? super GenerationEvent> actual;

    // Used by the run's working thread only.
    private EventLog.@Nullable Node place;
    private long had;
    private boolean late;

    /** As the run saw it last. */
    boolean wasOwed;

    SharedSubscription(CoreSubscriber<? super GenerationEvent> actual, SharedExecution execution) {
        this.actual = actual;
        this.execution = execution;
    }

    /** The subscriber has its subscription: from now on the run looks at it. */
    void arrive() {
        execution.signal(this);
    }

    private void signal() {
        if (queued.compareAndSet(false, true)) {
            execution.signal(this);
        }
    }

    /** The run looks at it: what is signalled from now on is looked at again. */
    void seen() {
        queued.set(false);
    }

    /** Whether it has had its last signal, or wants none. */
    boolean isOver() {
        return actual == null;
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            requested.accumulateAndGet(n, Operators::addCap);
        } else {
            badRequest = true;
        }
        signal();
    }

    @Override
    public void cancel() {
        cancelled = true;
        signal();
    }

    void begin(EventLog log) {
        place = log.before();
        late = log.gone() > 0;
        had = log.gone();
    }

    long had() {
        return had;
    }

    /** Whether it has had all that there is and wants more. */
    boolean isOwed() {
        return had != requested.get() && place != null && place.next == null;
    }

    /** Gives it what it asked for, and tells whether it stays. */
    boolean read(EventLog log, boolean over, @Nullable Throwable error) {
        CoreSubscriber<? super GenerationEvent> subscriber = actual;
        EventLog.Node at = place;
        while (!cancelled && subscriber != null && at != null) {
            EventLog.Node next = at.next;
            GenerationEvent event = next == null ? null : next.event;
            if (badRequest) {
                return fail(subscriber, new IllegalArgumentException("§3.9: demand must be positive"));
            } else if (late) {
                return fail(
                        subscriber,
                        new IllegalStateException("too late for this shared generation: its first " + log.gone()
                                + " events are no longer held, since it is longer than maxBytes"));
            } else if (event == null) {
                return !over || !end(subscriber, error);
            } else if (had == requested.get()) {
                return true;
            }
            had++;
            at = next;
            place = at;
            try {
                subscriber.onNext(event);
            } catch (Throwable e) {
                return fail(subscriber, e); // Its own error: the others go on.
            }
        }
        leave();
        return false;
    }

    private void leave() {
        ended = !cancelled;
        actual = null;
        place = null;
    }

    private boolean end(CoreSubscriber<? super GenerationEvent> subscriber, @Nullable Throwable error) {
        if (error != null) {
            fail(subscriber, error);
        } else {
            leave();
            TerminalSignals.complete(subscriber);
        }
        return true;
    }

    private boolean fail(CoreSubscriber<? super GenerationEvent> subscriber, Throwable error) {
        leave();
        TerminalSignals.error(subscriber, error);
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return execution.subscription();
        } else if (key == Attr.ACTUAL) {
            return actual;
        } else if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            long all = requested.get();
            return all == Long.MAX_VALUE ? all : all - had;
        } else if (key == Attr.PREFETCH) {
            return 0;
        } else if (key == Attr.CANCELLED) {
            return cancelled;
        } else if (key == Attr.TERMINATED) {
            return ended;
        } else if (key == Attr.RUN_STYLE) {
            return Attr.RunStyle.ASYNC;
        }
        return null;
    }
}
