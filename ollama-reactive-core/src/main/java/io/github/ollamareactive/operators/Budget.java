// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.protocol.Arguments;
import java.time.Duration;
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
 */
public record Budget(
        @Nullable Long tokens,
        @Nullable Long characters,
        @Nullable Long sentences,
        @Nullable Duration duration,
        @Nullable Repetition repetition) {

    /**
     * The same up to this many words, this often in a row.
     *
     * @param words the longest group of words that is looked for; punctuation, line ends, and characters of scripts without spaces
     *     count as a word each
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
    public static final Budget UNLIMITED = new Budget(null, null, null, null, null);

    /**
     * Checks the numbers.
     *
     * @param tokens positive
     * @param characters positive
     * @param sentences positive
     * @param duration positive
     * @param repetition see the record
     */
    public Budget {
        positive("tokens", tokens);
        positive("characters", characters);
        positive("sentences", sentences);
        duration = duration == null ? null : Arguments.positive("duration", duration);
    }

    private static void positive(String name, @Nullable Long value) {
        if (value != null && value <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }

    /**
     * Limits the tokens, thinking included.
     *
     * @param tokens how many
     * @return a new budget
     */
    public Budget tokens(long tokens) {
        return new Budget(tokens, characters, sentences, duration, repetition);
    }

    /**
     * Limits the answer's characters. The text is cut exactly there, or before the grapheme that would go beyond (one of up to 64 units).
     *
     * @param characters how many UTF-16 units
     * @return a new budget
     */
    public Budget characters(long characters) {
        return new Budget(tokens, characters, sentences, duration, repetition);
    }

    /**
     * Limits the answer's sentences. The text is cut behind the last one's mark and closing quotes. A sentence ends, simply, with
     * {@code . ! ? …} before white space or with {@code 。！？} anywhere: an abbreviation counts as an end.
     *
     * @param sentences how many
     * @return a new budget
     */
    public Budget sentences(long sentences) {
        return new Budget(tokens, characters, sentences, duration, repetition);
    }

    /**
     * Limits the time.
     *
     * @param duration how long, from the subscription; more than 100 years is for ever
     * @return a new budget
     */
    public Budget duration(Duration duration) {
        return new Budget(tokens, characters, sentences, duration, repetition);
    }

    /**
     * Ends an answer that repeats itself.
     *
     * @param words the longest group of words that is looked for
     * @param times how often a group must come in a row
     * @return a new budget
     */
    public Budget repetition(int words, int times) {
        return new Budget(tokens, characters, sentences, duration, new Repetition(words, times));
    }
}
