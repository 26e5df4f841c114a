// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.repetition;

/**
 * Finds the same few characters over and over: an endless word, and at ten times the length anything else, blanks, rules and data
 * too. It is looked for every few characters, and followed from then on.
 */
final class RepeatedCharacters {
    /** How many characters may repeat. */
    private static final int LONGEST = 64;

    /** How long an endless word gets. */
    private static final int WORD = 160;

    /** How long anything gets that repeats itself. */
    private static final int TEXT = 1_600;

    private static final int EVERY = 16;
    private static final int SIZE = 256;

    private final int times;
    private final int[] last = new int[SIZE];
    private long count;

    /** How many characters repeat at the moment, and how long they have; 0 where none do. */
    private int period;

    private long run;

    /** How many characters in a row may be of one word, and how many in a row are no letters or digits of it. */
    private long word;

    private long silent;

    RepeatedCharacters(int times) {
        this.times = times;
    }

    /** Takes a character and tells whether the text up to it repeats itself. */
    boolean add(int c) {
        silent = WordCharacters.isWord(c) || c >= 0x1F000 ? 0 : silent + 1;
        word = silent == 0 || WordCharacters.joins(c) ? word + 1 : 0;
        if (period > 0) {
            run++;
            period = at(count - period) == c ? period : 0;
        }
        last[(int) (count++ & (SIZE - 1))] = c;
        if (period == 0 && count % EVERY == 0 && count >= WORD) {
            find();
        }
        boolean isLong = run >= TEXT || (word >= WORD && silent < period);
        return period > 0 && isLong && run >= (long) period * times;
    }

    private int at(long place) {
        return last[(int) (place & (SIZE - 1))];
    }

    private void find() {
        run = WORD;
        for (int candidate = 1; candidate <= LONGEST; candidate++) {
            if (repeats(candidate)) {
                period = candidate;
                return;
            }
        }
    }

    private boolean repeats(int candidate) {
        for (long place = count - 1; place >= count - WORD + candidate; place--) {
            if (at(place) != at(place - candidate)) {
                return false;
            }
        }
        return true;
    }
}
