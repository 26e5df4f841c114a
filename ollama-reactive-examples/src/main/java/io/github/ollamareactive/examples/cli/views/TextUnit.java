// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Rendering;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.operators.Aggregate;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.operators.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The unit of text in which a streamed answer is printed. The unit doesn't change the text as a whole. */
public enum TextUnit {
    /** One token, as the server sends it. */
    TOKEN,
    /** One word. */
    WORD,
    /** One line. */
    LINE,
    /** One sentence. */
    SENTENCE;

    /**
     * Finds a unit by its name on the command line.
     *
     * @param name the name, such as {@code word}
     * @return the unit
     * @throws IllegalArgumentException if no unit has this name
     */
    public static TextUnit fromName(String name) {
        return Arrays.stream(values())
                .filter(unit -> unit.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + name + "' is not one of token, word, line and sentence"));
    }

    /** Splits the texts of an answer, so that each event has one unit. */
    Flux<GenerationEvent> split(Flux<GenerationEvent> answer) {
        return switch (this) {
            case TOKEN -> answer;
            case WORD -> split(answer, Tokens.words());
            case LINE -> split(answer, Tokens.lines());
            case SENTENCE -> split(answer, Tokens.sentences());
        };
    }

    private static Flux<GenerationEvent> split(
            Flux<GenerationEvent> answer, Function<Flux<GenerationEvent>, Flux<Aggregate>> segmenter) {
        // The segment operators drop the events of image models, which have no text.
        return answer.switchOnFirst((first, all) -> first.get() instanceof Rendering || first.get() instanceof Image
                ? all
                : segments(all, segmenter).map(TextUnit::toEvent));
    }

    /** Delays a failure until all text has been emitted; the segment operators drop the incomplete segment on an error. */
    private static Flux<Segment> segments(
            Flux<GenerationEvent> answer, Function<Flux<GenerationEvent>, Flux<Aggregate>> segmenter) {
        return Flux.defer(() -> {
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            return answer.doOnError(failure::set)
                    .onErrorComplete()
                    .transform(segmenter)
                    .ofType(Segment.class)
                    .concatWith(Flux.defer(() -> {
                        Throwable thrown = failure.get();
                        return thrown == null ? Flux.empty() : Flux.error(thrown);
                    }));
        });
    }

    private static GenerationEvent toEvent(Segment segment) {
        if (segment.toolCall() != null) {
            return new ToolCalled(segment.toolCall());
        }
        return segment.kind() == Aggregate.Kind.THINKING
                ? new Thinking(segment.text(), List.of())
                : new Token(segment.text(), List.of());
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
