// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Rendering;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Summary;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.concurrent.atomic.AtomicReference;
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
    private final boolean stats;
    private final Output aside;
    private @Nullable Class<?> before;

    /**
     * Shows one answer.
     *
     * @param out where the answer goes
     * @param err where all else goes
     * @param stats whether the numbers are told at the end
     */
    public AnswerView(Output out, Output err, boolean stats) {
        this.out = out;
        this.err = err;
        this.stats = stats;
        this.aside = out.isTerminal() ? out : err;
    }

    @Override
    public void show(Flux<GenerationEvent> events) {
        AtomicReference<@Nullable Summary> summary = new AtomicReference<>();
        try {
            Events.forEach(events.transform(Stats.onEnd(summary::set)), this::event);
        } finally {
            change(Void.class);
            out.endLine();
        }
        Summary numbers = summary.get();
        if (stats && numbers != null) {
            String line = StatsLine.of(numbers);
            if (!line.isEmpty()) {
                err.line(line);
            }
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
            aside.print(out.isTerminal() ? PLAIN + "\n" : "\n");
        } else if (before != null) {
            out.endLine();
        }
        if (kind == Thinking.class && out.isTerminal()) {
            aside.print(DIM);
        }
        before = kind;
    }
}
