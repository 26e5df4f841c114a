// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.internal.text.ParagraphSplitter;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.internal.text.Segmenter;
import io.github.ollamareactive.internal.text.SentenceSplitter;
import io.github.ollamareactive.internal.text.Splitter;
import io.github.ollamareactive.internal.text.WordSplitter;
import io.github.ollamareactive.operators.Aggregate.Kind;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.Partial;
import io.github.ollamareactive.protocol.ToolCall;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What the windows emit when, what they ask for, and how they end. */
final class WindowsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ToolCall CALL = new ToolCall("call_1", 0, "get_weather", JsonObject.EMPTY);

    private static Segment text(String text, int tokens) {
        return new Segment(Kind.TEXT, text, tokens, null);
    }

    private static Thinking thinking(String text) {
        return new Thinking(text, List.of());
    }

    /** The window, the pieces that give the first segment and nothing more, and that segment. */
    static Stream<Arguments> certain() {
        return Stream.of(
                Arguments.of("words", Tokens.words(), List.of("Hel", "lo", " ", "w"), "Hello "),
                Arguments.of("words of Chinese", Tokens.words(Locale.CHINESE), List.of("我", "爱"), "我"),
                Arguments.of(
                        "words of a dictionary",
                        Tokens.words(Breaks.icu(Locale.CHINESE)),
                        List.of("北", "京", "，", "天"),
                        "北京，"),
                Arguments.of("lines", Tokens.lines(), List.of("a ", "line", "\n"), "a line\n"),
                Arguments.of("sentences", Tokens.sentences(), List.of("Hello", " world", ".", " The"), "Hello world. "),
                Arguments.of("sentences asking", Tokens.sentences(), List.of("Is it", "?", " ", "1"), "Is it? "),
                Arguments.of(
                        "sentences before a number", Tokens.sentences(), List.of("It is 5.", " ", "6"), "It is 5. "),
                Arguments.of(
                        "sentences behind a number",
                        Tokens.sentences(),
                        List.of("It is 5.", " Th", "at", " "),
                        "It is 5. "),
                Arguments.of(
                        "sentences before signs only",
                        Tokens.sentences(),
                        List.of("It is. ", "-".repeat(65)),
                        "It is. "),
                Arguments.of("Chinese sentences", Tokens.sentences(), List.of("你好", "。", "我"), "你好。"),
                Arguments.of("paragraphs", Tokens.paragraphs(), List.of("One\n", "\n", "\n", "  ", "T"), "One\n\n\n"),
                Arguments.of("chunks", Tokens.chunks(5), List.of("Hel", "lo", " "), "Hello"));
    }

    /** One segment is asked for: exactly the events that decide it are taken, and it comes with the last of them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("certain")
    void oneSegmentTakesTheEventsThatDecideIt(
            String name, Function<Flux<GenerationEvent>, Flux<Aggregate>> window, List<String> pieces, String segment) {
        AtomicLong asked = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        Flux<GenerationEvent> source = Events.answer(
                        Stream.concat(pieces.stream(), Stream.of(" and", " more.", " And", " more", "\n\n", "x"))
                                .toList())
                .doOnNext(event -> taken.incrementAndGet())
                .doOnRequest(asked::addAndGet);
        StepVerifier.create(source.transform(window), 0)
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .assertNext(first -> {
                    assertThat(((Segment) first).text()).isEqualTo(segment);
                    assertThat(taken).hasValue(pieces.size());
                })
                .then(() -> assertThat(asked).hasValue(pieces.size()))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void segmentsAtHandTakeNothing() {
        AtomicLong asked = new AtomicLong();
        StepVerifier.create(
                        Events.answer(List.of("one two three", " four"))
                                .doOnRequest(asked::addAndGet)
                                .transform(Tokens.words()),
                        0)
                .thenRequest(2)
                .expectNext(text("one ", 0), text("two ", 0))
                .then(() -> assertThat(asked).hasValue(1))
                .thenRequest(1)
                .expectNext(text("three ", 1))
                .then(() -> assertThat(asked).hasValue(2))
                .thenRequest(1)
                .expectNext(text("four", 1))
                .then(() -> assertThat(asked).hasValue(3))
                .thenRequest(1)
                .expectNextMatches(Summary.class::isInstance)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void aKindThatChangesEndsTheSegment() {
        Flux<GenerationEvent> events = Flux.just(
                thinking("Hm. I"),
                thinking(" see"),
                token(""),
                token("Well"),
                new ToolCalled(CALL),
                new ToolCalled(CALL),
                token("So."),
                thinking("?"),
                new Image(ByteBuffer.allocate(3)),
                thinking("!"),
                DONE);
        StepVerifier.create(events.transform(Tokens.sentences()))
                .expectNext(new Segment(Kind.THINKING, "Hm. ", 0, null), new Segment(Kind.THINKING, "I see", 3, null))
                .expectNext(text("Well", 1))
                .expectNext(new Segment(Kind.TOOL_CALL, "", 0, CALL), new Segment(Kind.TOOL_CALL, "", 0, CALL))
                .expectNext(text("So.", 1), new Segment(Kind.THINKING, "?!", 2, null))
                .assertNext(summary -> {
                    assertThat(((Summary) summary).reason()).isEqualTo("stop");
                    assertThat(((Summary) summary).client().events()).isEqualTo(11);
                    assertThat(((Summary) summary).client().characters()).isEqualTo(18);
                })
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void theLastSegmentComesWithTheEndOfTheAnswer() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.create(source.flux().transform(Tokens.sentences()))
                .then(() -> source.next(token("Not finished"), DONE))
                .expectNext(text("Not finished", 1))
                .expectNoEvent(Duration.ofMillis(20))
                .then(source::complete)
                .expectNextMatches(Summary.class::isInstance)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void anEmptyStreamEndsWithASummaryToo() {
        StepVerifier.create(Flux.<GenerationEvent>empty().transform(Tokens.words()), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNextMatches(
                        s -> s instanceof Summary summary && summary.reason().equals(Summary.UNKNOWN))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void anErrorGoesOutAtOnceWithTheText() {
        OllamaException error =
                ExceptionFactory.incomplete("done", 0).with(new Partial("one two three", "", List.of(), 1, null));
        StepVerifier.create(Flux.<GenerationEvent>just(token("one two three"))
                        .concatWith(Flux.error(error))
                        .transform(Tokens.words()))
                .expectNext(text("one ", 0), text("two ", 0))
                .expectErrorSatisfies(
                        e -> assertThat(((OllamaException) e).partial().text()).isEqualTo("one two three"))
                .verify(SOON);

        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.create(source.flux().transform(Tokens.words()), 1)
                .then(() -> source.next(token("one two three")))
                .expectNext(text("one ", 0))
                .then(() -> source.error(error))
                .expectErrorMatches(e -> e == error)
                .verify(SOON);
    }

    @Test
    void cancelGoesUpAtOnce() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.create(source.flux().transform(Tokens.sentences()))
                .then(() -> source.next(token("One. Tw")))
                .expectNext(text("One. ", 0))
                .thenCancel()
                .verify(SOON);
        source.assertCancelled();
    }

    @Test
    void theContextAndTheChainAreKept() {
        AtomicReference<Scannable> chain = new AtomicReference<>();
        StepVerifier.create(Flux.deferContextual(context -> Events.answer(List.of(context.<String>get("key"))))
                        .transform(Tokens.words())
                        .doOnSubscribe(s -> chain.set(Scannable.from(s)))
                        .contextWrite(context -> context.put("key", "value")))
                .expectNext(text("value", 1))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
        assertThat(chain.get().parents()).isNotEmpty();
        assertThat(chain.get().scan(Scannable.Attr.TERMINATED)).isTrue();
        assertThat(chain.get().scan(Scannable.Attr.PREFETCH)).isZero();
    }

    @Test
    void aSlowStreamIsFlushedWhenTheTimeIsOver() {
        StepVerifier.withVirtualTime(() -> Flux.concat(
                                after(10, token("He")),
                                after(60, token("llo")),
                                after(60, token(" world and more")),
                                after(500, token("!")),
                                after(500, DONE))
                        .transform(Tokens.chunks(12, Duration.ofMillis(100))))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(109)) // until 100 ms after the first
                .thenAwait(Duration.ofMillis(1))
                .expectNext(text("Hello", 2))
                .thenAwait(Duration.ofMillis(20)) // 130: longer than a chunk
                .expectNext(text(" world and m", 0))
                .expectNoEvent(Duration.ofMillis(99))
                .thenAwait(Duration.ofMillis(1)) // 230
                .expectNext(text("ore", 1))
                .expectNoEvent(Duration.ofMillis(499)) // "!" comes at 630
                .thenAwait(Duration.ofMillis(1))
                .expectNext(text("!", 1))
                .expectNoEvent(Duration.ofMillis(399))
                .thenAwait(Duration.ofMillis(1))
                .expectNextMatches(Summary.class::isInstance)
                .expectComplete()
                .verify(SOON);
    }

    private static Flux<GenerationEvent> after(int millis, GenerationEvent event) {
        return Flux.just(event).delaySequence(Duration.ofMillis(millis));
    }

    @Test
    void theTimeLimitCutsNoCharacterThatMayGrow() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Duration wait = Duration.ofMillis(100);
        StepVerifier.create(source.flux()
                        .transform(Tokens.chunks(Window.DEFAULT.maxWait(wait).scheduler(time))))
                .then(() -> source.next(token("Hi 👨")))
                .then(() -> time.advanceTimeBy(wait))
                .expectNext(text("Hi ", 0))
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .then(() -> source.next(token("\u200D")))
                .then(() -> time.advanceTimeBy(wait))
                .then(() -> source.next(token("👩 a")))
                .then(() -> time.advanceTimeBy(wait))
                .expectNext(text("👨\u200D👩 a", 3))
                .then(() -> source.next(token("🇩")))
                .then(() -> time.advanceTimeBy(wait))
                .then(() -> source.next(token("🇪")))
                .then(() -> time.advanceTimeBy(wait))
                .then(() -> source.next(token("न")))
                .then(() -> time.advanceTimeBy(wait))
                .expectNext(text("🇩🇪", 2))
                .then(() -> source.next(DONE).complete())
                .expectNext(text("न", 1))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void timeThatPassedWithoutDemandCounts() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        StepVerifier.create(
                        source.flux()
                                .transform(Tokens.chunks(Window.DEFAULT
                                        .maxChars(3)
                                        .maxWait(Duration.ofMillis(100))
                                        .scheduler(time))),
                        1)
                .then(() -> source.next(token("abcde")))
                .expectNext(text("abc", 0))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNext(text("de", 1))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void aSegmentThatDoesNotEndIsCutAtTheLimit() {
        String endless = "x".repeat(Aggregate.MAX_CHARACTERS - 1) + "👨\u200D👩" + "y".repeat(10);
        for (Function<Flux<GenerationEvent>, Flux<Aggregate>> window :
                List.of(Tokens.words(), Tokens.lines(), Tokens.sentences(), Tokens.paragraphs())) {
            StepVerifier.create(Events.answer(SampleTexts.pieces(endless, new Random(1), 50))
                            .transform(window))
                    .assertNext(s -> assertThat(((Segment) s).text()).hasSize(Aggregate.MAX_CHARACTERS - 1))
                    .assertNext(s -> assertThat(((Segment) s).text()).isEqualTo("👨\u200D👩yyyyyyyyyy"))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(SOON);
        }
        StepVerifier.create(Events.answer(List.of("```\nA. B. C\n```\n"))
                        .transform(Tokens.sentences(Window.DEFAULT.maxChars(6))))
                .expectNext(text("```\nA.", 0), text(" B. C\n", 0), text("```\n", 1))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    /** Work is counted, not timed: whatever never ends, each character is copied and looked at a few times only. */
    @Test
    void theWorkGrowsWithTheTextOnly() {
        int length = 20_000;
        for (String letters : List.of(
                "a", "a. b ", ". ", "e.g. ", "Dr. ", "1. 2 ", "我", "คำ", "ア", "`", "\n", "🇩", "क्", "\u0301", "。",
                ";")) {
            String text = letters.repeat(length / letters.length());
            for (Breaks breaks : List.of(Breaks.jdk(Locale.ROOT), Breaks.icu(Locale.ROOT))) {
                for (Splitter.Factory factory : List.<Splitter.Factory>of(
                        t -> new WordSplitter(t, breaks),
                        t -> new SentenceSplitter(t, breaks),
                        ParagraphSplitter::new)) {
                    Segmenter segmenter = new Segmenter(factory, Aggregate.MAX_CHARACTERS);
                    for (int i = 0; i < text.length(); i++) {
                        segmenter.append(text.substring(i, i + 1));
                        while (segmenter.next() != null) {}
                    }
                    while (segmenter.last() != null) {}
                    // A sentence's end is shown with 256 characters before it at most, and needs two to be one.
                    assertThat(segmenter.work()).as(letters).isLessThan(160L * length);
                }
            }
        }
    }

    @Test
    void breaksThatFailFailTheStream() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        Breaks failing = new Breaks() {
            @Override
            public int[] words(String run) {
                throw new IllegalStateException("no dictionary");
            }

            @Override
            public boolean endsSentence(String text, int at) {
                return true;
            }
        };
        StepVerifier.create(source.flux().transform(Tokens.words(failing)))
                .then(() -> source.next(token("我, ")))
                .expectErrorMessage("no dictionary")
                .verify(SOON);
        source.assertCancelled();
    }

    /** Demand, events and the clock's wake-ups race on three threads, and nothing is lost. */
    @RepeatedTest(20)
    void threadsMayRace() {
        int words = 2_000;
        Flux<GenerationEvent> source = Flux.range(0, words)
                .<GenerationEvent>map(i -> token("word" + i + " "))
                .concatWithValues(DONE)
                .publishOn(Schedulers.parallel(), 1);
        AtomicBoolean busy = new AtomicBoolean();
        List<String> texts = new ArrayList<>();
        source.transform(Tokens.chunks(50, Duration.ofNanos(20_000)))
                .doOnNext(aggregate -> {
                    assertThat(busy.compareAndSet(false, true)).isTrue();
                    if (aggregate instanceof Segment segment) {
                        texts.add(segment.text());
                    }
                    busy.set(false);
                })
                .limitRate(1)
                .publishOn(Schedulers.single(), 1)
                .blockLast(SOON);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < words; i++) {
            expected.append("word").append(i).append(' ');
        }
        assertThat(String.join("", texts)).isEqualTo(expected.toString());
    }

    @Test
    void demandMustBePositive() {
        AtomicReference<Throwable> error = new AtomicReference<>();
        Events.answer(List.of("a b")).transform(Tokens.words()).subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(0);
            }

            @Override
            public void onNext(Aggregate aggregate) {}

            @Override
            public void onError(Throwable t) {
                error.set(t);
            }

            @Override
            public void onComplete() {}
        });
        assertThat(error.get()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
        assertThatThrownBy(() -> Tokens.chunks(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Window.DEFAULT.maxWait(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutIcuTheErrorSaysWhatIsMissing() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("icu4j"))
                .map(WindowsTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> breaks = loader.loadClass(Breaks.class.getName());
            assertThat(breaks.getMethod("jdk", Locale.class).invoke(null, Locale.ROOT))
                    .isNotNull();
            assertThatThrownBy(() -> breaks.getMethod("icu", Locale.class).invoke(null, Locale.ROOT))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("add com.ibm.icu:icu4j");
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
