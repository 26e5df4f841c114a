// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Operators over the events of a generation, for {@code transform} and {@code as}. All keep demand: they ask for another event
 * only when the subscriber is owed something. Errors pass through, with the partial answer that they carry.
 */
public final class Tokens {
    private Tokens() {}

    /**
     * The answer's text, piece by piece.
     *
     * @param events a generation
     * @return <b>Emits</b> each piece that isn't empty; thinking, tool calls and the end are left out
     */
    public static Flux<String> text(Flux<GenerationEvent> events) {
        return events.handle((event, sink) -> {
            if (event instanceof Token token && !token.text().isEmpty()) {
                sink.next(token.text());
            }
        });
    }

    /**
     * The thinking, piece by piece.
     *
     * @param events a generation
     * @return <b>Emits</b> each piece; all else is left out
     */
    public static Flux<String> thinking(Flux<GenerationEvent> events) {
        return events.handle((event, sink) -> {
            if (event instanceof Thinking thinking) {
                sink.next(thinking.text());
            }
        });
    }

    /**
     * The answer's text in one.
     *
     * @param events a generation
     * @return <b>Emits</b> the text at the end of the answer, possibly empty
     */
    public static Mono<String> join(Flux<GenerationEvent> events) {
        return text(events).collect(StringBuilder::new, StringBuilder::append).map(StringBuilder::toString);
    }

    /**
     * Everything that the answer holds.
     *
     * @param events a generation
     * @return <b>Emits</b> one completion at the end of the answer
     */
    public static Mono<Completion> collect(Flux<GenerationEvent> events) {
        return Mono.defer(() -> {
            Collecting all = new Collecting();
            return events.doOnNext(all::add).onErrorMap(all::failure).then(Mono.fromSupplier(all::completion));
        });
    }

    /**
     * Lets the text appear evenly, as for a display: bursts are spread in time.
     *
     * <p><b>Emits</b> the same events in the same order. Between two pieces of text lies the time of the pace, or less: no event is held
     * back by more than half a second, neither at the end nor anywhere else, so a model that is faster than the pace goes at its
     * own speed. The first piece, and events without text, are never held back by themselves.
     *
     * <p><b>Errors:</b> those of the stream; what is waiting then goes out at once before.
     *
     * <p><b>Demand:</b> no more is asked of upstream than the subscriber asks for, one event at a time; at most 256 events or about 65,536
     * characters wait here, and when that is full the pace is suspended. A subscriber that asks for few at a time is served within
     * the same bound: time by which its next event is asked for late counts as held back.
     *
     * <p><b>Cancel</b> cancels the stream and drops what waits. <b>Threads:</b> the stream's, the subscriber's, and Reactor's parallel
     * scheduler for what was held back, never two at once.
     *
     * @param perSecond pieces of text in a second, which are about the tokens
     * @return the operator, for {@code transform}
     * @throws IllegalArgumentException when that isn't a positive number
     */
    public static UnaryOperator<Flux<GenerationEvent>> pace(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be positive, not " + perSecond);
        }
        return events -> new Stage<>(events, () -> new Pacing(perSecond));
    }
}
