// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.generation.GenerationEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** Measures generations. */
public final class Stats {
    private Stats() {}

    /**
     * Passes a generation on as it is, and tells the numbers when it is over, however it ends.
     *
     * <p><b>Emits</b> the same events. The hook gets exactly one {@link Summary}: before the completion or the error is passed on,
     * with reason {@link Summary#FAILED} for an error; on cancel with reason {@link Summary#CANCELLED}, and there the server's
     * numbers are absent unless its last event had come.
     *
     * <p><b>Errors, demand, cancel, threads:</b> those of the stream; the hook runs on the thread of the signal.
     *
     * @param hook takes the numbers, without blocking
     * @return the operator, for {@code transform}
     */
    public static UnaryOperator<Flux<GenerationEvent>> onEnd(Consumer<? super Summary> hook) {
        requireNonNull(hook, "hook");
        return events -> Flux.defer(() -> {
            Measurement measurement = new Measurement();
            AtomicBoolean told = new AtomicBoolean();
            return events.doOnNext(measurement::event)
                    .doOnComplete(() -> tell(told, hook, measurement.summary()))
                    .doOnError(e -> tell(told, hook, measurement.summary(Summary.FAILED)))
                    .doOnCancel(() -> tell(told, hook, measurement.summary(Summary.CANCELLED)));
        });
    }

    private static void tell(AtomicBoolean told, Consumer<? super Summary> hook, Summary summary) {
        if (told.compareAndSet(false, true)) {
            hook.accept(summary);
        }
    }
}
