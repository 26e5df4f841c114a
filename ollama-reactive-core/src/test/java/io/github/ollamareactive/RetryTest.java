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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What is sent again, when, and what is not. */
final class RetryTest {
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"1\"}");
    private static final Answer BUSY = Answer.json(503, "{\"error\":\"server busy\"}");
    private static final Duration LIMIT = Duration.ofSeconds(20);

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

    private void version(OllamaClientConfig config) {
        try (OllamaClient client = OllamaClient.create(config)) {
            StepVerifier.create(client.version())
                    .expectNext(new Version("1"))
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    private OllamaException failure(OllamaClientConfig config) {
        try (OllamaClient client = OllamaClient.create(config)) {
            return (OllamaException)
                    client.version().then().materialize().block(LIMIT).getThrowable();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aRefusalThatMayPassIsTriedTwiceMore(int status) {
        Answer refusal = Answer.json(status, "{\"error\":\"later\"}");
        server.answer("GET", "/api/version", refusal, refusal, VERSION);
        version(config());
        assertThat(server.requests()).hasSize(3);
        assertThat(attempts).extracting(RetryAttempt::number).containsExactly(1, 2);
        assertThat(attempts.get(0).delay()).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
        assertThat(attempts.get(1).delay()).isBetween(Duration.ofMillis(40), Duration.ofMillis(60));
        assertThat(((OllamaException.Status) attempts.get(0).error()).status()).isEqualTo(status);
    }

    @Test
    void theLastRefusalIsTheError() {
        server.answer("GET", "/api/version", BUSY);
        OllamaException.Status error = (OllamaException.Status) failure(config());
        assertThat(error.kind()).isEqualTo(OllamaException.Status.Kind.OVERLOADED);
        assertThat(error.serverMessage()).isEqualTo("server busy");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void retriesCanBeSwitchedOff() {
        server.answer("GET", "/api/version", BUSY);
        failure(config().retries(0));
        assertThat(server.requests()).hasSize(1);
        assertThat(attempts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500, 501, 301})
    void otherRefusalsAreNotTriedAgain(int status) {
        server.answer("GET", "/api/version", Answer.json(status, "{}"));
        failure(config());
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
            StepVerifier.create(client.chat(ChatRequest.of("m", Message.user("x"))))
                    .expectNextCount(1)
                    .expectError(OllamaException.Connection.class)
                    .verify(LIMIT);
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRefusedConnectionFailsAtOnce() {
        server.close();
        assertThat(failure(config())).isInstanceOf(OllamaException.Connection.class);
        assertThat(attempts).isEmpty();
    }

    static List<String> anHour() {
        return List.of(
                "3600",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    @ParameterizedTest
    @MethodSource("anHour")
    void retryAfterCountsInBothFormsAndIsCapped(String value) {
        server.answer("GET", "/api/version", BUSY.header("Retry-After", value), VERSION);
        version(config());
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).delay()).isEqualTo(Duration.ofMillis(60));
        Duration asked = ((OllamaException.Status) attempts.get(0).error()).retryAfter();
        assertThat(asked).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }

    @Test
    void retryAfterZeroGoesAtOnceAndNonsenseIsIgnored() {
        server.answer(
                "GET", "/api/version", BUSY.header("Retry-After", "0"), BUSY.header("Retry-After", "soon"), VERSION);
        version(config());
        assertThat(attempts.get(0).delay()).isZero();
        assertThat(attempts.get(1).delay()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
    }

    @Test
    void aDeadPooledConnectionIsReplacedWithoutWaiting() {
        server.answer("GET", "/api/version", VERSION, Answer.closeBeforeResponse(), VERSION);
        try (OllamaClient client = OllamaClient.create(config())) {
            for (int i = 0; i < 2; i++) {
                StepVerifier.create(client.version())
                        .expectNextCount(1)
                        .expectComplete()
                        .verify(LIMIT);
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
            StepVerifier.create(client.pushBlob("sha256:aa", 1, Flux.just(ByteBuffer.wrap(new byte[1])))
                            .ignoreElements())
                    .expectError(OllamaException.Status.class)
                    .verify(LIMIT);
        }
        assertThat(server.requests()).filteredOn(r -> r.method().equals("POST")).hasSize(1);
        assertThat(attempts).isEmpty();
    }
}
