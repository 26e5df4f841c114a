// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.repetition;

import io.github.ollamareactive.internal.text.TextLimit;

/**
 * Ends a text that goes round in a loop, in memory that doesn't grow: groups of words ({@link RepeatedWords}), and texts that repeat
 * the same few characters ({@link RepeatedCharacters}). The rule is in the Javadoc of {@code Budget.repetition}.
 *
 * <p>A word counts when the character behind it has come, and the text is cut between them.
 */
public final class RepetitionDetector implements TextLimit {
    private final RepeatedWords words;
    private final RepeatedCharacters characters;
    private String held = "";
    private boolean spent;

    /**
     * Watches a text.
     *
     * @param words the longest group of words that is ended at once
     * @param times how often a group has to come in a row
     */
    public RepetitionDetector(int words, int times) {
        this.words = new RepeatedWords(words, times);
        this.characters = new RepeatedCharacters(times);
    }

    @Override
    public String take(String piece) {
        String text = held.isEmpty() ? piece : held + piece;
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        held = text.substring(end);
        for (int i = 0; i < end && !spent; ) {
            int c = text.codePointAt(i);
            spent = words.add(c);
            spent |= characters.add(c);
            if (spent) {
                held = "";
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return end == piece.length() ? piece : text.substring(0, end);
    }

    @Override
    public boolean isSpent() {
        return spent;
    }

    @Override
    public String rest() {
        String rest = held;
        held = "";
        return rest;
    }
}
