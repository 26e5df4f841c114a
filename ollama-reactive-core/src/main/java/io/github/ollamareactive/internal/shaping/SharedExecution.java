// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.demand.DrainLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
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

    /** Subscribers that came, asked for more or left since the draining thread looked: so one of them costs nothing of the others. */
    private final Queue<SharedSubscription> signalled = new ConcurrentLinkedQueue<>();

    private final AtomicInteger departures = new AtomicInteger();

    // Used by the draining thread only.
    private final Set<SharedSubscription> readers = new LinkedHashSet<>();

    /** How many of them have had all and want more. */
    private int owed;

    /** The most events that any of them has had. */
    private long mostHad;

    private boolean arrived;
    private boolean toldEnd;
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
        SharedSubscription reader = new SharedSubscription(actual, this);
        try {
            actual.onSubscribe(reader);
        } catch (Throwable e) {
            reader.cancel();
            throw e;
        } finally {
            // One that threw arrives too, so that it leaves like any other.
            reader.arrive();
        }
        return true;
    }

    /** Whether the run has ended for good because nobody was left. */
    boolean isAbandoned() {
        return members.get() == ABANDONED;
    }

    /** The generation that all of them share. */
    Subscription subscription() {
        return upstream();
    }

    /** A subscriber wants to be looked at. */
    void signal(SharedSubscription reader) {
        signalled.add(reader);
        wake();
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
        if (members.get() == ABANDONED) {
            Operators.onDiscard(event, context);
        } else {
            log.add(event);
            arrived = true;
        }
    }

    @Override
    protected void work() {
        boolean ended = hasUpstreamEnded();
        if (ended) {
            waiting.dispose();
        }
        boolean moved = arrived || (ended && !toldEnd);
        if (moved) {
            arrived = false;
            toldEnd = ended;
            readers.removeIf(reader -> !read(reader, ended));
        }
        for (SharedSubscription reader = signalled.poll(); reader != null; reader = signalled.poll()) {
            reader.seen();
            if (!reader.isOver()) {
                if (readers.add(reader)) {
                    reader.begin(log);
                }
                long had = reader.had();
                boolean stays = read(reader, ended);
                moved |= !stays || reader.had() != had;
                if (!stays) {
                    readers.remove(reader);
                }
            }
        }
        if (moved && log.bytes() >= maxBytes && !readers.isEmpty()) {
            long had = Long.MAX_VALUE;
            for (SharedSubscription reader : readers) {
                had = Math.min(had, reader.had());
            }
            log.letGo(had, maxBytes);
        }
        if (members.get() == ABANDONED) {
            log.discard(mostHad, event -> Operators.onDiscard(event, context));
        } else if (owed > 0 && !ended && log.bytes() < maxBytes) {
            ask();
        }
    }

    /** Gives a subscriber what it asked for, and tells whether it stays. */
    private boolean read(SharedSubscription reader, boolean ended) {
        owed -= reader.wasOwed ? 1 : 0;
        boolean stays = reader.read(log, ended, upstreamError());
        reader.wasOwed = stays && reader.isOwed();
        owed += reader.wasOwed ? 1 : 0;
        mostHad = Math.max(mostHad, reader.had());
        if (!stays) {
            leave();
        }
        return stays;
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
                log.letGo(Long.MAX_VALUE, 0); // Who comes is told so, and the model isn't asked again.
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
            wake();
        }
    }
}
