// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.Locale;

/** Formats numbers of model parameters as the {@code ollama} program does: {@code 133.70M}, {@code 7B}. */
public final class ParameterCounts {
    private ParameterCounts() {}

    /**
     * Formats a number of parameters.
     *
     * @param count the number
     * @return the number in thousands (K), millions (M) or billions (B)
     */
    public static String format(long count) {
        if (count >= 1_000_000_000) {
            return scaled(count, 1_000_000_000, "%.1f") + "B";
        } else if (count >= 1_000_000) {
            return scaled(count, 1_000_000, "%.2f") + "M";
        }
        return count >= 1000 ? Math.round(count / 1000.0) + "K" : Long.toString(count);
    }

    private static String scaled(long count, long unit, String format) {
        return count % unit == 0
                ? Long.toString(count / unit)
                : String.format(Locale.ROOT, format, (double) count / unit);
    }
}
