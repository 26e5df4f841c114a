// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
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
}
