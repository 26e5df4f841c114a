// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ByteSizes;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.operators.Progress;
import io.github.ollamareactive.server.ProgressEvent;
import java.time.Duration;
import java.util.Locale;
import reactor.core.publisher.Flux;

/** Prints the progress of a long call: on a terminal a line that is redrawn, otherwise one line per change of status. */
public final class ProgressView implements View<ProgressEvent> {
    private static final int BAR_WIDTH = 20;
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
            out.print(progressLine(progress));
        } else if (statusChanged) {
            out.printLine(status);
        }
    }

    private static String progressLine(Progress progress) {
        StringBuilder line = new StringBuilder(progress.status());
        Long total = progress.total();
        if (total == null) {
            return line.toString();
        }
        double percent = progress.percent().orElse(0);
        int filled = (int) (percent * BAR_WIDTH / 100);
        line.append(String.format(Locale.ROOT, " %3.0f%% ", Math.floor(percent)))
                .append("█".repeat(filled))
                .append("░".repeat(BAR_WIDTH - filled))
                .append(' ')
                .append(ByteSizes.format(progress.completed()))
                .append('/')
                .append(ByteSizes.format(total));
        Double bytesPerSecond = progress.bytesPerSecond();
        if (bytesPerSecond != null && !progress.success()) {
            line.append("  ")
                    .append(ByteSizes.format(bytesPerSecond.longValue()))
                    .append("/s");
        }
        Duration remaining = progress.remaining();
        if (remaining != null && !progress.success() && !remaining.isZero()) {
            line.append("  ").append(wholeSeconds(remaining)).append(" left");
        }
        return line.toString();
    }

    /** Formats a duration as 2h45m or 8s, rounded up, so that the last value is 1s and not 0s. */
    private static String wholeSeconds(Duration duration) {
        Duration seconds = Duration.ofSeconds(duration.toSeconds() + 1);
        return seconds.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
