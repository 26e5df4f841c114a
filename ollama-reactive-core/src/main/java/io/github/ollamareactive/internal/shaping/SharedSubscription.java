// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.demand.TerminalSignals;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One subscriber to a shared generation: its demand and its place in the log. */
final class SharedSubscription implements Subscription {
    private final Runnable wake;
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean badRequest;

    // Used by the run's working thread only.
    private @Nullable CoreSubscriber<? super GenerationEvent> actual;
    private EventLog.@Nullable Node place;
    private long had;
    private boolean late;

    SharedSubscription(CoreSubscriber<? super GenerationEvent> actual, Runnable wake) {
        this.actual = actual;
        this.wake = wake;
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            requested.accumulateAndGet(n, Operators::addCap);
        } else {
            badRequest = true;
        }
        wake.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
        wake.run();
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
}
