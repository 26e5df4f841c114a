// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.shaping.ShapingOperator;
import io.github.ollamareactive.protocol.OllamaException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

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
     * <p><b>Errors:</b> those of the stream; an {@link OllamaException} that carries no client statistics yet gets them, and the text
     * that had come, as {@link OllamaException#partial()}. What the hook throws goes to Reactor's hook for dropped errors, as with
     * {@code doFinally}: an answer stays what it is, whether or not somebody could note its numbers.
     *
     * <p><b>Demand, cancel, threads:</b> those of the stream; the hook runs on the thread of the signal.
     *
     * @param hook takes the numbers, without blocking
     * @return the operator, for {@code transform}
     */
    public static UnaryOperator<Flux<GenerationEvent>> onEnd(Consumer<? super Summary> hook) {
        requireNonNull(hook, "hook");
        return events -> Flux.deferContextual(context -> {
            MeasuredAnswer received = new MeasuredAnswer();
            Measurement measurement = received.measurement();
            AtomicBoolean told = new AtomicBoolean();
            Consumer<Summary> tell = summary -> tell(told, hook, summary, context);
            return events.doOnNext(received::event)
                    .onErrorMap(received::failure)
                    .doOnComplete(() -> tell.accept(measurement.summary()))
                    .doOnError(e -> tell.accept(measurement.summary(Summary.FAILED)))
                    .doOnCancel(() -> tell.accept(measurement.summary(Summary.CANCELLED)));
        });
    }

    /**
     * Numbers while a generation runs.
     *
     * <p><b>Emits</b> each event as {@link Observed.Event}, in between an {@link Observed.Snapshot} whenever the time has passed (also
     * while nothing comes, as before the first token), then exactly one {@link Summary}, last.
     *
     * <p><b>Errors:</b> those of the stream, after the events that had come and without a summary; an {@link OllamaException} that carries
     * no client statistics yet gets them and the text that had come.
     *
     * <p><b>Demand:</b> everything emitted counts, snapshots and the summary too. Upstream is asked for one event at a time, so at
     * most one waits here. A snapshot that nobody asked for waits too, with numbers taken when it is given, and there is never more
     * than one; where an event waits as well, they take turns.
     *
     * <p><b>Cancel</b> cancels the stream; for the numbers at that moment, see {@link #onEnd}.
     *
     * <p><b>Threads:</b> the stream's, the subscriber's, and Reactor's parallel scheduler for snapshots, never two at once.
     *
     * @param every the time between snapshots, counted from the subscription
     * @return the operator, for {@code transform}
     * @throws IllegalArgumentException when the time isn't positive
     */
    public static Function<Flux<GenerationEvent>, Flux<Observed>> live(Duration every) {
        if (requireNonNull(every, "every").isNegative() || every.isZero()) {
            throw new IllegalArgumentException("every must be positive, not " + every);
        }
        return events -> new ShapingOperator<>(events, () -> new SnapshotPolicy(every));
    }

    private static void tell(AtomicBoolean told, Consumer<? super Summary> hook, Summary summary, ContextView context) {
        if (told.compareAndSet(false, true)) {
            try {
                hook.accept(summary);
            } catch (Throwable e) {
                Operators.onErrorDropped(e, Context.of(context));
            }
        }
    }
}
