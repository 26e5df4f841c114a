// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** The requests that a server keeps. */
class RequestLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void h14TheOldestRequestsAreDroppedAndVerifiedAllTheSame() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .keepRequests(3, 1000)
                        .expect(Expected.request("GET", "/0").times(2), Answer.of(200))
                        .otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            for (int i = 0; i < 10; i++) {
                client.get("/" + i).receive();
            }
            assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/7", "/8", "/9");
            assertThat(server.droppedRequests()).isEqualTo(7);
            assertThatThrownBy(server::verify).hasMessageContaining("expected 2 requests, received 1");
            client.get("/0").receive();
            server.verify();
            StepVerifier.create(
                            server.receivedRequests().map(ReceivedRequest::path).take(3))
                    .expectNext("/8", "/9", "/0")
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(server.exchange(9)
                            .map(exchange -> exchange.request().path()))
                    .expectNext("/9")
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(server.exchange(7))
                    .expectErrorMessage("entry 7 was dropped: the first one that is kept is 8")
                    .verify(PATIENCE);
        }
    }

    @Test
    void h14TheDifferencesOfADroppedRequestAreKnown() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .keepRequests(1, 0)
                        .expect(Expected.chat().model("m"), Answer.of(200))
                        .otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            client.send("POST", "/api/chat", "{\"model\":\"n\"}").receive();
            client.get("/").receive();
            assertThat(server.requests()).hasSize(1);
            assertThatThrownBy(server::verify).hasMessageContaining("model: expected \"m\" but was \"n\"");
        }
    }

    @Test
    void h14LongBodiesCountByTheirBytes() throws Exception {
        try (OllamaTestServer server =
                        OllamaTestServer.start().keepRequests(100, 3000).otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            for (int i = 0; i < 5; i++) {
                client.send("POST", "/" + i, new byte[1000]).receive();
            }
            assertThat(server.requests()).hasSize(3);
            client.send("POST", "/long", new byte[5000]).receive();
            assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/long");
            assertThat(server.droppedRequests()).isEqualTo(5);
            server.keepRequests(1, 1);
            assertThat(server.requests()).hasSize(1);
            assertThatIllegalArgumentException().isThrownBy(() -> server.keepRequests(0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> server.keepRequests(1, -1));
        }
    }

    @Test
    void h14TheDefaultIsBounded() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            byte[] picture = new byte[15 * 1024 * 1024];
            for (int i = 0; i < 6; i++) {
                client.send("POST", "/api/chat", picture).receive();
            }
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void h14AResetServerIsAsNew() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.chat(), Answer.of(200))
                        .answer("GET", "/scripted", Answer.of(200))
                        .replay(Recording.bundled("server-version"), Recording.bundled("generate-demo"))
                        .replayBy(ReplayRule.anyBody());
                RawClient client = new RawClient(server)) {
            client.get("/old").receive();
            int port = server.port();
            assertThat(server.reset().requests()).isEmpty();
            server.verify();
            for (String forgotten : List.of("/scripted", "/api/version")) {
                assertThat(client.get(forgotten).receive().head().status()).isEqualTo(501);
            }
            server.replay(Recording.bundled("generate-demo"));
            assertThat(client.send("POST", "/api/generate", "{}")
                            .receive()
                            .head()
                            .status())
                    .isEqualTo(501);
            server.otherwise(request -> Answer.of(200));
            assertThat(client.get("/any").receive().head().status()).isEqualTo(200);
            server.reset();
            assertThat(client.get("/new").receive().head().status()).isEqualTo(501);
            Exchange first = Objects.requireNonNull(server.exchange(0).block(PATIENCE));
            assertThat(first.request().path()).isEqualTo("/new");
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void h14TheOrderIsThatOfArrivalForReadersAtAnyTime() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            client.get("/0").receive();
            StepVerifier.create(server.receivedRequests().map(ReceivedRequest::path))
                    .expectNext("/0")
                    .then(() -> ask(client, "/1"))
                    .expectNext("/1")
                    .then(server::reset)
                    .then(() -> ask(client, "/2"))
                    .expectNext("/2")
                    .then(server::close)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    private static void ask(RawClient client, String path) {
        try {
            client.get(path).receive();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void requestsHaveTheirTimes() throws Exception {
        Instant before = Instant.now();
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            for (int i = 0; i < 5; i++) {
                client.get("/").receive();
            }
            assertThat(server.requests())
                    .extracting(ReceivedRequest::receivedAt)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(time -> !time.isBefore(before.minusSeconds(1)));
        }
    }
}
