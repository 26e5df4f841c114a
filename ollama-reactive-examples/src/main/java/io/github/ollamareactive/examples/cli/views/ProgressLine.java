// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.ByteSizes;
import io.github.ollamareactive.examples.cli.output.TextColumns;
import io.github.ollamareactive.operators.Progress;
import java.time.Duration;
import java.util.Locale;

/** Formats progress as one line with a bar. What doesn't fit is omitted: first the speed and the remaining time, then the bar. */
final class ProgressLine {
    private static final int MIN_BAR = 5;
    private static final int MAX_BAR = 20;
    private static final int NARROW = 40;
    private static final int PERCENT_COLUMNS = 5;

    private ProgressLine() {}

    /** The line, of this many columns at most. */
    static String of(Progress progress, int columns) {
        String status = progress.status().strip().replaceAll("\\s+", " ");
        Long total = progress.total();
        if (total == null) {
            return TextColumns.truncate(status, columns);
        }
        int statusColumns = columns < NARROW ? columns - PERCENT_COLUMNS : columns / 2;
        double percent = progress.percent().orElse(0);
        String start = TextColumns.truncate(status, statusColumns)
                + String.format(Locale.ROOT, " %3.0f%%", Math.floor(percent));
        int room = columns - TextColumns.width(start);
        String sizes = " " + ByteSizes.format(progress.completed()) + "/" + ByteSizes.format(total);
        if (sizes.length() > room) {
            return start;
        }
        int barRoom = room - sizes.length() - 1;
        if (barRoom < MIN_BAR) {
            return start + sizes;
        }
        String rest = speed(progress);
        rest = rest.length() + MIN_BAR > barRoom ? "" : rest;
        String left = remaining(progress);
        rest += rest.length() + left.length() + MIN_BAR > barRoom ? "" : left;
        return start + " " + bar(percent, Math.min(MAX_BAR, barRoom - rest.length())) + sizes + rest;
    }

    private static String bar(double percent, int columns) {
        int filled = (int) (Math.min(100, Math.max(0, percent)) * columns / 100);
        return "█".repeat(filled) + "░".repeat(columns - filled);
    }

    private static String speed(Progress progress) {
        Double bytesPerSecond = progress.bytesPerSecond();
        return bytesPerSecond == null || progress.success()
                ? ""
                : "  " + ByteSizes.format(bytesPerSecond.longValue()) + "/s";
    }

    private static String remaining(Progress progress) {
        Duration remaining = progress.remaining();
        return remaining == null || progress.success() || remaining.isZero()
                ? ""
                : "  " + wholeSeconds(remaining) + " left";
    }

    /** Formats a duration as 2h45m or 8s, rounded up, so that the last value is 1s and not 0s. */
    private static String wholeSeconds(Duration duration) {
        Duration seconds = Duration.ofSeconds(duration.toSeconds() + 1);
        return seconds.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
