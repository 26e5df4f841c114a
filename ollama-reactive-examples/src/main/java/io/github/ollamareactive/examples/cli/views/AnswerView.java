// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.WordWrap;
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
 * Prints an answer while it arrives, on a terminal wrapped at blanks. Thinking is printed dimmed if standard output is a terminal with
 * colours, else between two lines that name it; without a terminal to standard error, so that a pipe receives the answer only.
 */
public final class AnswerView implements View<GenerationEvent> {
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    private final Output out;
    private final Output err;
    private final AnswerStyle style;
    private final Output thinkingOut;
    private final Sparkline tokenRates = new Sparkline(System::nanoTime);
    private WordWrap wrap;
    private @Nullable Class<?> previousKind;
    private volatile @Nullable Summary summary;

    /**
     * Creates a view of one answer.
     *
     * @param out standard output, for the answer
     * @param err standard error, for everything else
     * @param style how to print the answer
     */
    public AnswerView(Output out, Output err, AnswerStyle style) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.thinkingOut = out.isTerminal() ? out : err;
        this.wrap = new WordWrap(out::columns);
    }

    @Override
    public void show(Flux<GenerationEvent> events) {
        Flux<GenerationEvent> measured =
                events.doOnNext(this::recordToken).transform(Stats.onEnd(result -> summary = result));
        try {
            BlockingEvents.forEach(style.unit().split(measured), this::print);
        } finally {
            startKind(Void.class);
            out.endLine();
        }
        if (style.stats()) {
            String line = statsLine();
            if (!line.isEmpty()) {
                err.printLine(line);
            }
        }
    }

    /**
     * The statistics of the answer, also if it was stopped or failed.
     *
     * @return one line; empty if there are no statistics
     */
    public String statsLine() {
        Summary result = summary;
        return result == null ? "" : StatsLine.of(result, err.isTerminal() ? tokenRates.toString() : "");
    }

    private void recordToken(GenerationEvent event) {
        if (event instanceof Token || event instanceof Thinking) {
            tokenRates.recordToken();
        }
    }

    private void print(GenerationEvent event) {
        if (event instanceof Thinking thinking) {
            startKind(Thinking.class);
            printText(thinkingOut, thinking.text());
        } else if (event instanceof Token token && !token.text().isEmpty()) {
            startKind(Token.class);
            printText(out, token.text());
        } else if (event instanceof ToolCalled called) {
            startKind(ToolCalled.class);
            ToolCall call = called.call();
            out.printLine("call " + call.name() + " " + call.arguments());
        } else if (event instanceof Rendering rendering) {
            Object total = rendering.total() == null ? "?" : rendering.total();
            err.printLine("rendering " + rendering.completed() + "/" + total);
        } else if (event instanceof Image image) {
            out.printLine("an image of " + image.bytes().remaining() + " bytes; --events prints it");
        }
    }

    private void printText(Output target, String text) {
        target.print(target.isTerminal() ? wrap.add(text) : text);
    }

    /** Starts a new line, and changes the text attributes, if the previous event was of another kind. */
    private void startKind(Class<?> kind) {
        if (previousKind == kind) {
            return;
        }
        Output previousOut = previousKind == Thinking.class ? thinkingOut : out;
        previousOut.print(wrap.end());
        wrap = new WordWrap((kind == Thinking.class ? thinkingOut : out)::columns);
        if (previousKind == Thinking.class) {
            endThinking();
        } else if (previousKind != null) {
            out.endLine();
        }
        if (kind == Thinking.class) {
            thinkingOut.printControl(style.colours() ? DIM : "Thinking...\n");
        }
        previousKind = kind;
    }

    private void endThinking() {
        if (style.colours()) {
            thinkingOut.printControl(RESET + "\n");
        } else {
            thinkingOut.endLine();
            thinkingOut.print("...done thinking.\n\n");
        }
    }
}
