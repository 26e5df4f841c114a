// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ProgressEvent.Layer;
import io.github.ollamareactive.server.ProgressEvent.Status;
import io.github.ollamareactive.server.ProgressEvent.Success;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.test.Match;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Recording;
import java.time.Duration;
import java.util.List;
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
                    // The first second brought nothing, so the smoothed pace is still a little below 100.
                    assertThat(p.bytesPerSecond()).isBetween(80.0, 100.0);
                    assertThat(p.remaining()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(63));
                })
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void aRecordedPullEndsComplete() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.replay(Recording.bundled("pull-stream")).replayBy(Match.anyBody());
            List<Progress> progress = client.pull(PullRequest.of("gemma3:270m"))
                    .transform(Progress::total)
                    .collectList()
                    .block(Duration.ofSeconds(20));
            assertThat(progress).hasSize(218);
            assertThat(progress).isSortedAccordingTo(java.util.Comparator.comparingLong(Progress::completed));
            Progress last = progress.get(progress.size() - 1);
            assertThat(last.success()).isTrue();
            assertThat(last.completed()).isEqualTo(last.total());
            assertThat(last.percent()).hasValue(100.0);
        }
    }
}
