// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        return events.collect(Collecting::new, Collecting::add).map(Collecting::completion);
    }

    private static final class Collecting {
        private final Measurement measurement = new Measurement();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final List<ToolCall> toolCalls = new ArrayList<>();
        private final List<Logprob> logprobs = new ArrayList<>();
        private @Nullable Done done;

        void add(GenerationEvent event) {
            measurement.event(event);
            if (event instanceof Token token) {
                text.append(token.text());
                logprobs.addAll(token.logprobs());
            } else if (event instanceof Thinking thought) {
                thinking.append(thought.text());
                logprobs.addAll(thought.logprobs());
            } else if (event instanceof ToolCalled called) {
                toolCalls.add(called.call());
            } else if (event instanceof Done last) {
                done = last;
            }
        }

        Completion completion() {
            return new Completion(
                    text.toString(), thinking.toString(), toolCalls, logprobs, done, measurement.summary());
        }
    }
}
