// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.internal.received.ClientStatsRecorder;
import io.github.ollamareactive.protocol.ClientStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The numbers of this side, exact in virtual time. */
final class StatsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Done DONE = new Done("m", null, "stop", null, GenerationStats.NONE, null, null, null, null);

    private final List<Summary> told = new ArrayList<>();

    private static Flux<GenerationEvent> after(int millis, GenerationEvent event) {
        return Flux.just(event).delaySequence(Duration.ofMillis(millis));
    }

    private Flux<GenerationEvent> script() {
        return Flux.concat(
                        after(300, new Thinking("hmm", List.of())),
                        after(200, new Token("Blue", List.of())),
                        after(100, new Token(" sky", List.of())),
                        after(50, DONE))
                .transform(Stats.onEnd(told::add));
    }

    @Test
    void knownGapsGiveExactNumbers() {
        StepVerifier.withVirtualTime(this::script)
                .thenAwait(Duration.ofSeconds(1))
                .expectNextCount(4)
                .expectComplete()
                .verify(SOON);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).reason()).isEqualTo("stop");
        assertThat(told.get(0).client())
                .isEqualTo(new ClientStats(
                        Duration.ofMillis(300),
                        Duration.ofMillis(500),
                        Duration.ofMillis(650),
                        4,
                        11,
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(200)));
    }

    @Test
    void cancelAndErrorTellOnceToo() {
        StepVerifier.withVirtualTime(this::script)
                .thenAwait(Duration.ofMillis(500))
                .expectNextCount(2)
                .thenCancel()
                .verify(SOON);
        assertThat(told).extracting(Summary::reason).containsExactly(Summary.CANCELLED);
        assertThat(told.get(0).client().events()).isEqualTo(2);
        assertThat(told.get(0).server()).isEqualTo(GenerationStats.NONE);

        told.clear();
        StepVerifier.create(Flux.<GenerationEvent>just(new Token("a", List.of()))
                        .concatWith(Flux.error(new IllegalStateException("x")))
                        .transform(Stats.onEnd(told::add)))
                .expectNextCount(1)
                .expectError(IllegalStateException.class)
                .verify(SOON);
        assertThat(told).extracting(Summary::reason).containsExactly(Summary.FAILED);
        assertThat(told.get(0).client().characters()).isEqualTo(1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void g14AHookThatThrowsLeavesTheAnswerAsItIs() {
        for (Throwable thrown : List.of(new IllegalStateException("hook"), new NoClassDefFoundError("hook"))) {
            Consumer<Summary> hook = summary -> {
                told.add(summary);
                throw StatsTest.<RuntimeException>sneaky(thrown);
            };
            StepVerifier.create(Flux.<GenerationEvent>just(DONE).transform(Stats.onEnd(hook)))
                    .expectNext(DONE)
                    .expectComplete()
                    .verifyThenAssertThat(SOON)
                    .hasDroppedErrors(1);
            StepVerifier.create(Flux.<GenerationEvent>error(new IllegalArgumentException("the stream's"))
                            .transform(Stats.onEnd(hook)))
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasNoSuppressedExceptions())
                    .verifyThenAssertThat(SOON)
                    .hasDroppedErrors(1);
            StepVerifier.create(Flux.<GenerationEvent>never().transform(Stats.onEnd(hook)))
                    .thenCancel()
                    .verifyThenAssertThat(SOON)
                    .hasDroppedErrors(1);
        }
        assertThat(told).hasSize(6);
    }

    @Test
    void whatIsUnknownIsAbsent() {
        ClientStats none = new ClientStatsRecorder(0).stats(5);
        assertThat(none).isEqualTo(new ClientStats(null, null, Duration.ofNanos(5), 0, 0, null, null, null));
        ClientStatsRecorder one = new ClientStatsRecorder(0);
        one.event(3, 0, true);
        assertThat(one.stats(5))
                .isEqualTo(new ClientStats(Duration.ofNanos(3), null, Duration.ofNanos(5), 1, 0, null, null, null));
    }

    @Test
    void manyGapsStayWithinTheStatedError() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ClientStatsRecorder recorder = new ClientStatsRecorder(0);
        long now = 0;
        long[] gaps = new long[10_000];
        recorder.event(now, 1, true);
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (long) Math.exp(random.nextDouble() * 25);
            now += gaps[i];
            recorder.event(now, 1, true);
        }
        Arrays.sort(gaps);
        ClientStats stats = recorder.stats(now);
        assertThat((double) stats.gapP50().toNanos()).as("seed %d", seed).isCloseTo(gaps[4_999], within(gaps[4_999]));
        assertThat((double) stats.gapP95().toNanos()).as("seed %d", seed).isCloseTo(gaps[9_499], within(gaps[9_499]));
        assertThat(stats.gapMax()).isEqualTo(Duration.ofNanos(gaps[9_999]));
    }

    private static org.assertj.core.data.Offset<Double> within(long gap) {
        return org.assertj.core.data.Offset.offset(gap * 0.0625 + 1);
    }
}
