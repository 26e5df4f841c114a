// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** All exchanges in the order in which their requests arrived. Several event loops add to it; all readers see one order. */
final class ExchangeLog {

    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Queue<Exchange> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private final Sinks.Many<Exchange> exchanges =
            Sinks.unsafe().many().replay().all();
    private volatile boolean closed;

    void add(Exchange exchange) {
        synchronized (requests) {
            requests.add(exchange.request());
            pending.add(exchange);
        }
        drain();
    }

    void close() {
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
            for (Exchange next = pending.poll(); next != null; next = pending.poll()) {
                exchanges.tryEmitNext(next);
            }
            if (last) {
                exchanges.tryEmitComplete();
            }
            missed = work.addAndGet(-missed);
        }
    }

    List<ReceivedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    Flux<Exchange> exchanges() {
        return exchanges.asFlux();
    }
}
