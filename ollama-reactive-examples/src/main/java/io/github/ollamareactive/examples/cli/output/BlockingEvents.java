// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.function.Consumer;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/** Walks through events on the caller's thread, where printing may block. */
public final class BlockingEvents {
    private BlockingEvents() {}

    /**
     * Takes one event after the other, asking for the next when the last one is done with: a reader of our output that pauses
     * holds the server back. When the thread is interrupted the call is cancelled.
     *
     * @param events a call
     * @param consumer takes each event
     * @param <E> the events
     */
    public static <E> void forEach(Flux<E> events, Consumer<? super E> consumer) {
        // As signals, because an iterator throws a failure before the events that wait in front of it.
        try (var signals = events.materialize().toStream(1)) {
            signals.forEach(signal -> take(signal, consumer));
        }
    }

    private static <E> void take(Signal<E> signal, Consumer<? super E> consumer) {
        E event = signal.get();
        Throwable failure = signal.getThrowable();
        if (failure != null) {
            throw Exceptions.propagate(failure);
        } else if (event != null) {
            consumer.accept(event);
        }
    }
}
