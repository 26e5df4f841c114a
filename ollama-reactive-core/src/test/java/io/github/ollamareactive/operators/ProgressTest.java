// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ProgressEvent.Layer;
import io.github.ollamareactive.server.ProgressEvent.Status;
import io.github.ollamareactive.server.ProgressEvent.Success;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** One number for all layers. */
final class ProgressTest {
    private static List<Progress> total(ProgressEvent... events) {
        return Flux.just(events).transform(Progress::total).collectList().block(Duration.ofSeconds(10));
    }

    @Test
    void addsLayersUpAndNeverGoesBack() {
        List<Progress> progress = total(
                new Status("pulling manifest"),
                new Layer("pulling a", "a", null, 0),
                new Layer("pulling a", "a", 100L, 0),
                new Layer("pulling a", "a", 100L, 60),
                new Layer("pulling a", "a", 100L, 40),
                new Layer("pulling a", "a", 100L, 100),
                new Layer("pulling b", "b", 300L, 200),
                new Success());
        assertThat(progress).extracting(Progress::completed).containsExactly(0L, 0L, 0L, 60L, 60L, 100L, 300L, 300L);
        assertThat(progress)
                .extracting(Progress::total)
                .containsExactly(null, null, 100L, 100L, 100L, 100L, 400L, 400L);
        assertThat(progress.get(1).percent()).isEmpty();
        assertThat(progress.get(3).percent()).hasValue(60.0);
        assertThat(progress.get(6).percent()).hasValue(75.0);
        assertThat(progress).extracting(Progress::success).endsWith(false, true);
        assertThat(progress.get(0).status()).isEqualTo("pulling manifest");
    }

    @Test
    void paceAndTimeLeftAreKnownAfterAWhileAndLeaveOutWhatWasThere() {
        StepVerifier.withVirtualTime(() -> Flux.interval(Duration.ofSeconds(1))
                        .<ProgressEvent>map(i -> new Layer("pulling a", "a", 10_000L, 4_000 + i * 100))
                        .take(11)
                        .transform(Progress::total))
                .thenAwait(Duration.ofSeconds(1))
                .assertNext(p -> assertThat(p.completed()).isEqualTo(4_000))
                .thenAwait(Duration.ofSeconds(10))
                .expectNextCount(9)
                .assertNext(p -> {
                    assertThat(p.completed()).isEqualTo(5_000);
                    assertThat(p.bytesPerSecond()).isEqualTo(100.0);
                    assertThat(p.remaining()).isEqualTo(Duration.ofSeconds(50));
                })
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void aRecordedPullEndsComplete() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.replay(Recording.bundled("pull-stream")).replayBy(ReplayRule.anyBody());
            List<Progress> progress = client.pull(PullRequest.of("gemma3:270m"))
                    .transform(Progress::total)
                    .collectList()
                    .block(Duration.ofSeconds(20));
            assertThat(progress).hasSize(218);
            assertThat(progress).isSortedAccordingTo(Comparator.comparingLong(Progress::completed));
            Progress last = progress.get(progress.size() - 1);
            assertThat(last.success()).isTrue();
            assertThat(last.completed()).isEqualTo(last.total());
            assertThat(last.percent()).hasValue(100.0);
        }
    }

    /** A line each second, as the server repeats it. */
    private static Flux<ProgressEvent> everySecond(long total, long... completed) {
        return Flux.interval(Duration.ZERO, Duration.ofSeconds(1))
                .take(completed.length)
                .map(i -> new Layer("pulling a", "a", total, completed[i.intValue()]));
    }

    private static void during(Flux<ProgressEvent> events, Consumer<List<Progress>> check) {
        List<Progress> all = new ArrayList<>();
        StepVerifier.withVirtualTime(() -> events.transform(Progress::total).doOnNext(all::add))
                .thenAwait(Duration.ofHours(1))
                .thenConsumeWhile(p -> true)
                .expectComplete()
                .verify(Duration.ofSeconds(10));
        assertThat(all).isSortedAccordingTo(Comparator.comparingLong(Progress::completed));
        check.accept(all);
    }

    @Test
    void aStallLowersThePaceAndRaisesTheTimeLeftAndItRecovers() {
        long[] completed = new long[90];
        for (int i = 0; i < completed.length; i++) {
            completed[i] = i < 10 ? i * 100L : i < 60 ? 900 : 900 + (i - 59) * 100L;
        }
        during(Flux.defer(() -> everySecond(10_000, completed)), all -> {
            assertThat(all.get(0).bytesPerSecond()).isNull();
            assertThat(all.get(0).remaining()).isNull();
            assertThat(all.get(9).bytesPerSecond()).isEqualTo(100.0);
            assertThat(all.subList(9, 60))
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(Progress::bytesPerSecond).reversed());
            // Five seconds of nothing leave 1/e of it.
            assertThat(all.get(14).bytesPerSecond()).isCloseTo(100 / Math.E, within(0.01));
            assertThat(all.get(14).remaining())
                    .isCloseTo(Duration.ofMillis((long) (9_100 * 10 * Math.E)), Duration.ofMillis(9));
            assertThat(all.get(59).bytesPerSecond()).isLessThan(1);
            assertThat(all.get(59).remaining()).as("nobody knows").isNull();
            assertThat(all.get(89).bytesPerSecond()).isBetween(99.0, 100.0);
        });
    }

    @Test
    void aPartThatIsFetchedAgainIsNoPaceUntilItIsPassed() {
        during(Flux.defer(() -> everySecond(1_000, 0, 100, 200, 0, 100, 200, 300)), all -> {
            assertThat(all).extracting(Progress::completed).containsExactly(0L, 100L, 200L, 200L, 200L, 200L, 300L);
            assertThat(all.get(2).bytesPerSecond()).isEqualTo(100.0);
            assertThat(all.get(5).bytesPerSecond()).isCloseTo(100 * Math.exp(-0.6), within(0.01));
        });
    }

    @Test
    void aResumedDownloadBeginsWhereItWasAndKeepsItsTotal() {
        during(
                Flux.defer(() -> Flux.<ProgressEvent>just(
                                new Status("pulling manifest"),
                                new Layer("pulling a", "a", 500L, 500),
                                new Layer("pulling b", "b", 500L, 400))
                        .concatWith(Flux.interval(Duration.ofSeconds(1))
                                .take(2)
                                .map(i -> new Layer("pulling b", "b", null, 450 + i * 50)))),
                all -> {
                    assertThat(all).extracting(Progress::completed).containsExactly(0L, 500L, 900L, 950L, 1000L);
                    assertThat(all).extracting(Progress::total).containsExactly(null, 500L, 1000L, 1000L, 1000L);
                    assertThat(all).extracting(Progress::bytesPerSecond).containsExactly(null, null, null, 50.0, 50.0);
                    assertThat(all.get(3).remaining()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(all.get(4).remaining()).isEqualTo(Duration.ZERO);
                });
    }
}
