// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.internal.http.PhaseTimeout;
import io.github.ollamareactive.internal.ndjson.LineFrames;
import io.github.ollamareactive.internal.ndjson.NdjsonDecoder;
import io.github.ollamareactive.internal.ndjson.TextReader;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.operators.Budget;
import io.github.ollamareactive.operators.Observed;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;

/**
 * Items, demand, cancellation and the end come from several threads in orders that chance decides. The operators must still emit the
 * same items in the same order, never two at once, never more than was asked for, nothing after the end, and exactly one end; and
 * ask upstream for one item at a time.
 */
final class RandomScheduleTest {
    private static final int SCHEDULES = 1_000;
    private static final Duration LONG = Duration.ofMinutes(5);

    /** @param asksForOne whether it asks upstream for one item at a time, or passes demand on as it is */
    private record Case(Function<Flux<String>, Flux<String>> operator, boolean asksForOne) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("the drain loop alone", new Case(PassingOperator::new, true));
        cases.put(
                "the decoder",
                new Case(
                        texts -> new NdjsonDecoder<>(
                                texts.map(
                                        text -> Unpooled.wrappedBuffer((text + "\n").getBytes(StandardCharsets.UTF_8))),
                                () -> new LineFrames(100),
                                TextReader::new,
                                20),
                        true));
        cases.put(
                "the phase timeout",
                new Case(
                        texts -> new PhaseTimeout<>(
                                texts, new PhaseTimeout.Limits(LONG, LONG, LONG), new PhaseTimeout.Sending()),
                        false));
        cases.put("words", new Case(texts -> windows(texts, Tokens.words()), true));
        cases.put("chunks in time", new Case(texts -> windows(texts, Tokens.chunks(7, LONG)), true));
        cases.put("pace", shaping(Tokens.pace(1e9)));
        cases.put("until", shaping(Tokens.until(Budget.UNLIMITED.characters(1L << 40))));
        cases.put("shared", shaping(Tokens.shared(1 << 20, Duration.ZERO)));
        cases.put(
                "live",
                new Case(
                        texts -> events(texts)
                                .transform(Stats.live(LONG))
                                .map(observed ->
                                        observed instanceof Observed.Event event ? text(event.event()) : "summary"),
                        true));
        return cases;
    }

    private static Case shaping(Function<Flux<GenerationEvent>, Flux<GenerationEvent>> operator) {
        return new Case(texts -> operator.apply(events(texts)).map(RandomScheduleTest::text), true);
    }

    private static Flux<GenerationEvent> events(Flux<String> texts) {
        return texts.map(text -> new Token(text, List.of()));
    }

    private static String text(GenerationEvent event) {
        return ((Token) event).text();
    }

    private static Flux<String> windows(
            Flux<String> texts,
            Function<Flux<GenerationEvent>, Flux<io.github.ollamareactive.operators.Aggregate>> window) {
        return events(texts).transform(window).map(a -> a instanceof Segment segment ? segment.text() : "summary");
    }

    @TestFactory
    Stream<DynamicTest> everyScheduleGivesTheSame() {
        return cases().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each.getValue())));
    }

    private static void check(Case operator) throws Exception {
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < SCHEDULES; i++) {
                Random random = new Random(seed + i);
                List<String> items = IntStream.range(0, random.nextInt(20))
                        .mapToObj(item -> "item" + item + " ")
                        .toList();
                List<String> expected = operator.operator
                        .apply(Flux.fromIterable(items))
                        .collectList()
                        .block(LONG);
                RandomSource source = new RandomSource(items, random, threads, operator.asksForOne);
                RandomSubscriber subscriber = new RandomSubscriber(expected.size(), random, threads);
                operator.operator.apply(Flux.from(source)).subscribe(subscriber);
                subscriber.drive();
                assertThat(subscriber.problems(source, expected))
                        .as("schedule of seed %d", seed + i)
                        .isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
