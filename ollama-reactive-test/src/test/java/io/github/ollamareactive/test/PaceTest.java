// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.recordings.RecordedChunk;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void recordedPaceKeepsEveryTime() throws Exception {
        plays(Recording.bundled("chat-server-killed"), Pace.recorded(), 1);
    }

    @Test
    void scaledPaceMultipliesEveryTime() throws Exception {
        plays(Recording.bundled("generate-raw"), Pace.scaled(3), 3);
    }

    /** No part comes before its time; that none comes late is for {@code ResponseClockTest}, which has virtual time. */
    private static void plays(Recording recording, Pace pace, int factor) throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().replay(pace, Chunking.asWritten(), recording);
                RawClient client = new RawClient(server)) {
            long start = System.nanoTime();
            client.send(recording);
            assertThat(client.readHead().status()).isEqualTo(200);
            assertDue(start, recording.respondedAt().multipliedBy(factor));
            for (RecordedChunk chunk : recording.chunks()) {
                assertThat(client.readChunk()).isEqualTo(Bytes.of(chunk.bytes()));
                assertDue(start, chunk.at().multipliedBy(factor));
            }
        }
    }

    private static void assertDue(long start, Duration at) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(at);
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
        Duration delay = Duration.ofMillis(300);
        Answer late = Answer.ndjson("a", "b").delayHeaders(delay);
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", late);
                RawClient client = new RawClient(server)) {
            long start = System.nanoTime();
            client.get("/").readHead();
            assertDue(start, delay);
            assertThat(client.readChunk().text()).isEqualTo("a\n");
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
