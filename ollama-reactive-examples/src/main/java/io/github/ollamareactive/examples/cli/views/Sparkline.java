// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import java.util.function.LongSupplier;

/**
 * Draws the token rate over the time of an answer in one line. Uses constant memory: it counts tokens in a fixed number of time
 * slots. When an answer outlasts them, each pair of slots is merged into one, and all slots become twice as long.
 */
final class Sparkline {
    private static final String LEVELS = "▁▂▃▅▇";
    private static final int SLOTS = 64;
    private static final int MAX_COLUMNS = 16;
    private static final long FIRST_SLOT_NANOS = 1L << 20;

    private final LongSupplier nanoTime;
    private final int[] tokensBySlot = new int[SLOTS];
    private long slotNanos = FIRST_SLOT_NANOS;
    private long startNanos;
    private int usedSlots;

    Sparkline(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts a token at the current time. */
    void recordToken() {
        long now = nanoTime.getAsLong();
        if (usedSlots == 0) {
            // The first token only starts the clock: the time before it is not time between tokens.
            startNanos = now;
            usedSlots = 1;
            return;
        }
        long slot = (now - startNanos) / slotNanos;
        while (slot >= SLOTS) {
            mergeSlots();
            slot /= 2;
        }
        tokensBySlot[(int) slot]++;
        usedSlots = Math.max(usedSlots, (int) slot + 1);
    }

    private void mergeSlots() {
        for (int i = 0; i < SLOTS; i++) {
            int first = 2 * i;
            tokensBySlot[i] = first < SLOTS ? tokensBySlot[first] + tokensBySlot[first + 1] : 0;
        }
        usedSlots = (usedSlots + 1) / 2;
        slotNanos *= 2;
    }

    /** The drawing; empty if there are too few tokens for one. */
    @Override
    public String toString() {
        // The last slot is incomplete, and its rate would be too low.
        int completeSlots = usedSlots - 1;
        if (completeSlots < 2) {
            return "";
        }
        int columns = Math.min(MAX_COLUMNS, completeSlots);
        double[] rates = new double[columns];
        double maxRate = 0;
        for (int column = 0; column < columns; column++) {
            rates[column] = rate(column * completeSlots / columns, (column + 1) * completeSlots / columns);
            maxRate = Math.max(maxRate, rates[column]);
        }
        StringBuilder line = new StringBuilder();
        for (double rate : rates) {
            int level = (int) Math.round(rate / maxRate * (LEVELS.length() - 1));
            line.append(LEVELS.charAt(level));
        }
        return line.toString();
    }

    /** The mean number of tokens per slot. */
    private double rate(int fromSlot, int toSlot) {
        int sum = 0;
        for (int slot = fromSlot; slot < toSlot; slot++) {
            sum += tokensBySlot[slot];
        }
        return (double) sum / (toSlot - fromSlot);
    }
}
