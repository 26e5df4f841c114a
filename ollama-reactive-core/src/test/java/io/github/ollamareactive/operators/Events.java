// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** Events as tests write them. */
final class Events {
    static final Duration SOON = Duration.ofSeconds(20);
    static final Done DONE = done("stop", GenerationStats.NONE);

    private Events() {}

    static Token token(String text) {
        return new Token(text, List.of());
    }

    static Thinking thinking(String text) {
        return new Thinking(text, List.of());
    }

    static Done done(String reason, GenerationStats stats) {
        return new Done("m", null, reason, null, stats, null, null, null, null);
    }

    /** An answer in these pieces, with its end. */
    static Flux<GenerationEvent> answer(String... pieces) {
        return answer(List.of(pieces));
    }

    static Flux<GenerationEvent> answer(List<String> pieces) {
        return Flux.<GenerationEvent>fromStream(() -> pieces.stream().map(Events::token))
                .concatWithValues(DONE);
    }

    /** Event after event, each so many milliseconds behind the one before. */
    static Flux<GenerationEvent> every(int millis, GenerationEvent... events) {
        return Flux.fromArray(events).concatMap(event -> Flux.just(event).delaySequence(Duration.ofMillis(millis)), 1);
    }

    static String text(List<? extends GenerationEvent> events) {
        return events.stream()
                .filter(Token.class::isInstance)
                .map(event -> ((Token) event).text())
                .collect(Collectors.joining());
    }
}
