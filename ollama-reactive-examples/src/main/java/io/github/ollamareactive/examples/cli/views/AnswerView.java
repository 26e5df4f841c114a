// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Rendering;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Summary;
import io.github.ollamareactive.protocol.ToolCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * An answer as it comes. What isn't the answer keeps out of the way of who pipes it: thinking goes to stderr, unless stdout is
 * a terminal, where it is dimmed.
 */
public final class AnswerView implements View<GenerationEvent> {
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Output out;
    private final Output err;
    private final AnswerStyle style;
    private final Sparkline speed = new Sparkline(System::nanoTime);
    private final Output aside;
    private @Nullable Class<?> before;
    private volatile @Nullable Summary summary;

    /**
     * Shows one answer.
     *
     * @param out where the answer goes
     * @param err where all else goes
     * @param style how it is shown
     */
    public AnswerView(Output out, Output err, AnswerStyle style) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.aside = out.isTerminal() ? out : err;
    }

    @Override
    public void show(Flux<GenerationEvent> events) {
        Flux<GenerationEvent> measured =
                events.doOnNext(this::measure).transform(Stats.onEnd(numbers -> summary = numbers));
        try {
            BlockingEvents.forEach(style.by().cut(measured), this::event);
        } finally {
            change(Void.class);
            out.endLine();
        }
        if (style.stats()) {
            String numbers = numbers();
            if (!numbers.isEmpty()) {
                err.line(numbers);
            }
        }
    }

    /**
     * The numbers of the answer, also of one that was stopped or failed.
     *
     * @return one line; empty when there are none
     */
    public String numbers() {
        Summary numbers = summary;
        return numbers == null ? "" : StatsLine.of(numbers, err.isTerminal() ? speed.toString() : "");
    }

    private void measure(GenerationEvent event) {
        if (event instanceof Token || event instanceof Thinking) {
            speed.token();
        }
    }

    private void event(GenerationEvent event) {
        if (event instanceof Thinking thinking) {
            change(Thinking.class);
            aside.print(thinking.text());
        } else if (event instanceof Token token && !token.text().isEmpty()) {
            change(Token.class);
            out.print(token.text());
        } else if (event instanceof ToolCalled called) {
            change(ToolCalled.class);
            ToolCall call = called.call();
            out.line("call " + call.name() + " " + call.arguments());
        } else if (event instanceof Rendering rendering) {
            err.line(
                    "rendering " + rendering.completed() + "/" + (rendering.total() == null ? "?" : rendering.total()));
        } else if (event instanceof Image image) {
            out.line("an image of " + image.bytes().remaining() + " bytes; --events prints it");
        }
    }

    /** Begins a new line where one kind of text follows another. */
    private void change(Class<?> kind) {
        if (before == kind) {
            return;
        }
        if (before == Thinking.class) {
            aside.print(style.colours() ? PLAIN + "\n" : "\n");
        } else if (before != null) {
            out.endLine();
        }
        if (kind == Thinking.class && style.colours()) {
            aside.print(DIM);
        }
        before = kind;
    }
}
