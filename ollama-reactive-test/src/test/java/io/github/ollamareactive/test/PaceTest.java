// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.Eventually;
import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.recordings.RecordedChunk;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class PaceTest {

    private static final Duration BEFORE = Duration.ofNanos(1);
    private static final int MOMENT = 5;

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void recordedPaceKeepsEveryTime() throws Exception {
        plays(Recording.bundled("chat-server-killed"), Pace.recorded(), 1);
    }

    @Test
    void scaledPaceMultipliesEveryTime() throws Exception {
        plays(Recording.bundled("generate-raw"), Pace.scaled(3), 3);
    }

    private static void plays(Recording recording, Pace pace, int factor) throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try (OllamaTestServer server = OllamaTestServer.start().replay(pace, Chunking.asWritten(), recording);
                RawClient client = new RawClient(server)) {
            Clock clock = new Clock(time, client.send(recording));
            clock.advanceTo(recording.respondedAt().multipliedBy(factor));
            assertThat(client.readHead().status()).isEqualTo(200);
            for (RecordedChunk chunk : recording.chunks()) {
                clock.advanceTo(chunk.at().multipliedBy(factor));
                assertThat(client.readChunk()).isEqualTo(Bytes.of(chunk.bytes()));
            }
        }
    }

    private static final class Clock {

        private final VirtualTimeScheduler time;
        private final RawClient client;
        private Duration now = Duration.ZERO;
        private long waits;

        private Clock(VirtualTimeScheduler time, RawClient client) {
            this.time = time;
            this.client = client;
        }

        /** Checks that nothing is written until just before this time. */
        private void advanceTo(Duration at) throws Exception {
            if (at.equals(now)) {
                return;
            }
            // Time must not go on between the server's look at the clock and its wait.
            Eventually.until("what comes next waits for its time", () -> time.getScheduledTaskCount() > waits);
            waits = time.getScheduledTaskCount();
            time.advanceTimeBy(at.minus(now).minus(BEFORE));
            assertNothingComes(client);
            time.advanceTimeBy(BEFORE);
            now = at;
        }
    }

    private static void assertNothingComes(RawClient client) throws Exception {
        client.readTimeout(MOMENT);
        assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
        client.readTimeout(RawClient.PATIENCE_MILLIS);
    }

    @Test
    void aFixedPaceAppliesToEveryPieceOfAnyChunking() throws Exception {
        Duration gap = Duration.ofMillis(10);
        Answer drip = Answer.ndjson("{}").chunking(Chunking.oneByte()).pace(Pace.every(gap));
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", drip);
                RawClient client = new RawClient(server).get("/")) {
            long start = System.nanoTime();
            client.readHead();
            for (String expected : List.of("{", "}", "\n")) {
                assertThat(client.readChunk().text()).isEqualTo(expected);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(gap.multipliedBy(2));
        }
    }

    @Test
    void delayedHeadersAreWrittenAfterTheirDelay() throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        Answer late = Answer.ndjson("a", "b").delayHeaders(Duration.ofHours(1));
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", late);
                RawClient client = new RawClient(server).get("/")) {
            Eventually.until("the head waits", () -> time.getScheduledTaskCount() > 0);
            time.advanceTimeBy(Duration.ofHours(1).minus(BEFORE));
            assertNothingComes(client);
            time.advanceTimeBy(BEFORE);
            assertThat(client.receive().body().text()).isEqualTo("a\nb\n");
        }
    }

    @Test
    void invalidFactorsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.scaled(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.scaled(Double.NaN));
    }

    @Test
    void aModelsPaceWaitsForTheFirstTokenAndThenKeepsItsRate() throws Exception {
        Pace pace = Pace.tokens(Duration.ofMillis(60), 100);
        Instant before = Instant.now();
        List<Duration> gaps = gaps(Answer.tokens("a", "b", "c").pace(pace), before);
        assertThat(gaps.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        assertThat(gaps.subList(1, 4)).allMatch(gap -> gap.toMillis() == 10, "10 ms");
        assertThat(pace).hasToString("PT0.06S, then 100.0 tokens/s");
    }

    @Test
    void jitterIsReproducible() throws Exception {
        Answer answer = Answer.tokens("a", "b", "c", "d", "e", "f").pace(Pace.tokens(Duration.ZERO, 200, 0.5, 42));
        List<Duration> first = gaps(answer, Instant.now());
        List<Duration> second = gaps(answer, Instant.now());
        assertThat(first.subList(1, 7)).isEqualTo(second.subList(1, 7)).doesNotHaveDuplicates();
        assertThat(first.subList(1, 7)).allMatch(gap -> gap.toNanos() >= 2_500_000 && gap.toNanos() <= 7_600_000);
    }

    @Test
    void pacesOfModelsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.tokens(Duration.ofMillis(-1), 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.tokens(Duration.ZERO, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.tokens(Duration.ZERO, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.tokens(Duration.ZERO, 10, 1.5, 1));
    }

    /** The time before each line, by their {@code created_at}. */
    private static List<Duration> gaps(Answer answer, Instant start) throws IOException {
        List<Duration> gaps = new ArrayList<>();
        Instant previous = start;
        for (String line :
                RawClient.post(answer, "/api/chat", "{}").body().text().lines().toList()) {
            Instant time = Instant.parse(WireJson.parse(line).path("created_at").asString());
            gaps.add(Duration.between(previous, time));
            previous = time;
        }
        return gaps;
    }
}
