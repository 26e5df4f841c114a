// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** One generation, the log of its events, and who reads it. Whichever thread finds nobody at work does the work of all. */
final class SharedRun implements CoreSubscriber<GenerationEvent> {
    private static final int ABANDONED = -1;

    private final Context context;
    private final long maxBytes;
    private final Duration grace;
    private final Consumer<SharedRun> forget;
    private final AtomicInteger wip = new AtomicInteger();

    /** How many have joined and not left, those that are about to be seen by the working thread included. */
    private final AtomicInteger members = new AtomicInteger();

    private final Queue<SharedReader> arriving = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Subscription upstream;
    private volatile @Nullable GenerationEvent arrived;
    private volatile boolean upstreamDone;
    private @Nullable Throwable upstreamError;
    private final AtomicInteger departures = new AtomicInteger();

    // Used by the working thread only.
    private final List<SharedReader> readers = new ArrayList<>();
    private final SharedLog log = new SharedLog();
    private boolean outstanding;
    private boolean asking;
    private volatile @Nullable Throwable thrown;

    /** The task that ends the run after the grace period; disposed when somebody comes or the run ends by itself. */
    private final Disposable.Swap waiting = Disposables.swap();

    /** @param forget called when it is abandoned */
    SharedRun(Context context, long maxBytes, Duration grace, Consumer<SharedRun> forget) {
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
        SharedReader reader = new SharedReader(actual, this::wake);
        actual.onSubscribe(reader);
        arriving.add(reader);
        wake();
        return true;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(upstream, s)) {
            upstream = s;
            if (members.get() == ABANDONED) {
                s.cancel();
            }
            wake();
        }
    }

    @Override
    public void onNext(GenerationEvent event) {
        arrived = event;
        wake();
    }

    @Override
    public void onError(Throwable t) {
        if (upstreamDone) {
            Operators.onErrorDropped(t, context);
            return;
        }
        waiting.dispose();
        upstreamError = t;
        upstreamDone = true;
        wake();
    }

    @Override
    public void onComplete() {
        waiting.dispose();
        upstreamDone = true;
        wake();
    }

    private void wake() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        boolean ask = false;
        do {
            work();
            ask |= asking;
            asking = false;
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
        Subscription s = upstream;
        if (ask && s != null) {
            s.request(1);
        }
        Throwable e = thrown;
        if (e != null) {
            thrown = null;
            Operators.onErrorDropped(e, context);
        }
    }

    private void work() {
        boolean over = upstreamDone;
        GenerationEvent event = arrived;
        if (event != null) {
            arrived = null;
            outstanding = false;
            log.add(event);
        }
        for (SharedReader reader = arriving.poll(); reader != null; reader = arriving.poll()) {
            reader.begin(log);
            readers.add(reader);
        }
        boolean wanted = false;
        for (Iterator<SharedReader> each = readers.iterator(); each.hasNext(); ) {
            SharedReader reader = each.next();
            if (read(reader, over)) {
                wanted |= reader.isOwed();
            } else {
                each.remove();
                leave();
            }
        }
        if (log.bytes() >= maxBytes && !readers.isEmpty()) {
            long had = Long.MAX_VALUE;
            for (SharedReader reader : readers) {
                had = Math.min(had, reader.had());
            }
            log.letGo(had, maxBytes);
        }
        if (wanted && !outstanding && !over && upstream != null && log.bytes() < maxBytes) {
            outstanding = true;
            asking = true;
        }
    }

    /** A subscriber that throws is a subscriber less; it must not stop the others. */
    private boolean read(SharedReader reader, boolean over) {
        try {
            return reader.read(log, over, upstreamError);
        } catch (Throwable e) {
            reader.drop();
            thrown = e;
            return false;
        }
    }

    private void leave() {
        if (members.decrementAndGet() > 0) {
            return;
        }
        // What was let go can't be replayed: nobody who came now would be served.
        boolean incomplete = log.gone() > 0;
        if (upstreamDone) {
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
        if (departure == departures.get() && !upstreamDone && members.compareAndSet(0, ABANDONED)) {
            forget.accept(this);
            Subscription s = upstream;
            if (s != null) {
                s.cancel();
            }
        }
    }
}
