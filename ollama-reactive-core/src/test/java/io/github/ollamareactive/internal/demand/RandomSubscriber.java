// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Asks for everything from two threads and from within its own signals, and may cancel at some moment. */
final class RandomSubscriber implements CoreSubscriber<String> {
    private final int expected;
    private final int cancelAt;
    private final boolean[] asksInside;
    private final Executor threads;

    private final List<String> seen = new ArrayList<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(2);
    private volatile Throwable error;
    private volatile boolean ended;
    private Subscription subscription;

    RandomSubscriber(int expected, Random random, Executor threads) {
        this.expected = expected;
        this.threads = threads;
        this.cancelAt = random.nextInt(4) == 0 ? random.nextInt(expected + 1) : Integer.MAX_VALUE;
        this.asksInside = new boolean[expected + 1];
        for (int i = 0; i < asksInside.length; i++) {
            asksInside[i] = random.nextInt(3) == 0;
        }
    }

    /** Asks for one item more than there are, from two threads, and waits for the end. */
    void drive() throws InterruptedException {
        for (int thread = 0; thread < 2; thread++) {
            boolean cancels = thread == 0;
            threads.execute(() -> {
                for (int i = 0; i <= expected; i++) {
                    if (cancels && i == cancelAt) {
                        subscription.cancel();
                    }
                    request();
                }
                asked.countDown();
            });
        }
        if (!asked.await(60, TimeUnit.SECONDS)) {
            problems.add("a thread that asks is stuck");
        }
    }

    private void request() {
        requested.incrementAndGet();
        subscription.request(1);
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
    }

    @Override
    public void onNext(String item) {
        enter("an item");
        seen.add(item);
        if (seen.size() > requested.get()) {
            problems.add(seen.size() + " items for a demand of " + requested);
        }
        if (seen.size() <= expected && asksInside[seen.size()]) {
            request();
        }
        inside.decrementAndGet();
    }

    private void enter(String what) {
        if (inside.getAndIncrement() != 0) {
            problems.add(what + " while another signal was under way");
        }
        if (ended) {
            problems.add(what + " after the end");
        }
    }

    @Override
    public void onError(Throwable e) {
        error = e;
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    private void end() {
        enter("an end");
        ended = true;
        inside.decrementAndGet();
        end.countDown();
    }

    /** What went wrong, in words. */
    List<String> problems(RandomSource source, List<String> items) throws InterruptedException {
        boolean cancels = cancelAt != Integer.MAX_VALUE;
        if (!cancels && !end.await(60, TimeUnit.SECONDS)) {
            problems.add("no end after " + seen);
        } else if (cancels && end.getCount() > 0 && !source.over.await(60, TimeUnit.SECONDS)) {
            problems.add("the source was not cancelled");
        }
        List<String> all = new ArrayList<>(problems);
        all.addAll(source.problems);
        if (!cancels) {
            if (source.fails ? error != RandomSource.FAILURE : error != null) {
                all.add("ended with " + error);
            }
            // An error may overtake what was not asked for yet, never the order.
            boolean right = source.fails
                    ? seen.equals(items.subList(0, Math.min(seen.size(), items.size())))
                    : seen.equals(items);
            if (!right) {
                all.add("emitted " + seen + " instead of " + items);
            }
        }
        return all;
    }
}
