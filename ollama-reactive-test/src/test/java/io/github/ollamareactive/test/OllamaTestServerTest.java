// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class OllamaTestServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void requestsAreKeptAsReceived() throws Exception {
        byte[] notUtf8 = {(byte) 0xff, 0, (byte) 0xfe};
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            client.send("POST", "/api/chat?x=1", "{\"größe\":1}").receive();
            client.send("POST", "/api/blobs/sha256:1", notUtf8).receive();
            client.get("/api/tags").receive();

            List<ReceivedRequest> requests = server.requests();
            assertThat(requests).extracting(ReceivedRequest::method).containsExactly("POST", "POST", "GET");
            assertThat(requests)
                    .extracting(ReceivedRequest::path)
                    .containsExactly("/api/chat?x=1", "/api/blobs/sha256:1", "/api/tags");
            assertThat(requests.get(0).body()).isEqualTo("{\"größe\":1}");
            assertThat(requests.get(1).bodyBytes()).isEqualTo(notUtf8);
            assertThat(requests.get(2).body()).isEmpty();
            assertThat(requests.get(0).header("x-asked")).contains("Yes");
            assertThat(requests.get(0).headers()).containsKey("X-Asked");
            assertThat(requests.get(2).header("Content-Length")).isEmpty();
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void answersAreGivenInOrderAndTheLastAgain() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/a", Answer.of(201), Answer.of(202));
                RawClient client = new RawClient(server)) {
            List<Integer> statuses = new ArrayList<>();
            for (int request = 0; request < 3; request++) {
                statuses.add(client.get("/a").receive().head().status());
            }
            server.answer("GET", "/a", Answer.of(203));
            statuses.add(client.get("/a?with=query").receive().head().status());
            statuses.add(client.send("POST", "/a", "").receive().head().status());
            assertThat(statuses).containsExactly(201, 202, 202, 203, 501);
        }
    }

    @Test
    void scriptedAnswersTakePrecedenceOverRecordings() throws Exception {
        Recording version = Recording.bundled("server-version");
        try (OllamaTestServer server = OllamaTestServer.start()
                        .replay(version)
                        .answer("GET", "/api/version", Answer.json(200, "{\"version\":\"mine\"}"));
                RawClient client = new RawClient(server)) {
            assertThat(client.send(version).receive().body().text()).isEqualTo("{\"version\":\"mine\"}");
        }
    }

    @Test
    void anUnmatchedRequestGetsAnErrorWithTheAvailableAnswers() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/api/ps", Answer.of(200))
                        .replay(Recording.bundled("chat-demo"), Recording.bundled("chat-stream"));
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.send("POST", "/api/generate", "{\"model\":\"\"m\"\"}")
                    .receive();
            assertThat(response.head().status()).isEqualTo(501);
            assertThat(response.head().headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
            assertThat(JsonMapper.shared()
                            .readTree(response.body().text())
                            .required("error")
                            .asString())
                    .contains("POST /api/generate", "{\"model\":\"\"m\"\"}")
                    .contains("GET /api/ps (1 scripted)", "POST /api/chat (2 recorded: chat-demo, chat-stream)");
        }
    }

    @Test
    void aFailingFallbackIsReported() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> {
                    throw new IllegalStateException("no idea");
                });
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.get("/").receive();
            assertThat(response.head().status()).isEqualTo(500);
            assertThat(response.body().text()).contains("no idea");
        }
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("HEAD", "/json", Answer.json(404, "{\"error\":\"not here\"}"))
                        .answer("HEAD", "/stream", Answer.ndjson("a"));
                RawClient client = new RawClient(server)) {
            RawClient.Head json = client.send("HEAD", "/json", "").receive(true).head();
            assertThat(json.status()).isEqualTo(404);
            assertThat(json.length()).isEqualTo(20);
            assertThat(client.send("HEAD", "/stream", "").receive(true).head().chunked())
                    .isTrue();
            assertThat(client.get("/x").receive().head().status()).isEqualTo(501);
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerIsBuiltFromStatusHeadersAndBody() throws Exception {
        Answer answer = Answer.of(200)
                .body("<html>")
                .contentType("text/html")
                .header("Retry-After", "3")
                .status(429, "Slow Down");
        try (OllamaTestServer server =
                        OllamaTestServer.start().answer("GET", "/", answer, answer.body(new byte[] {1}));
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.get("/").receive();
            assertThat(response.head().status()).isEqualTo(429);
            assertThat(response.head().reason()).isEqualTo("Slow Down");
            assertThat(response.head().headers())
                    .containsEntry("Content-Type", "text/html")
                    .containsEntry("Retry-After", "3");
            assertThat(response.body().text()).isEqualTo("<html>");
            assertThat(client.get("/").receive().body()).isEqualTo(Bytes.of((byte) 1));
        }
    }

    @Test
    void exchangesIncludeThoseBeforeTheSubscription() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start();
                RawClient client = new RawClient(server)) {
            StepVerifier.create(server.exchanges()
                            .map(exchange -> exchange.request().path())
                            .take(3))
                    .then(() -> ask(client, "/1"))
                    .expectNext("/1")
                    .then(() -> ask(client, "/2"))
                    .expectNext("/2")
                    .then(() -> ask(client, "/3"))
                    .expectNext("/3")
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(server.exchange(1)
                            .map(exchange -> exchange.request().path()))
                    .expectNext("/2")
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(server.exchange(3)
                            .map(exchange -> exchange.request().path()))
                    .then(() -> ask(client, "/4"))
                    .expectNext("/4")
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    private static void ask(RawClient client, String path) {
        try {
            client.get(path).receive();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aThousandOpenStreamsShareAFewThreads() {
        int streams = 1_000;
        ConnectionProvider connections =
                ConnectionProvider.builder("thousand").maxConnections(streams).build();
        try (OllamaTestServer server = OllamaTestServer.start()) {
            Mono<String> whenAllAreThere = server.exchange(streams - 1)
                    .map(last -> server.openConnections() + " open")
                    .cache();
            server.answer("POST", "/api/pull", Answer.lines(Flux.just("first").concatWith(whenAllAreThere)));
            Flux<String> bodies = Flux.range(0, streams)
                    .flatMap(
                            stream -> HttpClient.create(connections)
                                    .baseUrl(server.baseUrl())
                                    .post()
                                    .uri("/api/pull")
                                    .responseContent()
                                    .aggregate()
                                    .asString(StandardCharsets.UTF_8),
                            streams);

            StepVerifier.create(bodies.collectList())
                    .assertNext(all -> assertThat(all).hasSize(streams).containsOnly("first\n1000 open\n"))
                    .expectComplete()
                    .verify(PATIENCE);

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("ollama-test-server"))
                    .hasSizeLessThan(5);
        } finally {
            connections.dispose();
        }
    }
}
