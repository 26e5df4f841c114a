// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import java.util.function.LongSupplier;

/**
 * How the speed went over an answer, drawn in one line. Memory stays the same for an answer of any length: when the slots are
 * full, each two become one, and a slot lasts twice as long from there on.
 */
final class Sparkline {
    private static final String LEVELS = "▁▂▃▅▇";
    private static final int SLOTS = 64;
    private static final int COLUMNS = 16;
    private static final long FIRST_SLOT_NANOS = 1L << 20;

    private final LongSupplier nanos;
    private final int[] counts = new int[SLOTS];
    private long slotNanos = FIRST_SLOT_NANOS;
    private long begin;
    private int used;

    /** Reads the time from this clock. */
    Sparkline(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A token has come. */
    void token() {
        long now = nanos.getAsLong();
        if (used == 0) {
            // From here on there is time that the next ones took.
            begin = now;
            used = 1;
            return;
        }
        long slot = (now - begin) / slotNanos;
        while (slot >= SLOTS) {
            halve();
            slot /= 2;
        }
        counts[(int) slot]++;
        used = Math.max(used, (int) slot + 1);
    }

    private void halve() {
        for (int i = 0; i < SLOTS; i++) {
            int from = 2 * i;
            counts[i] = from < SLOTS ? counts[from] + counts[from + 1] : 0;
        }
        used = (used + 1) / 2;
        slotNanos *= 2;
    }

    /** The drawing; empty when too little came to show how it went. */
    @Override
    public String toString() {
        // The last slot isn't over, and would look slower than it was.
        int whole = used - 1;
        if (whole < 2) {
            return "";
        }
        int columns = Math.min(COLUMNS, whole);
        double[] speeds = new double[columns];
        double most = 0;
        for (int column = 0; column < columns; column++) {
            speeds[column] = speed(column * whole / columns, (column + 1) * whole / columns);
            most = Math.max(most, speeds[column]);
        }
        StringBuilder line = new StringBuilder();
        for (double speed : speeds) {
            int level = (int) Math.round(speed / most * (LEVELS.length() - 1));
            line.append(LEVELS.charAt(level));
        }
        return line.toString();
    }

    private double speed(int from, int to) {
        int sum = 0;
        for (int slot = from; slot < to; slot++) {
            sum += counts[slot];
        }
        return (double) sum / (to - from);
    }
}
