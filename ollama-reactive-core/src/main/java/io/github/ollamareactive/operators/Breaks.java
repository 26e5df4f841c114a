// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.internal.language.IcuBreaks;
import io.github.ollamareactive.internal.language.JdkBreaks;
import io.github.ollamareactive.internal.text.BreakRules;
import io.github.ollamareactive.internal.text.SentenceSplitter;
import java.util.Locale;

/**
 * What a language knows about where its words and sentences end, for {@link Tokens#words(Breaks)} and
 * {@link Tokens#sentences(Breaks)}. The windows find the places that look like an end by themselves, and ask here only what
 * takes a language to answer; so an implementation sees short texts, and need not know that they are parts of a stream.
 *
 * <p>The same text must always get the same answer. Implementations are used by many streams and threads at once, and don't block.
 */
public interface Breaks extends BreakRules {
    /**
     * The rules of the JDK and what they lack. Sentences: Unicode's rules (UAX #29), and the abbreviations, initials and ordinal
     * numbers of the language; {@link Locale#ROOT} knows those of many languages that are no words in another. Words: the JDK's
     * dictionary for Thai and its rules for Japanese; Chinese by its characters; nothing for Lao, Khmer and Burmese, whose runs
     * stay whole up to the next space.
     *
     * @param locale the language of the text
     * @return the rules
     */
    static Breaks jdk(Locale locale) {
        return of(new JdkBreaks(locale));
    }

    /**
     * The rules and dictionaries of ICU4J ({@code com.ibm.icu:icu4j}, an optional dependency): words of Chinese, Japanese, Thai,
     * Lao, Khmer and Burmese; CLDR's sentence suppressions beside the abbreviations of {@link #jdk}. Making them reads ICU's data
     * and dictionaries from its jar, so make them once and not on an event loop; using them reads nothing.
     *
     * @param locale the language of the text
     * @return the rules
     * @throws IllegalStateException where ICU4J isn't on the class path
     */
    static Breaks icu(Locale locale) {
        try {
            return of(new IcuBreaks(locale));
        } catch (NoClassDefFoundError e) {
            if (!(e.getCause() instanceof ClassNotFoundException)) {
                throw e;
            }
            throw new IllegalStateException(
                    "Breaks.icu needs ICU4J, which ollama-reactive doesn't bring along: add com.ibm.icu:icu4j", e);
        }
    }

    /**
     * Whether this character is a word by itself wherever it stands, so that nothing has to be waited for.
     *
     * @param codePoint a letter of a script that is written without spaces
     * @return false, unless the language says otherwise
     */
    @Override
    default boolean isWord(int codePoint) {
        return false;
    }

    /**
     * The words of a run of letters that are written without spaces: Han, Kana, Thai, Lao, Khmer, Burmese and their like.
     * Other words end at spaces, and nobody is asked.
     *
     * @param run the letters, without spaces or punctuation; asked about again every few letters while they arrive, without
     *     what was cut already. The last words of a run that goes on are not used yet
     * @return where a word ends and the next begins, ascending, beginning and end of the run left out
     */
    @Override
    int[] words(String run);

    /**
     * Whether a sentence ends at a place that looks like it: behind a full stop, question or exclamation mark, the quotes and
     * brackets that close there, and spaces. Places inside of numbers and URLs, behind an ellipsis or before a word in lower
     * case that is no name are not asked about.
     *
     * @param text the sentence so far, its last {@value SentenceSplitter#LOOK_BACK} characters if it is longer, and what was
     *     read of the text behind. Citations, emoji and invisible characters behind the mark are left out, and a colon that
     *     is an Armenian full stop is written as one
     * @param at the place
     * @return whether the next sentence begins there
     */
    @Override
    boolean endsSentence(String text, int at);

    private static Breaks of(BreakRules rules) {
        return new Breaks() {
            @Override
            public boolean isWord(int codePoint) {
                return rules.isWord(codePoint);
            }

            @Override
            public int[] words(String run) {
                return rules.words(run);
            }

            @Override
            public boolean endsSentence(String text, int at) {
                return rules.endsSentence(text, at);
            }
        };
    }
}
