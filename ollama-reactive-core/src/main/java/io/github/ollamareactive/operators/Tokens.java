// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Operators over the events of a generation, for {@code transform} and {@code as}. All keep demand: they ask for another event
 * only when the subscriber is owed something. Errors pass through, with the partial answer that they carry.
 */
public final class Tokens {
    private Tokens() {}

    /**
     * The answer's text, piece by piece.
     *
     * @param events a generation
     * @return <b>Emits</b> each piece that isn't empty; thinking, tool calls and the end are left out
     */
    public static Flux<String> text(Flux<GenerationEvent> events) {
        return events.handle((event, sink) -> {
            if (event instanceof Token token && !token.text().isEmpty()) {
                sink.next(token.text());
            }
        });
    }

    /**
     * The thinking, piece by piece.
     *
     * @param events a generation
     * @return <b>Emits</b> each piece; all else is left out
     */
    public static Flux<String> thinking(Flux<GenerationEvent> events) {
        return events.handle((event, sink) -> {
            if (event instanceof Thinking thinking) {
                sink.next(thinking.text());
            }
        });
    }

    /**
     * The answer's text in one.
     *
     * @param events a generation
     * @return <b>Emits</b> the text at the end of the answer, possibly empty
     */
    public static Mono<String> join(Flux<GenerationEvent> events) {
        return text(events).collect(StringBuilder::new, StringBuilder::append).map(StringBuilder::toString);
    }

    /**
     * Everything that the answer holds.
     *
     * @param events a generation
     * @return <b>Emits</b> one completion at the end of the answer
     */
    public static Mono<Completion> collect(Flux<GenerationEvent> events) {
        return events.collect(Collecting::new, Collecting::add).map(Collecting::completion);
    }

    /**
     * Cuts the answer into words, in no language in particular.
     *
     * @return as {@link #words(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> words() {
        return words(Locale.ROOT);
    }

    /**
     * Cuts the answer into words by the JDK's rules.
     *
     * @param locale the answer's language
     * @return as {@link #words(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> words(Locale locale) {
        return words(Breaks.jdk(locale));
    }

    /**
     * Cuts the answer into words, each with the punctuation at it and the spaces behind it.
     *
     * @param breaks finds the words of scripts without spaces
     * @return <b>Emits</b> a segment for each word, certain with the first character of the next one; in a script without spaces
     *     when a run of letters is over, or after 256 of them. The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> words(Breaks breaks) {
        return words(breaks, Aggregate.MAX_CHARACTERS);
    }

    /**
     * Cuts the answer into words of limited length.
     *
     * @param breaks finds the words of scripts without spaces
     * @param maxChars the most characters of a segment (UTF-16 units); only a single grapheme may be longer
     * @return as {@link #words(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> words(Breaks breaks, int maxChars) {
        requireNonNull(breaks, "breaks");
        return window(text -> new WordSplitter(text, breaks), maxChars, null);
    }

    /**
     * Cuts the answer into lines.
     *
     * @return as {@link #lines(int)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> lines() {
        return lines(Aggregate.MAX_CHARACTERS);
    }

    /**
     * Cuts the answer into lines of limited length, each with the LF or CRLF that ends it.
     *
     * @param maxChars the most characters of a segment (UTF-16 units); only a single grapheme may be longer
     * @return <b>Emits</b> a segment for each line, certain with its LF. The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> lines(int maxChars) {
        return window(Splitter.Lines::new, maxChars, null);
    }

    /**
     * Cuts the answer into sentences, in no language in particular: with the abbreviations of many.
     *
     * @return as {@link #sentences(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> sentences() {
        return sentences(Locale.ROOT);
    }

    /**
     * Cuts the answer into sentences of a language.
     *
     * @param locale the answer's language
     * @return as {@link #sentences(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> sentences(Locale locale) {
        return sentences(Breaks.jdk(locale));
    }

    /**
     * Cuts the answer into sentences, each with the spaces and line ends behind it. A line's end is a sentence's end. Abbreviations,
     * numbers, URLs, ellipses and the numbers of list items end none, and a Markdown code fence stays whole.
     *
     * @param breaks knows the language
     * @return <b>Emits</b> a segment for each sentence, certain with the next visible character; behind a full stop with the next
     *     letter, which shows by its case whether the sentence goes on, or 64 characters later. The rest is {@link Aggregate}'s
     *     contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> sentences(Breaks breaks) {
        return sentences(breaks, Aggregate.MAX_CHARACTERS);
    }

    /**
     * Cuts the answer into sentences of limited length.
     *
     * @param breaks knows the language
     * @param maxChars the most characters of a segment (UTF-16 units), a code fence too; only a single grapheme may be longer
     * @return as {@link #sentences(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> sentences(Breaks breaks, int maxChars) {
        requireNonNull(breaks, "breaks");
        return window(text -> new SentenceSplitter(text, breaks), maxChars, null);
    }

    /**
     * Cuts the answer into paragraphs.
     *
     * @return as {@link #paragraphs(int)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> paragraphs() {
        return paragraphs(Aggregate.MAX_CHARACTERS);
    }

    /**
     * Cuts the answer at blank lines, which stay with the paragraph before them. A Markdown code fence stays whole.
     *
     * @param maxChars the most characters of a segment (UTF-16 units), a code fence too; only a single grapheme may be longer
     * @return <b>Emits</b> a segment for each paragraph, certain with the first visible character of the next one. The rest is
     *     {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> paragraphs(int maxChars) {
        return window(ParagraphSplitter::new, maxChars, null);
    }

    /**
     * Cuts the answer into chunks of limited length, without a time limit.
     *
     * @param maxChars the most characters of a chunk (UTF-16 units); only a single grapheme may be longer
     * @return <b>Emits</b> a segment for each chunk, as long as it can be, certain with the character that doesn't fit any more.
     *     The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> chunks(int maxChars) {
        return window(Splitter.None::new, maxChars, null);
    }

    /**
     * Cuts the answer into chunks of limited length and age, by the clock of {@link Schedulers#parallel()}.
     *
     * @param maxChars the most characters of a chunk (UTF-16 units); only a single grapheme may be longer
     * @param maxWait how long a text may wait, positive
     * @return as {@link #chunks(int, Duration, Scheduler)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> chunks(int maxChars, Duration maxWait) {
        requireNonNull(maxWait, "maxWait");
        return events -> events.transform(chunks(maxChars, maxWait, Schedulers.parallel()));
    }

    /**
     * Cuts the answer into chunks of limited length and age.
     *
     * @param maxChars the most characters of a chunk (UTF-16 units); only a single grapheme may be longer
     * @param maxWait how long a text may wait, positive
     * @param scheduler whose time counts, and on which a chunk is emitted whose time is over
     * @return <b>Emits</b> a segment when the text has reached its length, or when its first character has waited for the limit. A
     *     last character that may well go on is then kept back (an emoji, half a flag, a letter of a script with many marks),
     *     though not a letter of Latin, Greek, Cyrillic, Han, Kana or Hangul: an accent that comes by itself later stands alone.
     *     Time that passes without demand counts too. The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> chunks(
            int maxChars, Duration maxWait, Scheduler scheduler) {
        requireNonNull(scheduler, "scheduler");
        if (maxWait.isNegative() || maxWait.isZero()) {
            throw new IllegalArgumentException("maxWait must be positive: " + maxWait);
        }
        return window(Splitter.None::new, maxChars, new TimeLimit(maxWait, scheduler));
    }

    private static Function<Flux<GenerationEvent>, Flux<Aggregate>> window(
            Splitter.Factory splitters, int maxChars, @Nullable TimeLimit time) {
        if (maxChars < 1) {
            throw new IllegalArgumentException("maxChars must be positive: " + maxChars);
        }
        return events -> new SegmentOperator(events, splitters, maxChars, time);
    }

    private static final class Collecting {
        private final Measurement measurement = new Measurement();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final List<ToolCall> toolCalls = new ArrayList<>();
        private final List<Logprob> logprobs = new ArrayList<>();
        private @Nullable Done done;

        void add(GenerationEvent event) {
            measurement.event(event);
            if (event instanceof Token token) {
                text.append(token.text());
                logprobs.addAll(token.logprobs());
            } else if (event instanceof Thinking thought) {
                thinking.append(thought.text());
                logprobs.addAll(thought.logprobs());
            } else if (event instanceof ToolCalled called) {
                toolCalls.add(called.call());
            } else if (event instanceof Done last) {
                done = last;
            }
        }

        Completion completion() {
            return new Completion(
                    text.toString(), thinking.toString(), toolCalls, logprobs, done, measurement.summary());
        }
    }
}
