// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.function.Consumer;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/** Consumes events on the caller's thread, which may block, for example to print. */
public final class BlockingEvents {
    private BlockingEvents() {}

    /**
     * Subscribes and passes each event to a consumer.
     *
     * <p><b>Demand:</b> requests one event at a time, the next one after the consumer has returned. If whoever reads the
     * program's output pauses, the server is held back by backpressure.
     *
     * <p><b>Errors:</b> the failure of the call is thrown after all events before it have been consumed.
     *
     * <p><b>Cancel:</b> an interrupt of the thread cancels the call.
     *
     * @param events the events of a call
     * @param consumer consumes each event
     * @param <E> the type of the events
     */
    public static <E> void forEach(Flux<E> events, Consumer<? super E> consumer) {
        // Materialized, because an iterator of the events would throw a failure ahead of events that are still queued.
        try (var signals = events.materialize().toStream(1)) {
            signals.forEach(signal -> handle(signal, consumer));
        }
    }

    private static <E> void handle(Signal<E> signal, Consumer<? super E> consumer) {
        E event = signal.get();
        Throwable failure = signal.getThrowable();
        if (failure != null) {
            throw Exceptions.propagate(failure);
        } else if (event != null) {
            consumer.accept(event);
        }
    }
}
