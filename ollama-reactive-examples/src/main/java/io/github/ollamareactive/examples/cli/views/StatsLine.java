// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.operators.Summary;
import io.github.ollamareactive.operators.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Formats the statistics of an answer as one line. What was not measured is omitted. */
final class StatsLine {
    private StatsLine() {}

    /** The line, with a drawing of the token rates, which may be empty. */
    static String of(Summary summary, String sparkline) {
        List<String> parts = new ArrayList<>();
        Long tokens = summary.server().evalCount();
        if (tokens != null) {
            parts.add(tokens(tokens));
        }
        Duration firstToken = summary.client().firstToken();
        if (firstToken != null) {
            parts.add("first token after " + seconds(firstToken));
        }
        parts.add(seconds(summary.client().elapsed()) + " in all");
        if (summary.reason().equals("length")) {
            parts.add("cut at its length limit");
        }
        if (summary.reason().equals(Summary.CANCELLED)) {
            parts.add("stopped");
        }
        if (summary.reason().equals(Summary.BUDGET)) {
            parts.add("ended at a limit");
        }
        String line = String.join(", ", parts);
        OptionalDouble tokensPerSecond = summary.server().tokensPerSecond();
        return tokensPerSecond.isPresent() ? line + ": " + speed(tokensPerSecond.getAsDouble(), sparkline) : line;
    }

    /** The speed, and what it is enough for. */
    private static String speed(double tokensPerSecond, String sparkline) {
        String drawing = sparkline.isEmpty() ? "" : " " + sparkline;
        return String.format(Locale.ROOT, "%.1f tokens/s", tokensPerSecond) + drawing + ", "
                + Throughput.of(tokensPerSecond).words();
    }

    static String tokens(long count) {
        return count == 1 ? "1 token" : count + " tokens";
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
