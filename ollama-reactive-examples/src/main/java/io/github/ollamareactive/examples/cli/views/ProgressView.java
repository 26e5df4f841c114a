// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.operators.Progress;
import io.github.ollamareactive.server.ProgressEvent;
import reactor.core.publisher.Flux;

/** Prints the progress of a long call: on a terminal a line that is redrawn, otherwise one line per change of status. */
public final class ProgressView implements View<ProgressEvent> {
    /** Moves to the start of the line and clears it. */
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Output out;
    private String status = "";

    /**
     * Creates a view of one call.
     *
     * @param out standard output
     */
    public ProgressView(Output out) {
        this.out = out;
    }

    @Override
    public void show(Flux<ProgressEvent> events) {
        try {
            BlockingEvents.forEach(events.transform(Progress::total), this::print);
        } finally {
            out.endLine();
        }
    }

    private void print(Progress progress) {
        boolean statusChanged = !progress.status().equals(status);
        status = progress.status();
        if (out.isTerminal()) {
            out.printControl(CLEAR_LINE);
            // A line that fills the terminal would begin the next one.
            out.print(ProgressLine.of(progress, out.columns() - 1));
        } else if (statusChanged) {
            out.printLine(status);
        }
    }
}
