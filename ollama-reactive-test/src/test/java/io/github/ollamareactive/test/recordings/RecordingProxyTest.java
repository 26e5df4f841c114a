// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.client.Eventually;
import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class RecordingProxyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private static Recording next(RecordingProxy proxy) {
        return Objects.requireNonNull(proxy.recordings().blockFirst(PATIENCE));
    }

    static Stream<String> all() {
        return Recording.bundledNames().stream();
    }

    /** A replay, the recording that the proxy makes of it, and the replay of that have the same bytes and chunks. */
    @ParameterizedTest
    @MethodSource("all")
    void aRecordedReplayEqualsTheOriginal(String name) throws Exception {
        Recording original = Recording.bundled(name);
        boolean head = original.method().equals("HEAD");
        Recording recorded;
        try (OllamaTestServer server = OllamaTestServer.start().replay(original);
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port()).send(original)) {
            assertSame(client.receive(head), original);
            recorded = next(proxy);
            ReceivedRequest received = server.requests().get(0);
            assertThat(received.body()).isEqualTo(Objects.requireNonNullElse(original.requestBody(), ""));
            assertThat(received.header("Transfer-Encoding")).isEmpty();
        }
        assertThat(Recording.readAll(folder)).containsExactly(recorded);
        assertThat(recorded.method()).isEqualTo(original.method());
        assertThat(recorded.path()).isEqualTo(original.path());
        assertThat(recorded.requestBody()).isEqualTo(original.requestBody());
        assertThat(recorded.status()).isEqualTo(original.status());
        assertThat(recorded.reason()).isEqualTo(original.reason());
        assertThat(recorded.headers()).isEqualTo(original.headers());
        assertThat(recorded.complete()).isEqualTo(original.complete());
        if (BodyFraming.of(original.headers()) == BodyFraming.CHUNKED) {
            assertThat(contents(recorded)).isEqualTo(contents(original));
        }
        try (OllamaTestServer server = OllamaTestServer.start().replay(recorded);
                RawClient client = new RawClient(server).send(original)) {
            assertSame(client.receive(head), original);
        }
    }

    private static List<Bytes> contents(Recording recording) {
        return recording.chunks().stream().map(RecordedChunk::content).toList();
    }

    private static void assertSame(RawClient.Response response, Recording original) {
        Map<String, String> headers = new LinkedHashMap<>();
        original.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        assertThat(response.head().status()).isEqualTo(original.status());
        assertThat(response.head().headers()).isEqualTo(headers);
        assertThat(response.body()).isEqualTo(Bytes.of(original.bodyBytes()));
        assertThat(response.truncated()).isEqualTo(!original.complete());
        if (response.head().chunked()) {
            assertThat(response.pieces()).isEqualTo(contents(original));
        }
    }

    /** The server writes each token after the client has read the previous one: a proxy that buffers would never finish. */
    @Test
    void aTokenReachesTheClientBeforeTheNextIsWritten() throws Exception {
        Sinks.Many<String> tokens = Sinks.many().unicast().onBackpressureBuffer();
        try (OllamaTestServer server =
                        OllamaTestServer.start().answer("POST", "/api/chat", Answer.lines(tokens.asFlux()));
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port()).send("POST", "/api/chat", "{}")) {
            for (int token = 0; token < 100; token++) {
                tokens.tryEmitNext("token " + token).orThrow();
                if (token == 0) {
                    assertThat(client.readHead().chunked()).isTrue();
                }
                assertThat(client.readChunk().text()).isEqualTo("token " + token + "\n");
            }
            tokens.tryEmitComplete().orThrow();
            assertThat(client.readChunk().size()).isZero();
            assertThat(next(proxy).chunks())
                    .hasSize(100)
                    .extracting(RecordedChunk::at)
                    .isSorted();
        }
    }

    /** Chunks that the server writes at once are forwarded one by one. */
    @Test
    void chunksThatArriveTogetherStaySeparate() throws Exception {
        byte[] large = new byte[300_000];
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.chunks("a".getBytes(), large, "b\nc".getBytes(), "\n".getBytes()));
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl() + "/", folder);
                RawClient client = new RawClient(proxy.port()).get("/")) {
            assertThat(client.receive().pieces())
                    .containsExactly(Bytes.of("a"), Bytes.of(large), Bytes.of("b\nc"), Bytes.of("\n"));
            assertThat(contents(next(proxy))).hasSize(4);
        }
    }

    @Test
    void credentialsAreForwardedButNotRecorded() throws Exception {
        Answer answer = Answer.json(200, "{}")
                .header("Set-Cookie", "id=secret")
                .header("X-Request-Id", "7")
                .header("X-RateLimit-Remaining-Tokens", "9");
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", answer);
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port())) {
            client.header("Authorization", "Bearer secret")
                    .header("X-Api-Key", "secret")
                    .header("Cookie", "id=secret")
                    .header("Proxy-Authorization", "Basic secret")
                    .header("X-Kept", "1");
            assertThat(client.get("/").receive().head().headers()).containsEntry("Set-Cookie", "id=secret");

            ReceivedRequest received = server.requests().get(0);
            assertThat(received.header("Authorization")).contains("Bearer secret");
            assertThat(received.header("X-Api-Key")).contains("secret");
            Recording recording = next(proxy);
            assertThat(recording.requestHeaders()).containsKeys("X-Kept", "X-Asked");
            assertThat(recording.headers()).containsKeys("X-Request-Id", "Content-Type");
            assertThat(Files.readString(folder.resolve("0001-root.jsonl"))).doesNotContain("secret");
        }
    }

    @Test
    void aDisconnectReachesTheServer() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("a").thenSilence());
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port()).get("/")) {
            client.readHead();
            client.readChunk();
            client.disconnect();
            StepVerifier.create(server.exchange(0).flatMap(Exchange::clientGone))
                    .expectNext(2L)
                    .expectComplete()
                    .verify(PATIENCE);
            Recording recording = next(proxy);
            assertThat(recording.end()).isEqualTo("cut: the client closed the connection");
            assertThat(recording.body()).isEqualTo("a\n");
        }
    }

    @Test
    void backpressureReachesTheServer() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.endless("x".repeat(999)));
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port()).get("/")) {
            client.readHead();
            Exchange exchange = Objects.requireNonNull(server.exchange(0).block(PATIENCE));
            long blocked = Eventually.untilStandingStill(exchange::bytesAccepted);
            assertThat(blocked).isPositive().isLessThan(16_000_000);
            client.readExactly((int) blocked);
            Eventually.until("the server goes on", () -> exchange.bytesAccepted() > blocked);
        }
    }

    @Test
    void aServerFailureTruncatesTheResponseAndTheRecording() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("abc", "def").with(Fault.resetAt(6)));
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port()).get("/")) {
            client.readHead();
            assertThat(client.readChunk().text()).isEqualTo("abc\n");
            assertThatThrownBy(client::readChunk).isInstanceOf(EOFException.class);
            assertThat(next(proxy).end()).startsWith("cut: ");
        }
    }

    @Test
    void anUnreachableServerIsABadGatewayAndNotRecorded() throws Exception {
        OllamaTestServer gone = OllamaTestServer.start();
        gone.close();
        try (RecordingProxy proxy = RecordingProxy.start(gone.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port())) {
            RawClient.Response response = client.get("/").receive();
            assertThat(response.head().status()).isEqualTo(502);
            assertThat(response.body().text()).contains("the recorded server does not respond");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLongRequestBodyIsStreamedAndOnlyItsLengthRecorded() throws Exception {
        byte[] blob = new byte[1_000_000];
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(201));
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port())) {
            assertThat(client.send("POST", "/api/blobs/sha256:1", blob)
                            .receive()
                            .head()
                            .status())
                    .isEqualTo(201);
            assertThat(server.requests().get(0).bodyBytes()).hasSize(1_000_000);
            Recording recording = next(proxy);
            assertThat(recording.name()).isEqualTo("0001-blobs");
            assertThat(recording.requestBody()).isNull();
            assertThat(Files.readString(folder.resolve("0001-blobs.jsonl"))).contains("\"bodyBytes\":1000000}");
            try (OllamaTestServer replaying = OllamaTestServer.start().replay(recording);
                    RawClient again = new RawClient(replaying)) {
                assertThat(again.send("POST", "/api/blobs/sha256:1", blob)
                                .receive()
                                .head()
                                .status())
                        .isEqualTo(201);
                assertThat(again.send("POST", "/api/blobs/sha256:1", new byte[70_000])
                                .receive()
                                .head()
                                .status())
                        .isEqualTo(501);
            }
        }
    }

    @Test
    void newRecordingsAreNumberedAfterExistingOnes() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200))) {
            for (String path : List.of("/api/version", "/api/chat?x=1")) {
                try (RecordingProxy proxy = RecordingProxy.start(0, server.baseUrl(), folder);
                        RawClient client = new RawClient(proxy.port())) {
                    client.get(path).receive();
                    client.get(path).receive();
                }
            }
        }
        assertThat(Recording.readAll(folder))
                .extracting(Recording::name)
                .containsExactly("0001-version", "0002-version", "0003-chat", "0004-chat");
    }

    @Test
    void exchangesInProgressAreRecordedAsCutWhenTheProxyIsClosed() throws Exception {
        try (OllamaTestServer server =
                OllamaTestServer.start().answer("GET", "/", Answer.ndjson("a").thenSilence())) {
            RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
            try (RawClient client = new RawClient(proxy.port()).get("/")) {
                client.readHead();
                client.readChunk();
                proxy.close();
                proxy.close();
                assertThat(client.read()).isEqualTo(-1);
            }
            Recording recording = Recording.readAll(folder).get(0);
            assertThat(recording.body()).isEqualTo("a\n");
            assertThat(recording.end()).isEqualTo("cut: the proxy was closed");
            StepVerifier.create(proxy.recordings())
                    .expectNext(recording)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void closeReportsRecordingsThatCouldNotBeWritten() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200))) {
            RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), gone);
            Files.delete(gone);
            try (RawClient client = new RawClient(proxy.port())) {
                client.get("/").receive();
            }
            assertThatThrownBy(proxy::close).isInstanceOf(UncheckedIOException.class);
        }
    }
}
