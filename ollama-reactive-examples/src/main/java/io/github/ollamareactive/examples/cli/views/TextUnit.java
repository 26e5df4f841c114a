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

/** How an answer is cut while it streams. However it is cut, the text is the same. */
public enum TextUnit {
    /** As the server sends it. */
    TOKEN,
    /** Word by word. */
    WORD,
    /** Line by line. */
    LINE,
    /** Sentence by sentence. */
    SENTENCE;

    /**
     * Reads a way of cutting by its name.
     *
     * @param name as {@code word}
     * @return the way
     * @throws IllegalArgumentException when there is none of that name
     */
    public static TextUnit of(String name) {
        return Arrays.stream(values())
                .filter(by -> by.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' is none of token, word, line and sentence"));
    }

    /** An answer in other pieces. */
    Flux<GenerationEvent> cut(Flux<GenerationEvent> answer) {
        return switch (this) {
            case TOKEN -> answer;
            case WORD -> cut(answer, Tokens.words());
            case LINE -> cut(answer, Tokens.lines());
            case SENTENCE -> cut(answer, Tokens.sentences());
        };
    }

    private static Flux<GenerationEvent> cut(
            Flux<GenerationEvent> answer, Function<Flux<GenerationEvent>, Flux<Aggregate>> window) {
        // What an image model sends has no text, and the windows leave it out.
        return answer.switchOnFirst((first, all) -> first.get() instanceof Rendering || first.get() instanceof Image
                ? all
                : segments(all, window).map(TextUnit::event));
    }

    /** With a failure behind all the text that had come; the window by itself would drop what it hadn't cut yet. */
    private static Flux<Segment> segments(
            Flux<GenerationEvent> answer, Function<Flux<GenerationEvent>, Flux<Aggregate>> window) {
        return Flux.defer(() -> {
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            return answer.doOnError(failure::set)
                    .onErrorComplete()
                    .transform(window)
                    .ofType(Segment.class)
                    .concatWith(Flux.defer(() -> {
                        Throwable thrown = failure.get();
                        return thrown == null ? Flux.empty() : Flux.error(thrown);
                    }));
        });
    }

    private static GenerationEvent event(Segment segment) {
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
