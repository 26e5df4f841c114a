// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.operators.Summary;
import io.github.ollamareactive.operators.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The numbers of an answer in one line. What wasn't measured is left out. */
final class StatsLine {
    private StatsLine() {}

    /** The line, with a drawing of the speed, which may be empty. */
    static String of(Summary summary, String drawing) {
        List<String> parts = new ArrayList<>();
        Long tokens = summary.server().evalCount();
        if (tokens != null) {
            parts.add(tokens == 1 ? "1 token" : tokens + " tokens");
        }
        OptionalDouble speed = summary.server().tokensPerSecond();
        speed.ifPresent(
                perSecond -> parts.add(String.format(Locale.ROOT, "%.1f tokens/s", perSecond) + space(drawing)));
        Duration first = summary.client().firstToken();
        if (first != null) {
            parts.add("first token after " + seconds(first));
        }
        parts.add(seconds(summary.client().elapsed()) + " in all");
        if (summary.reason().equals("length")) {
            parts.add("cut at its length limit");
        }
        if (summary.reason().equals(Summary.CANCELLED)) {
            parts.add("stopped");
        }
        String line = String.join(", ", parts);
        return speed.isPresent()
                ? line + ": " + Throughput.of(speed.getAsDouble()).words()
                : line;
    }

    private static String space(String drawing) {
        return drawing.isEmpty() ? "" : " " + drawing;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
