// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.internal.shaping.PacePolicy;
import io.github.ollamareactive.internal.shaping.ShapingOperator;
import io.github.ollamareactive.internal.shaping.SharedGeneration;
import io.github.ollamareactive.internal.shaping.TimeLimit;
import io.github.ollamareactive.internal.text.ParagraphSplitter;
import io.github.ollamareactive.internal.text.Segmenter;
import io.github.ollamareactive.internal.text.SentenceSplitter;
import io.github.ollamareactive.internal.text.Splitter;
import io.github.ollamareactive.internal.text.WordSplitter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Operators over the events of a generation, for {@code transform} and {@code as}. All keep demand: they ask for another event
 * only when the subscriber is owed something. Errors pass through, with the partial answer that they carry.
 */
// One static function an operator, and the contract of each: four of five lines are Javadoc.
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
        return Mono.defer(() -> {
            CompletionCollector all = new CompletionCollector();
            return events.doOnNext(all::add).onErrorMap(all::failure).then(Mono.fromSupplier(all::completion));
        });
    }

    /**
     * Lets the text appear evenly, as for a display: bursts are spread in time.
     *
     * <p><b>Emits</b> the same events in the same order. Between two pieces of text lies the time of the pace, or less: no event is held
     * back by more than half a second, neither at the end nor anywhere else, so a model that is faster than the pace goes at its
     * own speed. The first piece, and events without text, are never held back by themselves.
     *
     * <p><b>Errors:</b> those of the stream; what is waiting then goes out at once before.
     *
     * <p><b>Demand:</b> no more is asked of upstream than the subscriber asks for, one event at a time; at most 256 events or about 65,536
     * characters wait here, and when that is full the pace is suspended. A subscriber that asks for few at a time is served within
     * the same bound: time by which its next event is asked for late counts as held back.
     *
     * <p><b>Cancel</b> cancels the stream and drops what waits. <b>Threads:</b> the stream's, the subscriber's, and Reactor's parallel
     * scheduler for what was held back, never two at once.
     *
     * @param perSecond pieces of text in a second, which are about the tokens
     * @return the operator, for {@code transform}
     * @throws IllegalArgumentException when that isn't a positive number
     */
    public static UnaryOperator<Flux<GenerationEvent>> pace(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be positive, not " + perSecond);
        }
        return events -> new ShapingOperator<>(events, () -> new PacePolicy(perSecond));
    }

    /**
     * Ends an answer when a budget is used up, and stops the model.
     *
     * <p><b>Emits</b> the same events. When the budget is used up, the stream is cancelled at once, before anything else is emitted; the
     * text is cut as {@link Budget} says, then comes a {@code Done} of this side's own, with reason {@link Summary#BUDGET} and no
     * numbers of the server, and the stream completes. So whatever follows ({@link Stats#onEnd}, {@link #collect}) has its regular end.
     * An answer that ends before its budget is used up is not changed. Up to 64 characters before the end of a character budget, and
     * in the last sentence of a budget of sentences, a piece may come out in two parts.
     *
     * <p><b>Several answers</b> one after the other (the steps of a {@code concat}) have the budget together. If the time is over between
     * two of them, when a {@code Done} was the last event, the stream is cancelled and completes without another one.
     *
     * <p><b>Errors:</b> those of the stream.
     *
     * <p><b>Demand:</b> upstream is asked for one event at a time, as the subscriber asks; what one event gives, three at most, waits here.
     *
     * <p><b>Cancel</b> cancels the stream. <b>Threads:</b> the stream's and the subscriber's; for a budget of time, also Reactor's
     * parallel scheduler, never two at once.
     *
     * @param budget how much is enough, for each subscription anew
     * @return the operator, for {@code transform}
     */
    public static UnaryOperator<Flux<GenerationEvent>> until(Budget budget) {
        requireNonNull(budget, "budget");
        return events -> new ShapingOperator<>(events, () -> new BudgetPolicy(budget, event -> false));
    }

    /**
     * Ends an answer behind a certain event, and stops the model.
     *
     * <p><b>Emits</b> the same events, up to and with the first one that the test holds for; then as {@link #until(Budget)} does: the
     * stream is cancelled, then come that event and a {@code Done} with reason {@link Summary#BUDGET}. The server's own {@code Done} isn't
     * tested.
     *
     * <p><b>Errors:</b> those of the stream, and what the test throws. <b>Demand:</b> one event at a time is asked of the stream.
     * <b>Cancel, threads:</b> those of the stream.
     *
     * @param last tells the last event
     * @return the operator, for {@code transform}
     */
    public static UnaryOperator<Flux<GenerationEvent>> until(Predicate<? super GenerationEvent> last) {
        requireNonNull(last, "last");
        return events -> new ShapingOperator<>(events, () -> new BudgetPolicy(Budget.UNLIMITED, last));
    }

    /**
     * One generation for several subscribers, with 16 MiB for what they are apart and 5 seconds for the next one to come.
     *
     * @param events a generation
     * @return see {@link #shared(long, Duration)}
     */
    public static Flux<GenerationEvent> shared(Flux<GenerationEvent> events) {
        return shared(16L << 20, Duration.ofSeconds(5)).apply(events);
    }

    /**
     * One generation for several subscribers, each at its own speed: one request, sent for the first of them.
     *
     * <p><b>Emits</b> to each subscriber the whole generation from its first event, whenever it comes, also after the end. What
     * was received is held for that, up to the given bytes (estimated: 2 for a character, 64 for an event, and what it carries).
     *
     * <p><b>At the bound</b> what every present subscriber has had is let go, as far as needed; what one of them hasn't had yet is kept,
     * and the model waits: the slowest paces it, and the fastest is ahead of it by those bytes and one event at most. Who comes after
     * something was let go gets an {@link IllegalStateException} that says so, also after the answer's end: it isn't asked for again.
     *
     * <p><b>Errors:</b> those of the stream, to each subscriber in its place, also to later ones.
     *
     * <p><b>Demand:</b> each subscriber's own. Upstream is asked for one event at a time, only when a subscriber that has had all is owed
     * another.
     *
     * <p><b>Cancel</b> leaves the others alone. When the last one has gone and the stream hasn't ended, it is cancelled after the grace
     * period, unless somebody comes before; at once, where something was let go. Once it is cancelled all is forgotten, and the next
     * subscriber begins a new generation.
     *
     * <p><b>Threads:</b> those of upstream and of any subscriber, never two at once: one that blocks in {@code onNext} stops all.
     *
     * @param maxBytes how much is held
     * @param grace how long the generation outlives its last subscriber; zero for not at all
     * @return the operator, for {@code transform}: it is what it returns that is to be subscribed to several times
     * @throws IllegalArgumentException when the bytes aren't positive or the time is negative
     */
    public static UnaryOperator<Flux<GenerationEvent>> shared(long maxBytes, Duration grace) {
        if (maxBytes <= 0 || requireNonNull(grace, "grace").isNegative()) {
            throw new IllegalArgumentException("maxBytes must be positive and grace not negative");
        }
        return events -> new SharedGeneration(events, maxBytes, grace);
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
     *     a few letters later: two words, or 12 letters of Thai and its neighbours, are kept back while a run of letters goes on. The
     *     rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> words(Breaks breaks) {
        return words(Window.of(breaks));
    }

    /**
     * Cuts the answer into words of limited length or age.
     *
     * @param window the language and the limits
     * @return as {@link #words(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> words(Window window) {
        return window(text -> new WordSplitter(text, window.breaks()), window);
    }

    /**
     * Cuts the answer into lines.
     *
     * @return as {@link #lines(Window)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> lines() {
        return lines(Window.DEFAULT);
    }

    /**
     * Cuts the answer into lines, each with the LF or CRLF that ends it.
     *
     * @param window the limits
     * @return <b>Emits</b> a segment for each line, certain with its LF. The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> lines(Window window) {
        return window(Splitter.Lines::new, window);
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
     * numbers, URLs, ellipses and the numbers of list items end none, and a Markdown code fence stays whole. Citations
     * ({@code [1]}, {@code ¹}, {@code ([source](url))}) and emoji at the mark belong to the sentence before.
     *
     * @param breaks knows the language
     * @return <b>Emits</b> a segment for each sentence, certain with the next visible character; behind a full stop, a closing
     *     quote or bracket, a dash or an emoji with the next letter or digit, which shows whether the sentence goes on, or 64
     *     characters later. A word in lower case, and behind a number one with a capital, is waited for to its end, since it may be
     *     a name or a month. The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> sentences(Breaks breaks) {
        return sentences(Window.of(breaks));
    }

    /**
     * Cuts the answer into sentences of limited length or age.
     *
     * @param window the language and the limits
     * @return as {@link #sentences(Breaks)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> sentences(Window window) {
        return window(text -> new SentenceSplitter(text, window.breaks()), window);
    }

    /**
     * Cuts the answer into paragraphs.
     *
     * @return as {@link #paragraphs(Window)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> paragraphs() {
        return paragraphs(Window.DEFAULT);
    }

    /**
     * Cuts the answer at blank lines, which stay with the paragraph before them. A Markdown code fence stays whole.
     *
     * @param window the limits
     * @return <b>Emits</b> a segment for each paragraph, certain with the first visible character of the next one. The rest is
     *     {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> paragraphs(Window window) {
        return window(ParagraphSplitter::new, window);
    }

    /**
     * Cuts the answer into chunks of limited length, without a time limit.
     *
     * @param maxChars the most characters of a chunk (UTF-16 units); only a single grapheme may be longer
     * @return as {@link #chunks(Window)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> chunks(int maxChars) {
        return chunks(Window.DEFAULT.maxChars(maxChars));
    }

    /**
     * Cuts the answer into chunks of limited length and age.
     *
     * @param maxChars the most characters of a chunk (UTF-16 units); only a single grapheme may be longer
     * @param maxWait how long a text may wait, positive
     * @return as {@link #chunks(Window)}
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> chunks(int maxChars, Duration maxWait) {
        return chunks(Window.DEFAULT.maxChars(maxChars).maxWait(maxWait));
    }

    /**
     * Cuts the answer into chunks that end nowhere in particular.
     *
     * @param window the limits
     * @return <b>Emits</b> a segment when the text has reached its length, certain with the character that doesn't fit any more, or
     *     when its first character has waited for as long as it may. The rest is {@link Aggregate}'s contract
     */
    public static Function<Flux<GenerationEvent>, Flux<Aggregate>> chunks(Window window) {
        return window(Splitter.None::new, window);
    }

    private static Function<Flux<GenerationEvent>, Flux<Aggregate>> window(Splitter.Factory splitters, Window window) {
        int maxChars = window.maxChars();
        return events -> {
            TimeLimit time = window.time();
            return new ShapingOperator<>(events, () -> new SegmentPolicy(new Segmenter(splitters, maxChars), time));
        };
    }
}
