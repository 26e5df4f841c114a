// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One subscriber to a shared generation: its demand and its place in the log. */
final class SharedReader implements Subscription {
    private final Runnable wake;
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean badRequest;

    // Used by the run's working thread only.
    private @Nullable CoreSubscriber<? super GenerationEvent> actual;
    private SharedLog.@Nullable Node place;
    private long had;
    private boolean late;

    SharedReader(CoreSubscriber<? super GenerationEvent> actual, Runnable wake) {
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

    void begin(SharedLog log) {
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
    boolean read(SharedLog log, boolean over, @Nullable Throwable error) {
        CoreSubscriber<? super GenerationEvent> subscriber = actual;
        SharedLog.Node at = place;
        while (!cancelled && subscriber != null && at != null) {
            SharedLog.Node next = at.next;
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
            subscriber.onNext(event);
        }
        actual = null;
        place = null;
        return false;
    }

    /** Forgets a subscriber that threw. */
    void drop() {
        actual = null;
        place = null;
    }

    private boolean end(CoreSubscriber<? super GenerationEvent> subscriber, @Nullable Throwable error) {
        if (error != null) {
            fail(subscriber, error);
        } else {
            actual = null;
            place = null;
            subscriber.onComplete();
        }
        return true;
    }

    private boolean fail(CoreSubscriber<? super GenerationEvent> subscriber, Throwable error) {
        actual = null;
        place = null;
        subscriber.onError(error);
        return false;
    }
}
