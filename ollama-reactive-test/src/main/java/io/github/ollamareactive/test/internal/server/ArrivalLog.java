// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Entries in order of arrival. Several event loops add to it; all readers see one order. */
public final class ArrivalLog<T> {

    private final List<T> all = new ArrayList<>();
    private final Queue<T> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private final Sinks.Many<T> entries = Sinks.unsafe().many().replay().all();
    private volatile boolean closed;

    public void add(T entry) {
        synchronized (all) {
            all.add(entry);
            pending.add(entry);
        }
        drain();
    }

    /** Completes {@link #entries()}. */
    public void close() {
        closed = true;
        drain();
    }

    // Subscribers are called outside of the lock, by one thread at a time.
    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        while (missed != 0) {
            boolean last = closed;
            for (T next = pending.poll(); next != null; next = pending.poll()) {
                entries.tryEmitNext(next);
            }
            if (last) {
                entries.tryEmitComplete();
            }
            missed = work.addAndGet(-missed);
        }
    }

    /** The entries so far. */
    public List<T> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** Forgets the entries so far; {@link #entries()} has emitted them. */
    public void clear() {
        synchronized (all) {
            all.clear();
        }
    }

    /** All entries, first those added before the subscription. */
    public Flux<T> entries() {
        return entries.asFlux();
    }
}
