// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.Arguments;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much of an answer is enough, for {@link Tokens#until(Budget)}. Whatever is used up first ends it.
 *
 * <pre>{@code
 * Budget.UNLIMITED.tokens(500).duration(Duration.ofSeconds(20)).repetition(8, 4)
 * }</pre>
 *
 * @param tokens pieces of text, thinking included; a piece that carries log probabilities counts as many as it carries. Null for no limit
 * @param characters of the answer, thinking not counted (UTF-16 units, as {@code String.length} counts). Null for no limit
 * @param sentences of the answer, thinking not counted. Null for no limit
 * @param duration from the subscription. Null for no limit
 * @param repetition when the model repeats itself. Null for no limit
 * @param breaks where sentences end
 */
public record Budget(
        @Nullable Long tokens,
        @Nullable Long characters,
        @Nullable Long sentences,
        @Nullable Duration duration,
        @Nullable Repetition repetition,
        Breaks breaks) {

    /**
     * The same words this often in a row; see {@link Budget#repetition(int, int)}.
     *
     * @param words the longest group of words that is ended after {@code times}
     * @param times how often a group must come, directly one after another
     */
    public record Repetition(int words, int times) {
        /**
         * Checks the numbers.
         *
         * @param words 1 to 1000
         * @param times at least 2
         */
        public Repetition {
            if (words < 1 || words > 1000 || times < 2) {
                throw new IllegalArgumentException(
                        "a repetition is of 1 to 1000 words and at least 2 times, not of " + words + ", " + times);
            }
        }
    }

    /** No limit at all: where to begin. */
    public static final Budget UNLIMITED = new Budget(null, null, null, null, null, Breaks.jdk(Locale.ROOT));

    /**
     * Checks the numbers.
     *
     * @param tokens positive
     * @param characters positive
     * @param sentences positive
     * @param duration positive
     * @param repetition see the record
     * @param breaks see the record
     */
    public Budget {
        positive("tokens", tokens);
        positive("characters", characters);
        positive("sentences", sentences);
        duration = duration == null ? null : Arguments.positive("duration", duration);
        if (duration != null && (duration.isNegative() || duration.isZero())) {
            throw new IllegalArgumentException("duration must be positive");
        }
        requireNonNull(breaks, "breaks");
    }

    private static void positive(String name, @Nullable Long value) {
        if (value != null && value <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }

    /**
     * Limits the tokens, thinking included. The answer ends with the last of them, so one of exactly as many ends here too, with reason
     * {@link Summary#BUDGET}: whether the model has more to say isn't waited for. A piece that carries the log probabilities of more
     * tokens than are left is cut behind the last one that is.
     *
     * @param tokens how many
     * @return a new budget
     */
    public Budget tokens(long tokens) {
        return new Budget(tokens, characters, sentences, duration, repetition, breaks);
    }

    /**
     * Limits the answer's characters. The text is cut exactly there, or before the grapheme that would go beyond (one of up to 64 units).
     *
     * @param characters how many UTF-16 units
     * @return a new budget
     */
    public Budget characters(long characters) {
        return new Budget(tokens, characters, sentences, duration, repetition, breaks);
    }

    /**
     * Limits the answer's sentences, in no language in particular: with the abbreviations of many.
     *
     * @param sentences how many
     * @return as {@link #sentences(long, Breaks)}
     */
    public Budget sentences(long sentences) {
        return sentences(sentences, breaks);
    }

    /**
     * Limits the answer's sentences, which end where {@link Tokens#sentences(Breaks)} ends them. The text is cut behind the last one,
     * without the blanks that follow it, when that window would be certain of it: with the next visible character or, behind a full
     * stop, the next letter. Until then what follows is kept back. A tool call, thinking and the end of an answer end a sentence too.
     *
     * @param sentences how many
     * @param breaks knows the language
     * @return a new budget
     */
    public Budget sentences(long sentences, Breaks breaks) {
        return new Budget(tokens, characters, sentences, duration, repetition, breaks);
    }

    /**
     * Limits the time.
     *
     * @param duration how long, from the subscription; more than 100 years is for ever
     * @return a new budget
     */
    public Budget duration(Duration duration) {
        return new Budget(tokens, characters, sentences, duration, repetition, breaks);
    }

    /**
     * Ends an answer, or thinking, that goes round in a loop.
     *
     * <p>A <b>group</b> of words is a loop when it comes {@code times} times in a row and nothing in it differs, blanks, line ends and
     * punctuation between its words included. Words are letters and digits; in scripts without spaces each letter is one. Blanks,
     * rules, borders, brackets and punctuation are none. What people write that way is let through, by up to two times more:
     * <ul>
     *   <li>a group with punctuation or line ends comes 5 times at least, as words that are called, sung or repeated for emphasis;
     *   <li>a loop is of 9 words at least, or {@code 2 * words + 1} if that is less;
     *   <li>a group with marks of data or programs ({@code | " ( ) [ ] { } < > = + & ^ \\}, a backtick, a tab, an apostrophe beside another
     *       mark, words with an ASCII mark and no blank between them, words parted by commas in brackets or by two blanks in a line)
     *       always comes two times more;
     *   <li>so does one of more than {@code words} words, up to 512: sentences, lines and paragraphs are found, however few words were
     *       asked for.
     * </ul>
     *
     * <p><b>Data</b> may repeat itself: groups of which each word has a digit or stands for a value ({@code null}, {@code true}, {@code NaN}
     * and the like), groups of one word with marks of data, and those of up to 4 words with marks of data and no end of a line or
     * sentence. These are equal cells, equal values, empty elements.
     *
     * <p>Besides, up to 64 <b>characters</b> that repeat themselves, {@code times} times at least, are a loop: within an endless word
     * ({@code aaaa}, {@code hahaha}, {@code 000}, emoji) after 160 to 175
     * characters, and whatever they are, blanks and data too, after 1,600.
     *
     * <p>The text is cut behind the word that shows the loop, at the same place for every cut of the text into pieces. It takes about
     * 150 KB of memory, however long the answer gets.
     *
     * @param words the longest group of words that is ended after {@code times}, 1 to 1000
     * @param times how often a group must come in a row, at least 2
     * @return a new budget
     */
    public Budget repetition(int words, int times) {
        return new Budget(tokens, characters, sentences, duration, new Repetition(words, times), breaks);
    }
}
