// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.internal.shaping.TimeLimit;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * How a window of {@link Tokens} cuts, beyond what its name says: by which language, how long a segment gets, and how long its text
 * may wait.
 *
 * <pre>{@code
 * chat.transform(Tokens.sentences(Window.of(Locale.GERMAN).maxChars(300).maxWait(Duration.ofSeconds(2))))
 * }</pre>
 *
 * @param breaks knows the language; asked by {@code words} and {@code sentences} only
 * @param maxChars the most characters of a segment (UTF-16 units), a code fence too; only a single grapheme may be longer
 * @param maxWait how long a text may wait; null for as long as it takes. When the first character of an unfinished segment has waited
 *     for that long, what is there is emitted, wherever it ends: in a word, a sentence or a code fence that nobody
 *     closes. A last character that may well go on is then kept back (an emoji, half a flag, a letter of a script with many
 *     marks), though not a letter of Latin, Greek, Cyrillic, Han, Kana or Hangul: an accent that comes by itself later stands
 *     alone. Time that passes without demand counts too
 * @param scheduler whose time counts for {@code maxWait}, and on which the text is emitted whose time is over; null for
 *     {@link Schedulers#parallel()}
 */
public record Window(
        Breaks breaks,
        int maxChars,
        @Nullable Duration maxWait,
        @Nullable Scheduler scheduler) {
    /** No language in particular, segments of up to {@link Aggregate#MAX_CHARACTERS}, and no limit of time. */
    public static final Window DEFAULT = of(Locale.ROOT);

    /**
     * Checks the limits.
     *
     * @param breaks see the record
     * @param maxChars positive
     * @param maxWait positive
     * @param scheduler see the record
     */
    public Window {
        requireNonNull(breaks, "breaks");
        if (maxChars < 1) {
            throw new IllegalArgumentException("maxChars must be positive: " + maxChars);
        } else if (maxWait != null && (maxWait.isNegative() || maxWait.isZero())) {
            throw new IllegalArgumentException("maxWait must be positive: " + maxWait);
        }
    }

    /**
     * A window by the JDK's rules for a language.
     *
     * @param locale the answer's language
     * @return as {@link #of(Breaks)} of {@link Breaks#jdk}
     */
    public static Window of(Locale locale) {
        return of(Breaks.jdk(locale));
    }

    /**
     * A window without other limits.
     *
     * @param breaks knows the language
     * @return with segments of up to {@link Aggregate#MAX_CHARACTERS}
     */
    public static Window of(Breaks breaks) {
        return new Window(breaks, Aggregate.MAX_CHARACTERS, null, null);
    }

    /**
     * The same with another limit of length.
     *
     * @param maxChars see the record
     * @return a new window
     */
    public Window maxChars(int maxChars) {
        return new Window(breaks, maxChars, maxWait, scheduler);
    }

    /**
     * The same with another limit of time.
     *
     * @param maxWait see the record
     * @return a new window
     */
    public Window maxWait(Duration maxWait) {
        return new Window(breaks, maxChars, requireNonNull(maxWait, "maxWait"), scheduler);
    }

    /**
     * The same by another clock.
     *
     * @param scheduler see the record
     * @return a new window
     */
    public Window scheduler(Scheduler scheduler) {
        return new Window(breaks, maxChars, maxWait, requireNonNull(scheduler, "scheduler"));
    }

    @Nullable
    TimeLimit time() {
        Duration wait = maxWait;
        return wait == null ? null : new TimeLimit(wait, scheduler == null ? Schedulers.parallel() : scheduler);
    }
}
