// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The newest entries in order of arrival. Several event loops add to it; all readers see one order. The oldest entries are
 * dropped when there are too many or when they are too large; the newest one never is.
 */
public final class ArrivalLog<T> {

    private final ToLongFunction<T> sizeOf;
    private final Deque<T> kept = new ArrayDeque<>();
    private final List<Sinks.Many<T>> readers = new ArrayList<>();
    private int maxNumber;
    private long maxSize;
    private long size;
    private long dropped;
    private boolean closed;

    private final Queue<Runnable> signals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();

    public ArrivalLog(int maxNumber, long maxSize, ToLongFunction<T> sizeOf) {
        this.maxNumber = maxNumber;
        this.maxSize = maxSize;
        this.sizeOf = sizeOf;
    }

    private record Reader<T>(Sinks.Many<T> entries, long firstIndex) {}

    public void limit(int newMaxNumber, long newMaxSize) {
        synchronized (kept) {
            maxNumber = newMaxNumber;
            maxSize = newMaxSize;
            trim();
        }
    }

    public void add(T entry) {
        synchronized (kept) {
            kept.add(entry);
            size += sizeOf.applyAsLong(entry);
            trim();
            List<Sinks.Many<T>> now = List.copyOf(readers);
            signals.add(() -> now.forEach(reader -> reader.tryEmitNext(entry)));
        }
        drain();
    }

    private void trim() {
        while (kept.size() > 1 && (kept.size() > maxNumber || size > maxSize)) {
            size -= sizeOf.applyAsLong(kept.remove());
            dropped++;
        }
    }

    /** Completes {@link #entries()}. */
    public void close() {
        synchronized (kept) {
            closed = true;
            List<Sinks.Many<T>> now = List.copyOf(readers);
            readers.clear();
            signals.add(() -> now.forEach(Sinks.Many::tryEmitComplete));
        }
        drain();
    }

    // Readers are called outside of the lock, by one thread at a time.
    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        while (missed != 0) {
            for (Runnable next = signals.poll(); next != null; next = signals.poll()) {
                next.run();
            }
            missed = work.addAndGet(-missed);
        }
    }

    /** The entries that are kept. */
    public List<T> all() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    /** The number of entries that were dropped. */
    public long dropped() {
        synchronized (kept) {
            return dropped;
        }
    }

    /** Forgets the entries so far, those dropped too: the next one has the index 0. */
    public void clear() {
        synchronized (kept) {
            kept.clear();
            size = 0;
            dropped = 0;
        }
    }

    /** All entries, first those added before the subscription that are kept. */
    public Flux<T> entries() {
        return Flux.defer(() -> entriesOf(open()));
    }

    /** The entry of this index in the order of arrival. */
    public Mono<T> entry(int index) {
        return Mono.defer(() -> {
            Reader<T> reader = open();
            if (index < reader.firstIndex()) {
                remove(reader);
                return Mono.error(new IndexOutOfBoundsException(
                        "entry " + index + " was dropped: the first one that is kept is " + reader.firstIndex()));
            }
            return entriesOf(reader).elementAt((int) (index - reader.firstIndex()));
        });
    }

    private Flux<T> entriesOf(Reader<T> reader) {
        return reader.entries().asFlux().doFinally(signal -> remove(reader));
    }

    private Reader<T> open() {
        Sinks.Many<T> entries = Sinks.unsafe().many().unicast().onBackpressureBuffer();
        Reader<T> reader;
        synchronized (kept) {
            reader = new Reader<>(entries, dropped);
            List<T> before = List.copyOf(kept);
            boolean last = closed;
            signals.add(() -> {
                before.forEach(entries::tryEmitNext);
                if (last) {
                    entries.tryEmitComplete();
                }
            });
            if (!last) {
                readers.add(entries);
            }
        }
        drain();
        return reader;
    }

    private void remove(Reader<T> reader) {
        synchronized (kept) {
            readers.remove(reader.entries());
        }
    }
}
