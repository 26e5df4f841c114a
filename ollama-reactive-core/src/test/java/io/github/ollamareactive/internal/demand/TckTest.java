// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import static org.junit.jupiter.api.Assumptions.abort;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.internal.http.PhaseTimeout;
import io.github.ollamareactive.internal.ndjson.LineFrames;
import io.github.ollamareactive.internal.ndjson.NdjsonDecoder;
import io.github.ollamareactive.internal.ndjson.TextReader;
import io.github.ollamareactive.operators.Aggregate;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.operators.Budget;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import reactor.core.publisher.Flux;

/** The hand-written operators keep the Reactive Streams specification, each case of its kit a test of its own. */
final class TckTest {
    @TestFactory
    Stream<DynamicTest> drainOperator() {
        return verify(source -> new PassingOperator<>(source.map(buffer -> "a line")));
    }

    @TestFactory
    Stream<DynamicTest> decoder() {
        return verify(source -> new NdjsonDecoder<>(source, () -> new LineFrames(100), TextReader::new, 20));
    }

    @TestFactory
    Stream<DynamicTest> phaseTimeout() {
        PhaseTimeout.Limits limits =
                new PhaseTimeout.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        return verify(source -> new PhaseTimeout<>(source, limits, new PhaseTimeout.Sending()).map(buffer -> "a line"));
    }

    @TestFactory
    Stream<DynamicTest> windows() {
        return verify(
                source -> source.transform(TckTest::tokens)
                        .transform(Tokens.sentences())
                        .map(TckTest::withoutTimes),
                1);
    }

    @TestFactory
    Stream<DynamicTest> windowsWithTimeLimit() {
        return verify(
                source -> source.transform(TckTest::tokens)
                        .transform(Tokens.chunks(7, Duration.ofMinutes(1)))
                        .map(TckTest::withoutTimes),
                1);
    }

    /** Two subscribers get the same elements but for the time they took. */
    private static String withoutTimes(Aggregate aggregate) {
        return aggregate instanceof Segment segment ? segment.text() : "summary";
    }

    private static Flux<GenerationEvent> tokens(Flux<ByteBuf> lines) {
        return lines.map(buffer -> new Token(buffer.toString(StandardCharsets.UTF_8), List.of()));
    }

    @TestFactory
    Stream<DynamicTest> live() {
        return shaping(Stats.live(Duration.ofHours(1)), 1);
    }

    @TestFactory
    Stream<DynamicTest> pace() {
        return shaping(Tokens.pace(1e9), 0);
    }

    @TestFactory
    Stream<DynamicTest> until() {
        return shaping(Tokens.until(Budget.UNLIMITED.characters(1L << 40)), 0);
    }

    @TestFactory
    Stream<DynamicTest> shared() {
        return shaping(Tokens.shared(1 << 20, Duration.ZERO), 0);
    }

    /** @param more how many elements come out beyond those that go in */
    private static <T> Stream<DynamicTest> shaping(Function<Flux<GenerationEvent>, Flux<T>> operator, int more) {
        return verify(source -> operator.apply(source.skip(more).map(line -> new Token("a", List.of())))
                .map(String::valueOf));
    }

    private static Stream<DynamicTest> verify(Function<Flux<ByteBuf>, Publisher<String>> operator) {
        return verify(operator, 0);
    }

    /** @param more how many elements the operator emits beside those for the lines */
    private static <T> Stream<DynamicTest> verify(Function<Flux<ByteBuf>, Publisher<T>> operator, int more) {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> {
                    Verification<T> verification = new Verification<>(operator, more);
                    verification.setUp();
                    try {
                        method.invoke(verification);
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof SkipException skipped) {
                            abort(skipped.getMessage());
                        }
                        throw e.getCause();
                    }
                }));
    }

    private static final class Verification<T> extends PublisherVerification<T> {
        private final Function<Flux<ByteBuf>, Publisher<T>> operator;
        private final int more;

        Verification(Function<Flux<ByteBuf>, Publisher<T>> operator, int more) {
            super(new TestEnvironment(500, 50), 500);
            this.operator = operator;
            this.more = more;
        }

        @Override
        public Publisher<T> createPublisher(long elements) {
            Flux<ByteBuf> lines = Flux.generate(() -> 0L, (i, sink) -> {
                if (i >= elements - more) {
                    sink.complete();
                } else {
                    sink.next(Unpooled.wrappedBuffer("a line\n".getBytes(StandardCharsets.UTF_8)));
                }
                return i + 1;
            });
            return operator.apply(lines);
        }

        @Override
        public Publisher<T> createFailedPublisher() {
            return operator.apply(Flux.error(new IllegalStateException("failed")));
        }
    }
}
