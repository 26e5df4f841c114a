// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.internal.text.IcuGraphemes;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.operators.Aggregate.Kind;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * Segments joined give the text back, their cuts don't depend on the pieces that the text came in nor on demand, and none is
 * inside of a grapheme: over all recordings of generations, and over random texts of every script.
 */
final class JoinTest {
    private static final long SEED = System.nanoTime();

    /** A user's rules that cut wherever they are asked, characters' insides too. */
    private static final Breaks EVERYWHERE = new Breaks() {
        @Override
        public int[] words(String run) {
            return IntStream.rangeClosed(-1, run.length() + 1).toArray();
        }

        @Override
        public boolean endsSentence(String text, int at) {
            return true;
        }
    };

    static final Map<String, Function<Flux<GenerationEvent>, Flux<Aggregate>>> WINDOWS = Map.ofEntries(
            Map.entry("words", Tokens.words()),
            Map.entry("words zh", Tokens.words(Locale.CHINESE)),
            Map.entry("words by ICU", Tokens.words(Breaks.icu(Locale.ROOT))),
            Map.entry("words everywhere", Tokens.words(EVERYWHERE)),
            Map.entry("sentences everywhere", Tokens.sentences(EVERYWHERE)),
            Map.entry("words of 5", Tokens.words(Window.of(Locale.JAPANESE).maxChars(5))),
            Map.entry("lines", Tokens.lines()),
            Map.entry("lines of 7", Tokens.lines(Window.DEFAULT.maxChars(7))),
            Map.entry("sentences", Tokens.sentences()),
            Map.entry("sentences de", Tokens.sentences(Locale.GERMAN)),
            Map.entry("sentences el", Tokens.sentences(Locale.forLanguageTag("el"))),
            Map.entry("sentences by ICU", Tokens.sentences(Breaks.icu(Locale.ENGLISH))),
            Map.entry(
                    "sentences of 20",
                    Tokens.sentences(Window.DEFAULT.maxChars(20).maxWait(Duration.ofHours(1)))),
            Map.entry("paragraphs", Tokens.paragraphs()),
            Map.entry("paragraphs of 30", Tokens.paragraphs(Window.DEFAULT.maxChars(30))),
            Map.entry("chunks of 1", Tokens.chunks(1)),
            Map.entry("chunks of 12", Tokens.chunks(12)),
            Map.entry("chunks with time", Tokens.chunks(12, Duration.ofHours(1))));

    @TestFactory
    Stream<DynamicTest> recordings() {
        return Recording.bundledNames().stream()
                .filter(name -> name.startsWith("chat-") || name.startsWith("generate-"))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    List<GenerationEvent> events = new ArrayList<>();
                    Throwable error = decode(Recording.bundled(name), events);
                    check(name, events, error);
                }));
    }

    @TestFactory
    Stream<DynamicTest> randomTexts() {
        Random random = new Random(SEED);
        return Stream.iterate(0, i -> i + 1).limit(90).map(i -> {
            String text = SampleTexts.random(random, i % (SampleTexts.SCRIPTS.size() + 1), 5 + random.nextInt(60));
            String name = "text " + i + " of seed " + SEED;
            return DynamicTest.dynamicTest(name, () -> check(name, List.of(Events.token(text), Events.DONE), null));
        });
    }

    /** Unpaired surrogates come through as they are. */
    @TestFactory
    Stream<DynamicTest> brokenTexts() {
        return Stream.of("a\uD83D", "\uDE00b \uD83D c", "\uD83D\uD83D\uDE00\uDE00. X", "", " ", "\n\n", "\u0301", "```")
                .map(text -> DynamicTest.dynamicTest(
                        text.isEmpty()
                                ? "empty"
                                : text.codePoints()
                                        .mapToObj(Integer::toHexString)
                                        .toList()
                                        .toString(),
                        () -> join("broken", List.of(Events.token(text), Events.DONE), null, false)));
    }

    private static @Nullable Throwable decode(Recording recording, List<GenerationEvent> events) {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(
                        OllamaClientConfig.fromEnvironment(Map.of()).retries(0).baseUrl(server.baseUrl()))) {
            server.otherwise(request -> Answer.of(recording));
            Flux<GenerationEvent> answer = recording.path().endsWith("chat")
                    ? client.chat(ChatRequest.of("m", Message.user("x")))
                    : client.generate(GenerateRequest.of("m", "x"));
            return answer.doOnNext(events::add)
                    .then()
                    .<Throwable>cast(Throwable.class)
                    .onErrorResume(reactor.core.publisher.Mono::just)
                    .block(Duration.ofSeconds(20));
        }
    }

    private static void check(String name, List<GenerationEvent> events, @Nullable Throwable error) {
        join(name, events, error, true);
    }

    private static void join(String name, List<GenerationEvent> events, @Nullable Throwable error, boolean graphemes) {
        Random random = new Random(SEED);
        List<List<GenerationEvent>> recut = List.of(
                events,
                recut(events, text -> List.of(text)),
                recut(events, SampleTexts::characters),
                recut(events, text -> SampleTexts.pieces(text, random, 4)),
                recut(events, text -> SampleTexts.pieces(text, random, 40)));
        List<String> expected = runs(events.stream().map(JoinTest::piece).toList());
        WINDOWS.forEach((window, operator) -> {
            List<Segment> first = null;
            for (List<GenerationEvent> pieces : recut) {
                for (long demand : new long[] {1, 2, Long.MAX_VALUE}) {
                    String as = "%s through %s in %d events by %d, seed %d"
                            .formatted(name, window, pieces.size(), demand, SEED);
                    Taken taken = new Taken(demand);
                    Flux.fromIterable(pieces)
                            .concatWith(error == null ? Flux.empty() : Flux.error(error))
                            .transform(operator)
                            .subscribe(taken);
                    assertThat(taken.error).as(as).isSameAs(error);
                    List<String> runs = runs(taken.segments);
                    if (error == null) {
                        assertThat(taken.summaries).as(as).isEqualTo(1);
                        assertThat(runs).as(as).isEqualTo(expected);
                        first = first == null ? taken.segments : first;
                        assertThat(taken.segments)
                                .as(as)
                                .usingElementComparator(JoinTest::byText)
                                .isEqualTo(first);
                    } else {
                        assertThat(taken.summaries).as(as).isZero();
                        assertThat(String.join("", expected)).as(as).startsWith(String.join("", runs));
                    }
                }
            }
            if (graphemes && first != null) {
                wholeGraphemes(first, expected, name + " through " + window + ", seed " + SEED);
            }
        });
    }

    private static int byText(Segment a, Segment b) {
        return a.kind() == b.kind() && a.text().equals(b.text()) && a.toolCall() == b.toolCall() ? 0 : 1;
    }

    private static void wholeGraphemes(List<Segment> segments, List<String> runs, String as) {
        int run = 0;
        int place = 0;
        Set<Integer> places = null;
        for (Segment segment : segments) {
            if (segment.kind() == Kind.TOOL_CALL) {
                run++;
                continue;
            }
            places = place == 0 ? IcuGraphemes.boundaries(runs.get(run).substring(1)) : places;
            place += segment.text().length();
            assertThat(places).as(as).contains(place);
            if (place == runs.get(run).length() - 1) {
                run++;
                place = 0;
            }
        }
    }

    private static Segment piece(GenerationEvent event) {
        if (event instanceof Token token) {
            return new Segment(Kind.TEXT, token.text(), 1, null);
        } else if (event instanceof Thinking thinking) {
            return new Segment(Kind.THINKING, thinking.text(), 1, null);
        }
        return event instanceof ToolCalled called
                ? new Segment(Kind.TOOL_CALL, "", 0, called.call())
                : new Segment(Kind.TEXT, "", 0, null);
    }

    /** The texts of one kind that follow each other, joined, each behind the number of its kind. */
    private static List<String> runs(List<Segment> segments) {
        List<String> runs = new ArrayList<>();
        Kind kind = null;
        for (Segment segment : segments) {
            if (segment.kind() == Kind.TOOL_CALL) {
                runs.add("2" + segment.toolCall());
                kind = null;
            } else if (!segment.text().isEmpty()) {
                if (kind == segment.kind()) {
                    runs.set(runs.size() - 1, runs.get(runs.size() - 1) + segment.text());
                } else {
                    runs.add(segment.kind().ordinal() + segment.text());
                }
                kind = segment.kind();
            }
        }
        return runs;
    }

    /** The same answer with the texts of one kind cut anew. */
    private static List<GenerationEvent> recut(List<GenerationEvent> events, Function<String, List<String>> cut) {
        List<GenerationEvent> recut = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Kind kind = Kind.TEXT;
        for (GenerationEvent event : events) {
            Segment piece = piece(event);
            if (piece.kind() != kind && !(piece.text().isEmpty() && piece.kind() == Kind.TEXT)
                    || !(event instanceof Token) && !(event instanceof Thinking)) {
                flush(recut, text, kind, cut);
                kind = piece.kind();
            }
            text.append(piece.text());
            if (!(event instanceof Token) && !(event instanceof Thinking)) {
                recut.add(event);
            }
        }
        flush(recut, text, kind, cut);
        return recut;
    }

    private static void flush(
            List<GenerationEvent> recut, StringBuilder text, Kind kind, Function<String, List<String>> cut) {
        if (!text.isEmpty()) {
            cut.apply(text.toString())
                    .forEach(piece ->
                            recut.add(kind == Kind.THINKING ? new Thinking(piece, List.of()) : Events.token(piece)));
            text.setLength(0);
        }
    }

    private static final class Taken extends BaseSubscriber<Aggregate> {
        private final long demand;
        private final List<Segment> segments = new ArrayList<>();
        private int summaries;
        private int taken;
        private @Nullable Throwable error;

        Taken(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(demand);
        }

        @Override
        protected void hookOnNext(Aggregate aggregate) {
            assertThat(summaries).isZero();
            if (aggregate instanceof Segment segment) {
                segments.add(segment);
            } else {
                summaries++;
            }
            if (++taken % demand == 0) {
                request(demand);
            }
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error = throwable;
        }
    }
}
