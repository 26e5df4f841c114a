// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.Locale;

/** Formats sizes in bytes as the {@code ollama} program does: {@code 397 MB}, {@code 2.0 GB}. */
public final class ByteSizes {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private ByteSizes() {}

    /**
     * Formats a size in decimal units, with one decimal place below ten.
     *
     * @param bytes the size
     * @return the number and its unit
     */
    public static String format(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        boolean whole = value >= 10 || value == Math.rint(value);
        String number = whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
        return number + " " + UNITS[unit];
    }
}
