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

/** A long piece of work: on a terminal one line that is drawn over, elsewhere a line for each change of status. */
public final class ProgressView implements View<ProgressEvent> {
    private static final int BAR = 20;
    private static final String OVER = "\r\u001b[K";

    private final Output out;
    private String status = "";

    /**
     * Shows one piece of work.
     *
     * @param out where to
     */
    public ProgressView(Output out) {
        this.out = out;
    }

    @Override
    public void show(Flux<ProgressEvent> events) {
        try {
            BlockingEvents.forEach(events.transform(Progress::total), this::progress);
        } finally {
            out.endLine();
        }
    }

    private void progress(Progress progress) {
        boolean changed = !progress.status().equals(status);
        status = progress.status();
        if (out.isTerminal()) {
            out.print(OVER + bar(progress));
        } else if (changed) {
            out.line(status);
        }
    }

    private static String bar(Progress progress) {
        StringBuilder line = new StringBuilder(progress.status());
        Long total = progress.total();
        if (total == null) {
            return line.toString();
        }
        double percent = progress.percent().orElse(0);
        int full = (int) (percent * BAR / 100);
        line.append(String.format(Locale.ROOT, " %3.0f%% ", Math.floor(percent)))
                .append("█".repeat(full))
                .append("░".repeat(BAR - full))
                .append(' ')
                .append(ByteSizes.of(progress.completed()))
                .append('/')
                .append(ByteSizes.of(total));
        Double rate = progress.bytesPerSecond();
        if (rate != null && !progress.success()) {
            line.append("  ").append(ByteSizes.of(rate.longValue())).append("/s");
        }
        Duration remaining = progress.remaining();
        if (remaining != null && !progress.success() && !remaining.isZero()) {
            line.append("  ").append(left(remaining)).append(" left");
        }
        return line.toString();
    }

    /** As 2h45m or 8s: rounded up, so that it ends at one second and not at none. */
    private static String left(Duration remaining) {
        Duration seconds = Duration.ofSeconds(remaining.toSeconds() + 1);
        return seconds.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
