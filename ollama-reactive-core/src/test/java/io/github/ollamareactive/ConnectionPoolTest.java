// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.RetryAttempt;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.LoopbackResolver;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

/** How many connections there are, which are kept, and what becomes of dead ones. */
final class ConnectionPoolTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"1\"}");

    private static OllamaClientConfig config(String baseUrl) {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(baseUrl)
                .retryDelay(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    static Stream<Arguments> hooks() {
        int captured = (int) System.nanoTime() | 1;
        UnaryOperator<HttpClient> resolver = http -> http.resolver(LoopbackResolver.INSTANCE);
        UnaryOperator<HttpClient> capturing =
                http -> http.doOnConnected(c -> assertThat(captured).isNotZero());
        UnaryOperator<HttpClient> initializing = http -> http.doOnChannelInit(
                (observer, channel, remote) -> assertThat(captured).isNotZero());
        UnaryOperator<HttpClient> spec = http -> http.resolver(dns -> dns.queryTimeout(Duration.ofSeconds(3)));
        return Stream.of(
                Arguments.of("no hook", UnaryOperator.<HttpClient>identity()),
                Arguments.of("a resolver", resolver),
                Arguments.of("a resolver's settings", spec),
                Arguments.of("a capturing lambda", capturing),
                Arguments.of("a capturing initializer", initializing));
    }

    private static void derived(int calls, OllamaClient client, UnaryOperator<OllamaClientConfig> change) {
        Flux<Version> versions =
                Flux.range(0, calls).flatMap(i -> client.with(change).version(), 100);
        StepVerifier.create(versions).expectNextCount(calls).expectComplete().verify(LIMIT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hooks")
    void c1DerivedClientsShareOnePoolUnderEveryHook(String name, UnaryOperator<HttpClient> hook) {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/api/version", VERSION);
                OllamaClient client = OllamaClient.create(
                        config(server.baseUrl()).maxConnections(10).httpClient(hook))) {
            derived(1500, client, c -> c.idleTimeout(Duration.ofMinutes(3)));
            derived(200, client, c -> c.header("X", "y").retries(1).totalTimeout(Duration.ofMinutes(1)));
            derived(200, client, c -> c.connectTimeout(Duration.ofSeconds(10)));
            assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void c1AnotherConnectTimeoutOpensOnePoolMore() {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/api/version", VERSION);
                OllamaClient client =
                        OllamaClient.create(config(server.baseUrl()).maxConnections(10))) {
            derived(200, client, c -> c.connectTimeout(Duration.ofSeconds(3)));
            derived(200, client, c -> c.idleTimeout(Duration.ofSeconds(30)));
            assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void c1AHookOfADerivedClientIsItsOwn() {
        AtomicInteger applied = new AtomicInteger();
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/api/version", VERSION);
                OllamaClient client = OllamaClient.create(config(server.baseUrl()))) {
            OllamaClient hooked = client.with(c -> c.httpClient(http -> {
                applied.incrementAndGet();
                return http.headers(headers -> headers.set("X-Hook", "yes"));
            }));
            OllamaClient grandchild = hooked.with(c -> c.idleTimeout(Duration.ofSeconds(30)));
            for (OllamaClient each : List.of(client, hooked, grandchild)) {
                StepVerifier.create(each.version())
                        .expectNextCount(1)
                        .expectComplete()
                        .verify(LIMIT);
            }
            assertThat(server.requests())
                    .extracting(r -> r.header("X-Hook").orElse("no"))
                    .containsExactly("no", "yes", "yes");
            assertThat(applied).hasValue(1);
        }
    }

    @Test
    void c1DerivedClientsShareTlsConnections() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        SslContext trust = SslContextBuilder.forClient()
                .trustManager(certificate.certificate())
                .build();
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    connections.add(request.getConnectionIndex());
                    return new MockResponse.Builder()
                            .body("{\"version\":\"1\"}")
                            .build();
                }
            });
            server.start();
            try (OllamaClient client = OllamaClient.create(config("https://localhost:" + server.getPort())
                    .maxConnections(10)
                    .httpClient(http -> http.secure(spec -> spec.sslContext(trust))))) {
                derived(1500, client, c -> c.idleTimeout(Duration.ofMinutes(3)));
            }
            assertThat(connections).hasSizeLessThanOrEqualTo(10);
        }
    }

    /** Connections that a proxy or a restart made dead, which shows when they are used again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a3TenDeadPooledConnectionsCostNoRetry(int retries) {
        List<RetryAttempt> attempts = Collections.synchronizedList(new ArrayList<>());
        Sinks.Empty<Void> all = Sinks.empty();
        AtomicInteger waiting = new AtomicInteger();
        try (RawServer server = new RawServer(request -> {
                    if (request.peer().number() < 10 && request.number() > 0) {
                        request.peer().disconnect();
                    } else if (request.peer().number() < 10) {
                        if (waiting.incrementAndGet() == 10) {
                            all.tryEmitEmpty();
                        }
                        all.asMono().block(LIMIT);
                        request.peer().write(RawServer.ok("{\"version\":\"1\"}"));
                    } else {
                        request.peer().write(RawServer.ok("{\"version\":\"2\"}"));
                    }
                });
                OllamaClient client = OllamaClient.create(
                        config(server.baseUrl()).retries(retries).onRetry(attempts::add))) {
            StepVerifier.create(Flux.range(0, 10).flatMap(i -> client.version()))
                    .expectNextCount(10)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(server.accepted()).isEqualTo(10);
            for (int i = 0; i < 3; i++) {
                StepVerifier.create(client.version())
                        .expectNext(new Version("2"))
                        .expectComplete()
                        .verify(LIMIT);
            }
            assertThat(server.requests())
                    .filteredOn(r -> r.number() > 0 && r.peer().number() < 10)
                    .hasSize(1);
            assertThat(attempts).hasSize(1);
            assertThat(attempts.get(0).delay()).isZero();
        }
    }

    @Test
    void a3TheRetriesAreLeftForRefusals() {
        try (RawServer server = new RawServer(request -> {
                    switch (request.peer().number()) {
                        case 0 -> {
                            if (request.number() > 0) {
                                request.peer().disconnect();
                            } else {
                                request.peer().write(RawServer.ok("{\"version\":\"1\"}"));
                            }
                        }
                        default -> {
                            if (request.number() < 2) {
                                request.peer().write(RawServer.answer("503 Busy", "{\"error\":\"busy\"}"));
                            } else {
                                request.peer().write(RawServer.ok("{\"version\":\"2\"}"));
                            }
                        }
                    }
                });
                OllamaClient client =
                        OllamaClient.create(config(server.baseUrl()).retries(2).maxConnections(1))) {
            for (String version : List.of("1", "2")) {
                StepVerifier.create(client.version())
                        .expectNext(new Version(version))
                        .expectComplete()
                        .verify(LIMIT);
            }
            assertThat(server.requests()).hasSize(5);
        }
    }

    /** A server that serves each connection once, without saying so. */
    @Test
    void a3AServerThatDropsEveryUsedConnectionServesEveryCall() {
        try (RawServer server = new RawServer(request -> {
                    if (request.number() > 0) {
                        request.peer().disconnect();
                    } else {
                        request.peer().write(RawServer.ok("{\"version\":\"1\"}"));
                    }
                });
                OllamaClient client =
                        OllamaClient.create(config(server.baseUrl()).retries(0).maxConnections(8))) {
            StepVerifier.create(
                            Flux.range(0, 20).flatMap(user -> Flux.range(0, 20).concatMap(i -> client.version())))
                    .expectNextCount(400)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void a3ANewConnectionThatDiesIsNotReplaced() {
        try (RawServer server = new RawServer(request -> {
                    if (request.peer().number() > 0 || request.number() > 0) {
                        request.peer().disconnect();
                    } else {
                        request.peer().write(RawServer.ok("{\"version\":\"1\"}"));
                    }
                });
                OllamaClient client = OllamaClient.create(config(server.baseUrl()))) {
            StepVerifier.create(client.version())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(LIMIT);
            CallResult.of(client.version()).assertFailed(OllamaException.Connection.class);
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(server.requests()).hasSize(3);
        }
    }

    static Stream<Arguments> firstEvents() {
        Answer progress = Answer.ndjson("{\"status\":\"pulling manifest\"}", "{\"status\":\"success\"}");
        Answer tags = Answer.json(200, "{\"models\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]}");
        Function<OllamaClient, Flux<?>> pull = c -> c.pull(PullRequest.of("m")).takeUntil(done());
        Function<OllamaClient, Flux<?>> pullNext =
                c -> c.pull(PullRequest.of("m")).filter(done()).next().flux();
        Function<OllamaClient, Flux<?>> push = c -> c.push(PushRequest.of("m")).takeUntil(done());
        Function<OllamaClient, Flux<?>> create =
                c -> c.create(CreateRequest.of("m").from("n")).takeUntil(done());
        Function<OllamaClient, Flux<?>> models = c -> c.models().next().flux();
        Function<OllamaClient, Flux<?>> two = c -> c.models().take(2);
        Function<OllamaClient, Flux<?>> running = c -> c.running().next().flux();
        Function<OllamaClient, Flux<?>> embed =
                c -> c.embed(EmbedRequest.of("m", "t")).next().flux();
        Function<OllamaClient, Flux<?>> shown = c -> c.version().next().flux();
        return Stream.of(
                Arguments.of("pull", "/api/pull", progress, pull),
                Arguments.of("pull, next", "/api/pull", progress, pullNext),
                Arguments.of("push", "/api/push", progress, push),
                Arguments.of("create", "/api/create", progress, create),
                Arguments.of("models", "/api/tags", tags, models),
                Arguments.of("two models", "/api/tags", tags, two),
                Arguments.of("running", "/api/ps", tags, running),
                Arguments.of(
                        "embed",
                        "/api/embed",
                        Answer.json(200, "{\"model\":\"m\",\"embeddings\":[[1,2]],\"total_duration\":5}"),
                        embed),
                Arguments.of("version", "/api/version", VERSION, shown));
    }

    private static Predicate<ProgressEvent> done() {
        return ProgressEvent.Success.class::isInstance;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstEvents")
    void a5AConnectionIsKeptWhenTheRestIsNotWanted(
            String name, String path, Answer answer, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> answer);
                OllamaClient client =
                        OllamaClient.create(config(server.baseUrl()).maxConnections(1))) {
            for (int i = 0; i < 20; i++) {
                assertThat(CallResult.of(call.apply(client)).error()).isNull();
            }
            assertThat(server.requests()).hasSize(20).allMatch(r -> r.path().equals(path));
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void a5AListThatGoesOnIsClosedSoon() {
        try (RawServer server = new RawServer(request -> request.peer()
                        .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1e\r\n"
                                + "{\"models\":[{\"name\":\"a\"},      \r\n"));
                OllamaClient client = OllamaClient.create(config(server.baseUrl()))) {
            StepVerifier.create(client.models().next())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(server.gone().blockFirst(LIMIT)).isZero();
        }
    }

    @Test
    void a5APullThatGoesOnIsCancelledAtOnce() {
        try (RawServer server = new RawServer(request -> request.peer()
                        .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1e\r\n"
                                + "{\"status\":\"pulling manifest\"}\n\r\n"));
                OllamaClient client = OllamaClient.create(config(server.baseUrl()))) {
            StepVerifier.create(client.pull(PullRequest.of("m")).next())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(server.gone().blockFirst(LIMIT)).isZero();
        }
    }

    @Test
    void a13CallsThatWaitForAConnectionLearnThatTheClientIsClosed() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("GET", "/api/version", VERSION.delayHeaders(Duration.ofSeconds(3600)));
            OllamaClient client = OllamaClient.create(config(server.baseUrl()).maxConnections(1));
            Mono<List<Throwable>> waiting = Flux.range(0, 5)
                    .flatMap(i -> client.version().then(Mono.<Throwable>empty()).onErrorResume(Mono::just))
                    .take(4)
                    .collectList();
            StepVerifier.create(waiting)
                    .then(() -> server.exchange(0).block(LIMIT))
                    .then(client::close)
                    .assertNext(errors -> assertThat(errors)
                            .hasSize(4)
                            .allSatisfy(error -> assertThat(error)
                                    .isInstanceOf(OllamaException.Connection.class)
                                    .hasMessageContaining("this client is closed")
                                    .message()
                                    .doesNotContain("Exception")))
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void a13ARetryAfterTheCloseFailsLikeALaterCall() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("GET", "/api/version", Answer.json(503, "{}"));
            Sinks.Empty<Void> closed = Sinks.empty();
            OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                    .baseUrl(server.baseUrl())
                    .retryDelay(Duration.ofMillis(50), Duration.ofMillis(50))
                    .onRetry(attempt -> closed.tryEmitEmpty()));
            StepVerifier.create(
                            client.version().doOnSubscribe(s -> closed.asMono().subscribe(null, null, client::close)))
                    .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("this client is closed"))
                    .verify(LIMIT);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
