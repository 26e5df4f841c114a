// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ServerEvent.Alive;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.wire.CallResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.test.StepVerifier;

/** Whose answer is it? Where one ends and the next begins on a connection that is used again. */
final class ResponseBoundaryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final List<String> INTERIM = List.of(
            "HTTP/1.1 102 Processing\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
            "HTTP/1.1 199 \r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");

    private static OllamaClient client(RawServer server) {
        return OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.baseUrl())
                .firstEventTimeout(Duration.ofSeconds(20))
                .retryDelay(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private static String version(int number) {
        return RawServer.ok("{\"version\":\"" + number + "\"}");
    }

    private static void isVersion(OllamaClient client, int number) {
        StepVerifier.create(client.version())
                .expectNext(new Version(String.valueOf(number)))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void a1InterimAnswersAreSkippedAndEveryCallGetsItsOwnAnswer() {
        AtomicInteger count = new AtomicInteger();
        Duration[] pauses = {Duration.ofMillis(150), Duration.ofMillis(1), Duration.ofMillis(20), Duration.ZERO};
        try (RawServer server = new RawServer(request -> {
                    int n = count.getAndIncrement();
                    String answer = RawServer.ok("{\"response\":\"" + request.field("prompt") + "\",\"done\":true}\n");
                    if (n % 7 == 6) {
                        request.peer().write(INTERIM.get(n % INTERIM.size()) + answer);
                    } else {
                        request.peer().write(INTERIM.get(n % INTERIM.size()));
                        request.peer().later(pauses[n % pauses.length], answer);
                    }
                });
                OllamaClient client = client(server)) {
            Flux<Boolean> users = Flux.range(0, 20)
                    .flatMap(user -> Flux.range(0, 50)
                            .concatMap(call -> client.generate(GenerateRequest.of("m", user + "/" + call))
                                    .collectList()
                                    .map(events -> {
                                        assertThat(events).hasSize(2);
                                        assertThat(((GenerationEvent.Token) events.get(0)).text())
                                                .isEqualTo(user + "/" + call);
                                        return true;
                                    })));
            StepVerifier.create(users).expectNextCount(1000).expectComplete().verify(LIMIT);
            assertThat(server.requests()).hasSize(1000);
            assertThat(server.mostOpen()).isLessThanOrEqualTo(40);
        }
    }

    static Stream<Arguments> otherCalls() {
        Function<OllamaClient, Flux<?>> version = OllamaClient::version;
        Function<OllamaClient, Flux<?>> delete = client -> client.delete("m");
        Function<OllamaClient, Flux<?>> blob = client -> client.blobExists(DIGEST);
        Function<OllamaClient, Flux<?>> alive = OllamaClient::alive;
        Function<OllamaClient, Flux<?>> pull = client -> client.pull(PullRequest.of("m"));
        String missing = RawServer.answer("404 Not Found", "{\"error\":\"model 'm' not found\"}");
        return Stream.of(
                Arguments.of("version", version, version(1), new Version("1")),
                Arguments.of("delete", delete, RawServer.answer("200 OK", ""), new ModelEvent.Deleted("m")),
                Arguments.of("delete what is missing", delete, missing, Kind.MODEL_NOT_FOUND),
                Arguments.of("blob", blob, "HTTP/1.1 200 OK\r\n\r\n", new BlobEvent.Found(DIGEST)),
                Arguments.of("missing blob", blob, "HTTP/1.1 404 N\r\n\r\n", new BlobEvent.Missing(DIGEST)),
                Arguments.of("alive", alive, "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n", new Alive()),
                Arguments.of("not alive", alive, "HTTP/1.1 500 E\r\n\r\n", Kind.SERVER_ERROR),
                Arguments.of("pull", pull, RawServer.ok("{\"status\":\"success\"}\n"), new ProgressEvent.Success()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherCalls")
    void a1OtherCallsSkipThemToo(String name, Function<OllamaClient, Flux<?>> call, String answer, Object expected) {
        AtomicInteger count = new AtomicInteger();
        try (RawServer server = new RawServer(request -> {
                    request.peer().write(INTERIM.get(count.getAndIncrement() % INTERIM.size()));
                    request.peer().later(Duration.ofMillis(count.get() % 3 * 20), answer);
                });
                OllamaClient client = client(server)) {
            for (int i = 0; i < 2 * INTERIM.size(); i++) {
                CallResult outcome = CallResult.of(call.apply(client));
                if (expected instanceof Kind kind) {
                    assertThat(outcome.assertFailed(OllamaException.Status.class)
                                    .kind())
                            .isEqualTo(kind);
                } else {
                    outcome.assertCompleted(expected);
                }
            }
            assertThat(server.requests()).hasSize(2 * INTERIM.size());
        }
    }

    @Test
    void a1SwitchingProtocolsIsNoAnswer() {
        try (RawServer server = new RawServer(request -> request.peer()
                        .write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"));
                OllamaClient client = client(server)) {
            CallResult.of(client.delete("m")).assertFailed(OllamaException.Protocol.class);
            CallResult.of(client.version()).assertFailed(OllamaException.Protocol.class);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void a1InterimAnswersAreSkippedOverHttp2() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        Http2SslContextSpec trust =
                Http2SslContextSpec.forClient().configure(ssl -> ssl.trustManager(certificate.certificate()));
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());
            server.start();
            MockResponse hint = new MockResponse.Builder().code(103).build();
            try (OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                    .baseUrl("https://localhost:" + server.getPort())
                    .httpClient(http -> http.protocol(HttpProtocol.H2).secure(spec -> spec.sslContext(trust))))) {
                for (int i = 0; i < 3; i++) {
                    server.enqueue(new MockResponse.Builder()
                            .addInformationalResponse(hint)
                            .body("{\"version\":\"" + i + "\"}")
                            .build());
                    isVersion(client, i);
                    server.enqueue(new MockResponse.Builder()
                            .addInformationalResponse(hint)
                            .code(404)
                            .build());
                    CallResult.of(client.delete("m")).assertFailed(OllamaException.Status.class);
                }
            }
        }
    }

    /** Bytes that nobody asked for, behind an answer in the same segment. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"version\":\"nine\"}",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 199 \r\n\r\n",
                "HTTP/1.1 199 \r\n",
                "x",
                "}\n",
                "HTTP/1.1 200 OK\r\nX: "
            })
    void a1ExtraBytesBehindAnAnswerNeverReachTheNextCall(String extra) {
        AtomicInteger count = new AtomicInteger();
        try (RawServer server =
                        new RawServer(request -> request.peer().write(version(count.incrementAndGet()) + extra));
                OllamaClient client = client(server)) {
            for (int i = 1; i < 10; i++) {
                isVersion(client, i);
            }
            assertThat(server.accepted()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"version\":\"nine\"}",
                "x",
                "HTTP/1.1 408 T\r\n\r\n"
            })
    void a1WhatArrivesOnAnIdleConnectionClosesIt(String unasked) {
        AtomicInteger count = new AtomicInteger();
        try (RawServer server = new RawServer(request -> {
                    request.peer().write(version(count.incrementAndGet()));
                    request.peer().later(Duration.ofMillis(50), unasked);
                });
                OllamaClient client = client(server)) {
            for (int i = 1; i < 4; i++) {
                isVersion(client, i);
                assertThat(server.gone().elementAt(i - 1).block(LIMIT)).isEqualTo(i - 1);
            }
            assertThat(server.accepted()).isEqualTo(3);
        }
    }

    @Test
    void a1AGoodConnectionIsKept() {
        AtomicInteger count = new AtomicInteger();
        try (RawServer server = new RawServer(request -> request.peer().write(version(count.incrementAndGet())));
                OllamaClient client = client(server)) {
            for (int i = 1; i < 50; i++) {
                isVersion(client, i);
            }
            // A call may begin before the connection of the one before is back.
            assertThat(server.accepted()).isLessThan(10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30})
    void a2AHeadAnsweredWithABodyDisturbsNobody(int pause) {
        String body = "Ollama is running";
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
        try (RawServer server = new RawServer(request -> {
                    if (!request.method().equals("HEAD")) {
                        request.peer().write(version(7));
                    } else if (pause == 0) {
                        request.peer().write(head + body);
                    } else {
                        request.peer().write(head);
                        request.peer().later(Duration.ofMillis(pause), body);
                    }
                });
                OllamaClient client = client(server)) {
            for (int i = 0; i < 10; i++) {
                StepVerifier.create(client.alive())
                        .expectNextCount(1)
                        .expectComplete()
                        .verify(LIMIT);
                isVersion(client, 7);
            }
        }
    }

    @Test
    void a2AChunkedBodyBehindAHeadDisturbsNobody() {
        try (RawServer server = new RawServer(request -> request.peer()
                        .write(
                                request.method().equals("HEAD")
                                        ? "HTTP/1.1 404 N\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnone\r\n0\r\n\r\n"
                                        : version(7)));
                OllamaClient client = client(server)) {
            for (int i = 0; i < 10; i++) {
                StepVerifier.create(client.blobExists(DIGEST))
                        .expectNext(new BlobEvent.Missing(DIGEST))
                        .expectComplete()
                        .verify(LIMIT);
                isVersion(client, 7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 401, 200})
    void a4AnAnswerBeforeTheRequestIsOutClosesTheConnection(int status) {
        String prompt = "x".repeat(20_000_000);
        try (RawServer server = new RawServer(request -> request.peer()
                                .write(
                                        request.path().equals("/api/version")
                                                ? version(7)
                                                : RawServer.answer(status + " S", "{\"done\":true}")))
                        .leavingBodiesUnread();
                OllamaClient client = client(server)) {
            CallResult large = CallResult.of(client.generate(GenerateRequest.of("m", prompt)));
            if (status == 200) {
                assertThat(large.error()).isNull();
            } else {
                assertThat(large.assertFailed(OllamaException.Status.class).status())
                        .isEqualTo(status);
            }
            isVersion(client, 7);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    static Stream<Arguments> noHttp() {
        return Stream.of(
                Arguments.of("a status line over 4 KiB", "HTTP/1.1 200 " + "x".repeat(5_000) + "\r\n\r\n"),
                Arguments.of("a head over 8 KiB", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n"),
                Arguments.of(
                        "a bad chunk size",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("a bad length", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
                Arguments.of("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                Arguments.of("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"),
                Arguments.of("a bad status", "HTTP/1.1 abc OK\r\n\r\n"),
                Arguments.of("no status", "HTTP/1.1\r\n\r\n"),
                Arguments.of("another protocol", "SSH-2.0-OpenSSH_9.2"),
                Arguments.of("the preface of HTTP/2", "\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0\u0080"),
                Arguments.of("a TLS alert", "\u0015\u0003\u0001\0\u0002\u0002\u0046"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noHttp")
    void a6WhatIsNoHttpIsSaidSo(String name, String answer) {
        try (RawServer server = new RawServer(request -> {
                    request.peer().write(answer);
                    if (name.contains("TLS") || name.contains("head")) {
                        request.peer().disconnect();
                    }
                });
                OllamaClient client = client(server)) {
            for (int i = 1; i <= 2; i++) {
                OllamaException.Protocol error =
                        CallResult.of(client.version()).assertFailed(OllamaException.Protocol.class);
                assertThat(error)
                        .hasMessageContaining("does not speak HTTP/1.1")
                        .hasMessageContaining(server.baseUrl());
                assertThat(error.getMessage()).doesNotContain("Exception").doesNotContain("io.netty");
                assertThat(error.getMessage().chars()).noneMatch(Character::isISOControl);
                assertThat(error.getMessage().contains("https")).isEqualTo(name.contains("TLS"));
            }
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void a6ACutChunkIsStillACutConnection() {
        try (RawServer server = new RawServer(request -> {
                    request.peer().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{}");
                    request.peer().disconnect();
                });
                OllamaClient client = client(server)) {
            CallResult.of(client.version()).assertDisconnected(Problem.CUT);
        }
    }

    @Test
    void a1ManyAtOnceOverFewConnections() {
        try (RawServer server = new RawServer(request -> request.peer()
                        .write(INTERIM.get(1)
                                + RawServer.ok("{\"response\":\"" + request.field("prompt") + "\",\"done\":true}\n")
                                + (request.field("prompt").hashCode() % 3 == 0 ? "HTTP/1.1 200 OK\r\n\r\n" : "")));
                OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                        .baseUrl(server.baseUrl())
                        .maxConnections(3))) {
            List<String> texts = Flux.fromStream(IntStream.range(0, 300).mapToObj(i -> "p" + i))
                    .flatMap(
                            prompt -> client.generate(GenerateRequest.of("m", prompt))
                                    .ofType(GenerationEvent.Token.class)
                                    .next()
                                    .flatMap(token -> token.text().equals(prompt)
                                            ? Mono.<String>empty()
                                            : Mono.just(prompt + " got " + token.text())),
                            50)
                    .collectList()
                    .block(LIMIT);
            assertThat(texts).isEmpty();
        }
    }
}
