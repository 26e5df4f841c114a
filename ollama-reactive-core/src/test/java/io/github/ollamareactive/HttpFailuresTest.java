// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ServerEvent.Alive;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** Failures between the call and the server: proxies, limits of the hook, stalled refusals, encodings, redirects, names. */
final class HttpFailuresTest {
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"1\"}");
    private static final Answer STALL = VERSION.delayHeaders(Duration.ofHours(1));
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("q"));

    private static OllamaClientConfig config(String host) {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(host)
                .retryDelay(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    private static CallResult version(OllamaClientConfig config) {
        try (OllamaClient client = OllamaClient.create(config)) {
            return CallResult.of(client.version());
        }
    }

    private static OllamaClientConfig through(String host, int port) {
        return config("http://target.example:11434")
                .httpClient(http -> http.proxy(proxy -> proxy.type(ProxyProvider.Proxy.HTTP)
                        .host(host)
                        .port(port)
                        .username("user")
                        .password(u -> "secret")));
    }

    private static void isOfProxy(OllamaException error, String address) {
        assertThat(error.getMessage())
                .contains("the proxy at " + address)
                .contains("target.example:11434")
                .doesNotContain("ollama serve")
                .doesNotContain("no Ollama answers")
                .doesNotContain("secret")
                .doesNotContain("Exception");
    }

    @Test
    void a7AProxyThatIsNotThere() {
        OllamaException.Connection error = version(through("127.0.0.1", 1)).assertDisconnected(Problem.REFUSED);
        isOfProxy(error, "127.0.0.1:1");
    }

    @Test
    void a7AnUnknownProxy() {
        OllamaException.Connection error =
                version(through("no-such-proxy.invalid", 3128)).assertDisconnected(Problem.UNKNOWN_HOST);
        isOfProxy(error, "no-such-proxy.invalid:3128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"})
    void a7AProxyThatRefuses(String status) {
        try (RawServer proxy = new RawServer(
                request -> request.peer().write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"))) {
            OllamaException.Connection error =
                    version(through("127.0.0.1", proxy.port())).assertDisconnected(Problem.OTHER);
            isOfProxy(error, "127.0.0.1:" + proxy.port());
            assertThat(error).hasMessageContaining(status);
        }
    }

    @Test
    void a7AProxyThatHangsUp() {
        try (RawServer proxy = new RawServer(request -> request.peer().disconnect())) {
            OllamaException.Connection error =
                    version(through("127.0.0.1", proxy.port())).assertFailed(OllamaException.Connection.class);
            isOfProxy(error, "127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void a7AProxyThatStallsIsATimeoutAtOurLimit() {
        try (RawServer proxy = new RawServer(request -> {})) {
            OllamaException.Timeout error = version(through("127.0.0.1", proxy.port())
                            .connectTimeout(Duration.ofMillis(300))
                            .firstEventTimeout(Duration.ofSeconds(60)))
                    .assertFailed(OllamaException.Timeout.class);
            assertThat(error.phase()).isEqualTo(Phase.CONNECT);
            assertThat(error.limit()).isEqualTo(Duration.ofMillis(300));
            isOfProxy(error, "127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void a7ATlsHandshakeThatStallsIsATimeoutAtOurLimit() {
        try (RawServer server = new RawServer(request -> {})) {
            OllamaException.Timeout error = version(config("https://127.0.0.1:" + server.port())
                            .connectTimeout(Duration.ofMillis(300))
                            .firstEventTimeout(Duration.ofSeconds(60)))
                    .assertFailed(OllamaException.Timeout.class);
            assertThat(error.phase()).isEqualTo(Phase.CONNECT);
            assertThat(error.limit()).isEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void a7AServerThatTheProxyDoesNotStandBeforeKeepsItsWords() {
        OllamaException.Connection error = version(config("127.0.0.1:1")
                        .httpClient(http -> http.proxy(proxy -> proxy.type(ProxyProvider.Proxy.HTTP)
                                .host("127.0.0.1")
                                .port(3128)
                                .nonProxyHosts("127.*"))))
                .assertDisconnected(Problem.REFUSED);
        assertThat(error).hasMessageContaining("http://127.0.0.1:1").message().doesNotContain("proxy");
    }

    static Stream<Arguments> limits() {
        UnaryOperator<HttpClient> response = http -> http.responseTimeout(Duration.ofMillis(200));
        UnaryOperator<HttpClient> handler =
                http -> http.doOnConnected(c -> c.addHandlerLast(new ReadTimeoutHandler(200, TimeUnit.MILLISECONDS)));
        UnaryOperator<HttpClient> first = http ->
                http.doOnRequest((r, c) -> c.addHandlerFirst(new ReadTimeoutHandler(200, TimeUnit.MILLISECONDS)));
        return Stream.of(
                Arguments.of("responseTimeout", response),
                Arguments.of("a handler", handler),
                Arguments.of("a handler for each request", first));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void a8ALimitOfTheHookIsATimeout(String name, UnaryOperator<HttpClient> hook) {
        OllamaException.Timeout first = CallResult.of(STALL, c -> c.httpClient(hook), OllamaClient::version)
                .assertFailed(OllamaException.Timeout.class);
        assertThat(first.phase()).isEqualTo(Phase.FIRST_EVENT);
        assertThat(first.limit()).isEqualTo(Duration.ofMillis(200));
        assertThat(first.getCause()).isNotNull();
        Answer stops = Answer.ndjson("{\"message\":{\"content\":\"a\"},\"done\":false}")
                .thenSilence();
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> stops);
                OllamaClient client =
                        OllamaClient.create(config(server.baseUrl()).httpClient(hook))) {
            CallResult outcome = CallResult.of(client.chat(CHAT));
            assertThat(outcome.events()).hasSize(1);
            OllamaException.Timeout idle = (OllamaException.Timeout) outcome.error();
            assertThat(idle.phase()).isEqualTo(Phase.IDLE);
            assertThat(idle.partial().text()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 401, 503, 307})
    void a9ARefusalWhoseBodyStallsIsThatRefusalUnderEveryLimit(int status) {
        Answer stalls = Answer.chunks("half".getBytes()).status(status).thenSilence();
        for (UnaryOperator<OllamaClientConfig> limit : List.<UnaryOperator<OllamaClientConfig>>of(
                c -> c.firstEventTimeout(Duration.ofMillis(300)),
                c -> c.totalTimeout(Duration.ofMillis(300)),
                c -> c.firstEventTimeout(Duration.ofMillis(300)).idleTimeout(Duration.ofMillis(100)))) {
            OllamaException.Status error =
                    CallResult.of(stalls, limit, OllamaClient::version).assertFailed(OllamaException.Status.class);
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.rawBody()).isEqualTo("half");
        }
    }

    @Test
    void a9ANonAnswerIsStillATimeout() {
        OllamaException.Timeout error = CallResult.of(
                        STALL, c -> c.firstEventTimeout(Duration.ofMillis(200)), OllamaClient::version)
                .assertFailed(OllamaException.Timeout.class);
        assertThat(error.phase()).isEqualTo(Phase.FIRST_EVENT);
    }

    static Stream<Arguments> calls() {
        Function<OllamaClient, Flux<?>> version = OllamaClient::version;
        Function<OllamaClient, Flux<?>> models = OllamaClient::models;
        Function<OllamaClient, Flux<?>> show = c -> c.show(ShowRequest.of("m"));
        Function<OllamaClient, Flux<?>> blob = c -> c.blobExists("sha256:" + "a".repeat(64));
        Function<OllamaClient, Flux<?>> chat = c -> c.chat(CHAT);
        Function<OllamaClient, Flux<?>> generate = c -> c.generate(GenerateRequest.of("m", "p"));
        Function<OllamaClient, Flux<?>> pull = c -> c.pull(PullRequest.of("m"));
        Function<OllamaClient, Flux<?>> delete = c -> c.delete("m");
        Function<OllamaClient, Flux<?>> copy = c -> c.copy("m", "n");
        return Stream.of(
                Arguments.of("version", version, true),
                Arguments.of("models", models, true),
                Arguments.of("show", show, true),
                Arguments.of("blobExists", blob, true),
                Arguments.of("chat", chat, false),
                Arguments.of("generate", generate, false),
                Arguments.of("pull", pull, false),
                Arguments.of("delete", delete, false),
                Arguments.of("copy", copy, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void a10WhatMayHaveBegunIsSentAgainOnlyWhereItReads(
            String name, Function<OllamaClient, Flux<?>> call, boolean reads) {
        for (int status : new int[] {429, 502, 503, 504, 500}) {
            boolean repeated = status == 429 || status == 503 || reads && status != 500;
            try (OllamaTestServer server =
                    OllamaTestServer.start().otherwise(request -> Answer.json(status, "{\"error\":\"later\"}"))) {
                OllamaException.Status error = CallResult.of(server, call).assertFailed(OllamaException.Status.class);
                assertThat(error.status()).isEqualTo(status);
                assertThat(server.requests()).as("%s after %d", name, status).hasSize(repeated ? 3 : 1);
            }
        }
    }

    private static final byte[] GZIP = {
        0x1f,
        (byte) 0x8b,
        8,
        0,
        0,
        0,
        0,
        0,
        0,
        (byte) 0xff,
        (byte) 0xab,
        0x56,
        0x2a,
        0x4b,
        0x2d,
        0x2a,
        (byte) 0xce,
        0x0a
    };

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "zstd"})
    void a11AnEncodedBodyIsNamedAndNotShown(String encoding) {
        for (int status : new int[] {200, 500}) {
            Answer answer = Answer.chunks(GZIP).status(status).header("Content-Encoding", encoding);
            for (Function<OllamaClient, Flux<?>> call : List.<Function<OllamaClient, Flux<?>>>of(
                    OllamaClient::version, OllamaClient::models, c -> c.chat(CHAT))) {
                CallResult outcome = CallResult.of(answer, call);
                OllamaException error = status == 200
                        ? outcome.assertFailed(OllamaException.Protocol.class)
                        : outcome.assertFailed(OllamaException.Status.class);
                assertThat(error).hasMessageContaining("encoded as " + encoding);
                noBinary(error);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void a11BinaryWithoutAnEncodingIsNotShown(int status) {
        noBinary(CallResult.of(Answer.chunks(GZIP).status(status), c -> c.chat(CHAT))
                .assertFailed(OllamaException.class));
    }

    private static void noBinary(OllamaException error) {
        assertThat(error.getMessage().chars()).noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
    }

    @Test
    void a11WhatTheHookDecodesIsRead() {
        CallResult.of(VERSION.header("Content-Encoding", "identity"), OllamaClient::version)
                .assertCompleted(new Version("1"));
        CallResult.of(Answer.of(200).header("Content-Encoding", "gzip"), OllamaClient::alive)
                .assertCompleted(new Alive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.1", "127.0.1", "localhost."})
    void a12NamesThatTheSystemKnows(String host) {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/api/version", VERSION)) {
            version(config(host + ":" + server.port())).assertCompleted(new Version("1"));
        }
    }

    @Test
    void a12NamesThatNobodyKnows() {
        version(config("no-such-host.invalid")).assertDisconnected(Problem.UNKNOWN_HOST);
        version(config("no-such-host.local")).assertFailed(OllamaException.class);
    }

    private static Answer redirect(int status, String location) {
        return Answer.of(status).header("Location", location).body("");
    }

    @Test
    void a14ARedirectWithoutReasonPhraseNamesItsTarget() {
        try (RawServer server = new RawServer(request -> request.peer()
                .write("HTTP/1.1 307 \r\nLocation: http://user:secret@other.example/api/version\r\n"
                        + "Content-Length: 0\r\n\r\n"))) {
            OllamaException.Status error = version(config(server.baseUrl())).assertFailed(OllamaException.Status.class);
            assertThat(error.kind()).isEqualTo(Kind.REDIRECT);
            assertThat(error.getMessage())
                    .startsWith("307, redirects to http://other.example/api/version")
                    .doesNotContain("307 :")
                    .doesNotContain("secret")
                    .doesNotContain("loop");
        }
    }

    @Test
    void a14ALoopIsCalledOne() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("GET", "/api/version", redirect(307, "/a"))
                    .answer("GET", "/a", redirect(302, server.baseUrl() + "/b"))
                    .answer("GET", "/b", redirect(307, "/a"));
            OllamaException.Status error =
                    version(config(server.baseUrl()).followRedirects(true)).assertFailed(OllamaException.Status.class);
            assertThat(error.kind()).isEqualTo(Kind.REDIRECT);
            assertThat(error.getMessage())
                    .contains("307")
                    .contains("in a loop to " + server.baseUrl() + "/a")
                    .contains("after 2 redirects");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void a14ARedirectToItselfIsALoop() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", redirect(308, server.baseUrl() + "/api/chat"));
            for (boolean follow : new boolean[] {false, true}) {
                OllamaException.Status error = CallResult.of(server, c -> c.followRedirects(follow), c -> c.chat(CHAT))
                        .assertFailed(OllamaException.Status.class);
                assertThat(error.getMessage()).contains("308").contains("in a loop to " + server.baseUrl());
            }
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a14AChainWithoutEndEnds() {
        try (RawServer server = new RawServer(request -> request.peer()
                .write("HTTP/1.1 307 Moved\r\nLocation: " + request.path() + "x\r\nContent-Length: 0\r\n\r\n"))) {
            OllamaException.Status error =
                    version(config(server.baseUrl()).followRedirects(true)).assertFailed(OllamaException.Status.class);
            assertThat(error.getMessage()).contains("307 Moved, redirects to ").contains("redirects (");
        }
    }
}
