// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Emits what is asked for, on the thread that asks or on another, as chance decides, and ends in one of two ways. */
final class RandomSource implements Publisher<String>, Subscription {
    static final RuntimeException FAILURE = new IllegalStateException("of the source");

    private final List<String> items;
    private final Executor threads;
    private final boolean asksForOne;
    private final boolean[] elsewhere;
    private final boolean endsAtOnce;
    final boolean fails;

    final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /** Open until it was cancelled or has ended by itself: a cancel that comes behind its end has nothing to cancel. */
    final CountDownLatch over = new CountDownLatch(1);

    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger emitting = new AtomicInteger();
    private Subscriber<? super String> subscriber;
    private int emitted;
    private boolean ended;

    RandomSource(List<String> items, Random random, Executor threads, boolean asksForOne) {
        this.items = items;
        this.threads = threads;
        this.asksForOne = asksForOne;
        this.elsewhere = new boolean[items.size() + 1];
        for (int i = 0; i < elsewhere.length; i++) {
            elsewhere[i] = random.nextBoolean();
        }
        this.endsAtOnce = random.nextBoolean();
        this.fails = random.nextInt(4) == 0;
    }

    @Override
    public void subscribe(Subscriber<? super String> s) {
        subscriber = s;
        s.onSubscribe(this);
        if (items.isEmpty() && emitting.getAndIncrement() == 0) {
            emit();
        }
    }

    @Override
    public void request(long n) {
        long before = requested.getAndAdd(n);
        if (asksForOne && (n != 1 || before != 0)) {
            problems.add("asked for " + n + " while " + before + " were outstanding");
        }
        if (emitting.getAndIncrement() == 0) {
            if (elsewhere[Math.min(emitted, items.size())]) {
                threads.execute(this::emit);
            } else {
                emit();
            }
        }
    }

    private void emit() {
        int missed = 1;
        do {
            while (requested.get() > 0 && emitted < items.size() && cancelled.getCount() > 0) {
                requested.decrementAndGet();
                subscriber.onNext(items.get(emitted++));
                if (emitted == items.size() && !endsAtOnce) {
                    break;
                }
            }
            if (emitted == items.size() && !ended && cancelled.getCount() > 0) {
                ended = true;
                if (endsAtOnce) {
                    end();
                } else {
                    threads.execute(this::end);
                }
            }
            missed = emitting.addAndGet(-missed);
        } while (missed != 0);
    }

    private void end() {
        over.countDown();
        if (fails) {
            subscriber.onError(FAILURE);
        } else {
            subscriber.onComplete();
        }
    }

    @Override
    public void cancel() {
        cancelled.countDown();
        over.countDown();
    }
}
