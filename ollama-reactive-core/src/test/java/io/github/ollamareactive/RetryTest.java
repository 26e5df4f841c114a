// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.RetryAttempt;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.ConnectionReleases;
import io.github.ollamareactive.wire.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Which calls are sent again, after which delay, and which are not. */
final class RetryTest {
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"1\"}");
    private static final Answer BUSY = Answer.json(503, "{\"error\":\"server busy\"}");

    private final OllamaTestServer server = OllamaTestServer.start();
    private final List<RetryAttempt> attempts = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        server.close();
    }

    private OllamaClientConfig config() {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.baseUrl())
                .retryDelay(Duration.ofMillis(40), Duration.ofMillis(60))
                .onRetry(attempts::add);
    }

    private void assertAnswersVersion(OllamaClientConfig config) {
        try (OllamaClient client = OllamaClient.create(config)) {
            CallResult result = CallResult.of(client.version());
            assertThat(result.error()).isNull();
            assertThat(result.events()).containsExactly(new Version("1"));
        }
    }

    private <E extends OllamaException> E failure(OllamaClientConfig config, Class<E> type) {
        try (OllamaClient client = OllamaClient.create(config)) {
            return CallResult.of(client.version()).error(type);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aRefusalThatMayPassIsRetriedTwice(int status) {
        Answer refusal = Answer.json(status, "{\"error\":\"later\"}");
        server.answer("GET", "/api/version", refusal, refusal, VERSION);
        assertAnswersVersion(config());
        assertThat(server.requests()).hasSize(3);
        assertThat(attempts).extracting(RetryAttempt::number).containsExactly(1, 2);
        assertThat(attempts.get(0).delay()).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
        assertThat(attempts.get(1).delay()).isBetween(Duration.ofMillis(40), Duration.ofMillis(60));
        assertThat(((OllamaException.Status) attempts.get(0).error()).status()).isEqualTo(status);
    }

    @Test
    void theLastRefusalIsTheError() {
        server.answer("GET", "/api/version", BUSY);
        OllamaException.Status error = failure(config(), OllamaException.Status.class);
        assertThat(error.kind()).isEqualTo(OllamaException.Status.Kind.OVERLOADED);
        assertThat(error.serverMessage()).isEqualTo("server busy");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void retriesCanBeSwitchedOff() {
        server.answer("GET", "/api/version", BUSY);
        failure(config().retries(0), OllamaException.Status.class);
        assertThat(server.requests()).hasSize(1);
        assertThat(attempts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500, 501, 301})
    void otherRefusalsAreNotRetried(int status) {
        server.answer("GET", "/api/version", Answer.json(status, "{}"));
        failure(config(), OllamaException.Status.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void nothingIsSentAgainOnceAnEventCame() {
        server.answer(
                "POST",
                "/api/chat",
                Answer.ndjson("{\"message\":{\"content\":\"a\"},\"done\":false}")
                        .thenClose());
        try (OllamaClient client = OllamaClient.create(config())) {
            CallResult result = CallResult.of(client.chat(ChatRequest.of("m", Message.user("x"))));
            assertThat(result.events()).hasSize(1);
            result.error(OllamaException.Connection.class);
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRefusedConnectionFailsAtOnce() {
        server.close();
        failure(config(), OllamaException.Connection.class);
        assertThat(attempts).isEmpty();
    }

    private Duration assertRetriedAfterTheLongestDelay(String retryAfter) {
        server.answer("GET", "/api/version", BUSY.header("Retry-After", retryAfter), VERSION);
        assertAnswersVersion(config());
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).delay()).isEqualTo(Duration.ofMillis(60));
        return ((OllamaException.Status) attempts.get(0).error()).retryAfter();
    }

    @Test
    void retryAfterInSecondsCountsAndIsCapped() {
        assertThat(assertRetriedAfterTheLongestDelay("3600")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void retryAfterAsADateCountsAndIsCapped() {
        ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1).truncatedTo(ChronoUnit.SECONDS);
        Duration before = Duration.between(ZonedDateTime.now(ZoneOffset.UTC), date);
        Duration asked = assertRetriedAfterTheLongestDelay(DateTimeFormatter.RFC_1123_DATE_TIME.format(date));
        Duration after = Duration.between(ZonedDateTime.now(ZoneOffset.UTC), date);
        assertThat(asked).isBetween(after, before);
    }

    @Test
    void retryAfterOfZeroIsNoDelayAndAnUnreadableOneIsIgnored() {
        server.answer(
                "GET", "/api/version", BUSY.header("Retry-After", "0"), BUSY.header("Retry-After", "soon"), VERSION);
        assertAnswersVersion(config());
        assertThat(attempts.get(0).delay()).isZero();
        assertThat(attempts.get(1).delay()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
    }

    @Test
    void aDeadPooledConnectionIsReplacedWithoutWaiting() {
        server.answer("GET", "/api/version", VERSION, Answer.closeBeforeResponse(), VERSION);
        ConnectionReleases releases = new ConnectionReleases();
        try (VirtualTime time = VirtualTime.stopped();
                OllamaClient client = OllamaClient.create(releases.observe(config()))) {
            for (int i = 0; i < 2; i++) {
                assertThat(CallResult.of(client.version()).events()).containsExactly(new Version("1"));
                releases.awaitNext();
            }
        }
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).delay()).isZero();
        assertThat(attempts.get(0).error()).isInstanceOf(OllamaException.Connection.class);
    }

    @Test
    void aBodyThatCanBeReadOnceIsSentOnce() {
        String path = "/api/blobs/sha256:aa";
        server.answer("HEAD", path, Answer.of(404)).answer("POST", path, BUSY);
        try (OllamaClient client = OllamaClient.create(config())) {
            Flux<ByteBuffer> content = Flux.just(ByteBuffer.wrap(new byte[1]));
            assertThat(CallResult.of(client.pushBlob("sha256:aa", 1, content)).error())
                    .isInstanceOf(OllamaException.Status.class);
        }
        assertThat(server.requests()).filteredOn(r -> r.method().equals("POST")).hasSize(1);
        assertThat(attempts).isEmpty();
    }
}
