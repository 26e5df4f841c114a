// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import java.lang.Character.UnicodeScript;

/**
 * Finds the same words over and over, at once for every length of the group, in memory that doesn't grow. Words are compared by
 * hashes of 64 bits. The same for every cut of the text into pieces, up to surrogate pairs.
 */
public final class RepetitionDetector {
    private final int times;
    private final long[] words;
    /** For each length: how many words in a row were the same as the one that many words before. */
    private final int[] same;

    private long count;
    private long word;
    private boolean inWord;
    /** One space behind a word or a mark only parts it from the next; any other counts. */
    private boolean gapMayFollow;

    /**
     * Watches a text.
     *
     * @param words the longest group of words that is looked for
     * @param times how often a group has to come in a row
     */
    public RepetitionDetector(int words, int times) {
        this.times = times;
        this.words = new long[words];
        this.same = new int[words + 1];
    }

    /** Takes a piece and tells whether the words before its end repeat themselves. */
    public boolean add(String piece) {
        boolean found = false;
        for (int i = 0; i < piece.length(); i += Character.charCount(piece.codePointAt(i))) {
            found |= add(piece.codePointAt(i));
        }
        return found;
    }

    private boolean add(int c) {
        if (isPartOfWord(c)) {
            word = (inWord ? word * 0x9E3779B97F4A7C15L : 0) + c + 1;
            inWord = true;
            return false;
        }
        boolean found = inWord && word(word);
        boolean gap = c == ' ' && (inWord || gapMayFollow);
        inWord = false;
        gapMayFollow = !Character.isWhitespace(c);
        return gap ? found : word(-c) || found;
    }

    private static boolean isPartOfWord(int c) {
        if (!Character.isLetterOrDigit(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
            return false;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
            default -> true;
        };
    }

    private boolean word(long hash) {
        boolean found = false;
        for (int length = 1; length < same.length && length <= count; length++) {
            boolean repeats = words[(int) ((count - length) % words.length)] == hash;
            same[length] = repeats ? same[length] + 1 : 0;
            found |= same[length] >= (long) length * (times - 1);
        }
        words[(int) (count++ % words.length)] = hash;
        return found;
    }
}
