// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.demand.DrainLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** One execution of a shared generation: the log of its events and its subscribers, for all of whom the draining thread works. */
final class SharedExecution extends DrainLoop<GenerationEvent> {
    private static final int ABANDONED = -1;

    private final Context context;
    private final long maxBytes;
    private final Duration grace;
    private final Consumer<SharedExecution> forget;

    /** How many have joined and not left, those that the draining thread is about to see included. */
    private final AtomicInteger members = new AtomicInteger();

    private final Queue<SharedSubscription> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicInteger departures = new AtomicInteger();

    // Used by the draining thread only.
    private final List<SharedSubscription> readers = new ArrayList<>();
    private final EventLog log = new EventLog();

    /** The task that ends the run after the grace period; disposed when somebody comes or the run ends by itself. */
    private final Disposable.Swap waiting = Disposables.swap();

    /** @param forget called when it is abandoned */
    SharedExecution(Context context, long maxBytes, Duration grace, Consumer<SharedExecution> forget) {
        this.forget = forget;
        this.context = context;
        this.maxBytes = maxBytes;
        this.grace = grace;
    }

    /** Takes a subscriber in, unless this run was abandoned: then nothing was done. */
    boolean join(CoreSubscriber<? super GenerationEvent> actual) {
        if (members.getAndUpdate(n -> n == ABANDONED ? n : n + 1) == ABANDONED) {
            return false;
        }
        waiting.update(Disposables.disposed());
        SharedSubscription reader = new SharedSubscription(actual, this::wake);
        try {
            actual.onSubscribe(reader);
        } catch (Throwable e) {
            reader.cancel();
            throw e;
        } finally {
            // One that threw arrives too, so that it leaves like any other.
            arriving.add(reader);
            wake();
        }
        return true;
    }

    /** Whether the run has ended for good because nobody was left. */
    boolean isAbandoned() {
        return members.get() == ABANDONED;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (isFirst(s)) {
            if (isAbandoned()) {
                s.cancel();
            }
            wake();
        }
    }

    @Override
    protected void take(GenerationEvent event) {
        log.add(event);
    }

    @Override
    protected void work() {
        boolean ended = hasUpstreamEnded();
        if (ended) {
            waiting.dispose();
        }
        for (SharedSubscription reader = arriving.poll(); reader != null; reader = arriving.poll()) {
            reader.begin(log);
            readers.add(reader);
        }
        boolean wanted = false;
        for (Iterator<SharedSubscription> each = readers.iterator(); each.hasNext(); ) {
            SharedSubscription reader = each.next();
            if (reader.read(log, ended, upstreamError())) {
                wanted |= reader.isOwed();
            } else {
                each.remove();
                leave();
            }
        }
        if (log.bytes() >= maxBytes && !readers.isEmpty()) {
            long had = Long.MAX_VALUE;
            for (SharedSubscription reader : readers) {
                had = Math.min(had, reader.had());
            }
            log.letGo(had, maxBytes);
        }
        if (wanted && !ended && log.bytes() < maxBytes) {
            ask();
        }
    }

    /** Ends the generation for all of its subscribers. */
    @Override
    protected void broken(Throwable thrown) {
        cancelUpstream();
        onError(thrown);
    }

    private void leave() {
        if (members.decrementAndGet() > 0) {
            return;
        }
        // What was let go can't be replayed: nobody who came now would be served.
        boolean incomplete = log.gone() > 0;
        if (hasUpstreamEnded()) {
            if (incomplete) {
                forget.accept(this);
            }
            return;
        }
        int departure = departures.incrementAndGet();
        if (incomplete || grace.isZero()) {
            abandon(departure);
        } else {
            waiting.update(Schedulers.parallel()
                    .schedule(() -> abandon(departure), TimeLimit.nanos(grace), TimeUnit.NANOSECONDS));
        }
    }

    /** Ends the run for good, unless somebody came since. */
    private void abandon(int departure) {
        if (departure == departures.get() && !hasUpstreamEnded() && members.compareAndSet(0, ABANDONED)) {
            forget.accept(this);
            cancelUpstream();
        }
    }
}
