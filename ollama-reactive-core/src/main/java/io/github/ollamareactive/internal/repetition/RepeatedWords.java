// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.repetition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the same words over and over, at once for every length of the group, by the places where each word was before. Words and what stands between them are compared by
 * hashes of 64 bits.
 */
final class RepeatedWords {
    /** The longest group at least, a paragraph or several. */
    private static final int LONG = 512;

    /** How often a group may come beyond the limit where it may well be meant. */
    private static final int MORE = 2;

    /** How many words a loop has at least. */
    private static final int SHORTEST = 9;

    /** How often a group with punctuation comes at least, since people say things three or four times. */
    private static final int EMPHATIC = 5;

    /** How many words a group of data has that is nothing unusual. */
    private static final int DATA = 4;

    private static final int SIZE = 2 * LONG;

    /** How many places of a word are looked at: more than any word but data has in a group. */
    private static final int PLACES = 64;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** What documents and programs say where they have no value, and bytes. */
    private static final Set<Long> VALUES = hashes(List.of(
            "null",
            "NULL",
            "None",
            "nil",
            "NaN",
            "nan",
            "NA",
            "undefined",
            "true",
            "false",
            "True",
            "False",
            "TRUE",
            "FALSE",
            "aa",
            "bb",
            "cc",
            "dd",
            "ee",
            "ff",
            "AA",
            "BB",
            "CC",
            "DD",
            "EE",
            "FF"));

    private final int words;
    private final int times;

    private final long[] hashes = new long[SIZE];
    private final long[] gaps = new long[SIZE];

    // How many of all words so far were words of letters, had punctuation before them, marks of data, the end of a line
    // or sentence.
    private final long[] letters = new long[SIZE];
    private final long[] marks = new long[SIZE];
    private final long[] data = new long[SIZE];
    private final long[] ends = new long[SIZE];

    /** For each length: how many words in a row were the same as the one that many words before, and up to which. */
    private final long[] same;

    private final long[] until;

    /** The last place of a word with these bits, and of the one before it; one more than the place, so that 0 is none. */
    private final long[] latest = new long[SIZE];

    private final long[] earlier = new long[SIZE];

    private long count;

    // The word at hand, and what stands before it.
    private final WordGap gap = new WordGap();
    private long word;
    private boolean inWord;
    private boolean whole;
    private boolean hasDigit;

    RepeatedWords(int words, int times) {
        this.words = words;
        this.times = times;
        this.same = new long[Math.max(words, LONG) + 1];
        this.until = new long[same.length];
    }

    private static Set<Long> hashes(List<String> texts) {
        Set<Long> hashes = new HashSet<>();
        texts.forEach(text -> hashes.add(text.chars().asLongStream().reduce(0, RepeatedWords::mix)));
        return Set.copyOf(hashes);
    }

    static long mix(long hash, long c) {
        return (hash ^ (hash >>> 29)) * MULTIPLIER + c + 1;
    }

    /** Takes a character and tells whether the words before it repeat themselves. */
    boolean add(int c) {
        boolean part = WordCharacters.isWord(c);
        boolean alone = part && WordCharacters.isWhole(c) && !WordCharacters.isMark(c);
        boolean ends = inWord && (!part || alone || (whole && !WordCharacters.isMark(c)));
        boolean found = ends && word();
        if (ends) {
            gap.begin();
            inWord = false;
            hasDigit = false;
        }
        if (part) {
            word = inWord ? mix(word, c) : mix(0, c);
            hasDigit |= Character.isDigit(c);
            whole = alone || (whole && inWord);
            inWord = true;
        } else {
            gap.add(c);
        }
        return found;
    }

    private static int at(long place) {
        return (int) (place & (SIZE - 1));
    }

    /** Adds the word that is over. */
    private boolean word() {
        int here = at(count);
        int before = at(count - 1);
        hashes[here] = word;
        gaps[here] = gap.hash();
        letters[here] = letters[before] + (hasDigit || VALUES.contains(word) ? 0 : 1);
        marks[here] = marks[before] + (gap.isPunctuated() ? 1 : 0);
        data[here] = data[before] + (gap.isData() ? 1 : 0);
        ends[here] = ends[before] + (gap.isEnd() ? 1 : 0);
        int bits = at(word ^ (word >>> 32));
        earlier[here] = latest[bits];
        latest[bits] = count + 1;
        boolean found = false;
        long meant = 0;
        long place = earlier[here] - 1;
        for (int i = 0; i < PLACES && place >= 0 && count - place < same.length; i++, place = earlier[at(place)] - 1) {
            int length = (int) (count - place);
            if (hashes[at(place)] == word) {
                boolean goesOn = until[length] == count && gaps[at(place)] == gap.hash();
                same[length] = goesOn ? same[length] + 1 : 1;
                until[length] = count + 1;
                long run = same[length] + length;
                if (run >= length * (long) times && isMeant(length, here)) {
                    meant = Math.max(meant, run);
                } else {
                    found |= run > meant && run >= length * rounds(length, here);
                }
            }
        }
        count++;
        return found;
    }

    /** Whether a group may well be meant however often it comes: numbers, equal cells, equal values. */
    private boolean isMeant(int length, int here) {
        int from = at(count - length);
        if (letters[here] == letters[from]) {
            return true;
        }
        return data[here] != data[from] && (length == 1 || (length <= DATA && ends[here] == ends[from]));
    }

    /** How often a group has to come. */
    private long rounds(int length, int here) {
        long most = (long) times + MORE;
        int from = at(count - length);
        if (length > words || data[here] != data[from]) {
            return most;
        }
        int shortest = Math.min(2 * words + 1, SHORTEST);
        int least = Math.max((shortest + length - 1) / length, marks[here] == marks[from] ? 0 : EMPHATIC);
        return Math.max(times, Math.min(most, least));
    }
}
