// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** What the splitters ask of a language. The public interface over it has the contract. */
public interface BreakRules {
    /**
     * Whether this character is a word by itself wherever it stands.
     *
     * @param codePoint a letter of a script that is written without spaces
     * @return false, unless the language says otherwise
     */
    default boolean isWord(int codePoint) {
        return false;
    }

    /**
     * The words of a run of letters that are written without spaces.
     *
     * @param run the letters
     * @return where a word ends and the next begins, ascending, beginning and end of the run left out
     */
    int[] words(String run);

    /**
     * Whether a sentence ends at a place that looks like it.
     *
     * @param text the text around the place
     * @param at the place
     * @return whether the next sentence begins there
     */
    boolean endsSentence(String text, int at);
}
