// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.transport.ProxyProvider;

/** Each way to fail is an error of its own type, with the server's words and whatever had arrived. */
final class ErrorsTest {
    private static final String A = "{\"message\":{\"role\":\"assistant\",\"content\":\"Blue\"},\"done\":false}";
    private static final String B = "{\"message\":{\"role\":\"assistant\",\"content\":\" sky\"},\"done\":false}";
    private static final String DONE = "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true}";
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("hi"));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private record Outcome(List<GenerationEvent> events, Throwable error) {
        <E extends OllamaException> E error(Class<E> type) {
            assertThat(error).isInstanceOf(type);
            assertThat(error.getMessage()).isNotBlank();
            return type.cast(error);
        }
    }

    private Outcome chat(Answer answer) {
        return chat(answer, UnaryOperator.identity());
    }

    private Outcome chat(Answer answer, UnaryOperator<OllamaClientConfig> change) {
        server.answer("POST", "/api/chat", answer);
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of()).baseUrl(server.baseUrl());
        try (OllamaClient client = OllamaClient.create(change.apply(config))) {
            List<GenerationEvent> events = new ArrayList<>();
            Throwable error = client.chat(CHAT)
                    .doOnNext(events::add)
                    .then()
                    .materialize()
                    .map(signal -> signal.isOnError() ? signal.getThrowable() : new AssertionError("no error"))
                    .block(LIMIT);
            return new Outcome(events, error);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "400 | {\"error\":\"bad\"} | BAD_REQUEST | bad",
                "400 | panic! | BAD_REQUEST | panic!",
                "400 | {\"error\":\"\\\"test\\\" does not support thinking\"} | UNSUPPORTED | \"test\" does not support thinking",
                "400 | {\"error\":\"model is required\"} | MODEL_NOT_FOUND | model is required",
                "401 | {\"error\":\"unauthorized\"} | UNAUTHORIZED | unauthorized",
                "403 | {\"error\":\"ollama cloud is disabled\"} | FORBIDDEN | ollama cloud is disabled",
                "404 | {\"error\":\"model 'x' not found\"} | MODEL_NOT_FOUND | model 'x' not found",
                "404 | 404 page not found | NOT_FOUND | 404 page not found",
                "405 | 405 method not allowed | BAD_REQUEST | 405 method not allowed",
                "429 | {\"error\":\"slow down\"} | RATE_LIMITED | slow down",
                "500 | \"just text\" | SERVER_ERROR | just text",
                "500 | {\"error\":{\"code\":1}} | SERVER_ERROR | {\"code\":1}",
                "501 | {\"error\":\"no embeddings\"} | UNSUPPORTED | no embeddings",
                "502 | <html><body>Bad Gateway</body></html> | SERVER_ERROR | <html><body>Bad Gateway</body></html>",
                "503 | {\"error\":\"server busy, please try again.\"} | OVERLOADED | server busy, please try again.",
                "301 | moved | REDIRECT | moved",
            })
    void refusalsKeepTheServersWords(int status, String body, Kind kind, String words) {
        Outcome outcome = chat(Answer.of(status).body(body).header("Location", "/elsewhere"));
        OllamaException.Status error = outcome.error(OllamaException.Status.class);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.serverMessage()).isEqualTo(words);
        assertThat(error.rawBody()).isEqualTo(body);
        assertThat(error.location()).isEqualTo("/elsewhere");
        assertThat(error).hasMessageContaining(words).hasMessageContaining(server.baseUrl());
        assertThat(outcome.events()).isEmpty();
    }

    @Test
    void anEmptyRefusalSaysItsReasonPhrase() {
        OllamaException.Status error = chat(Answer.of(403).body("")).error(OllamaException.Status.class);
        assertThat(error.serverMessage()).isEqualTo("Forbidden");
        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void aRefusalKeepsTheSigninUrl() {
        OllamaException.Status error = chat(Answer.json(
                        401, "{\"error\":\"unauthorized\",\"signin_url\":\"https://ollama.com/connect?x\"}"))
                .error(OllamaException.Status.class);
        assertThat(error.signinUrl()).isEqualTo("https://ollama.com/connect?x");
    }

    @Test
    void aRefusalsBodyIsCappedAndMayBeCut() {
        OllamaException.Status capped = chat(Answer.of(500).body("x".repeat(100_000)), c -> c.maxErrorBodyBytes(10))
                .error(OllamaException.Status.class);
        assertThat(capped.rawBody()).isEqualTo("x".repeat(10));

        OllamaException.Status cut = chat(Answer.chunks("{\"error\":\"hal".getBytes())
                        .status(500)
                        .thenClose())
                .error(OllamaException.Status.class);
        assertThat(cut.status()).isEqualTo(500);
        assertThat(cut.serverMessage()).isEqualTo("{\"error\":\"hal");
    }

    @Test
    void anErrorLineCarriesThePartialAnswer() {
        Outcome outcome = chat(Answer.ndjson(A, B, "{\"error\":\"runner died\"}", DONE));
        OllamaException.Stream error = outcome.error(OllamaException.Stream.class);
        assertThat(error.serverMessage()).isEqualTo("runner died");
        assertThat(error.partial().text()).isEqualTo("Blue sky");
        assertThat(error.partial().events()).isEqualTo(2);
        assertThat(error.partial().stats().events()).isEqualTo(2);
        assertThat(error.partial().stats().characters()).isEqualTo(8);
        assertThat(outcome.events()).hasSize(2);
    }

    @Test
    void anEndWithoutDoneIsIncomplete() {
        OllamaException.Stream error = chat(Answer.ndjson(A, B)).error(OllamaException.Stream.class);
        assertThat(error).hasMessageContaining("without done");
        assertThat(error.serverMessage()).isNull();
        assertThat(error.fragmentBytes()).isZero();
        assertThat(error.partial().text()).isEqualTo("Blue sky");
    }

    @Test
    void anEndInMidLineIsIncompleteAndSaysHowLongTheFragmentIs() {
        for (String fragment : List.of(
                "{\"message\":{\"content\":\"secret", "{\"done\":tru", "{", "{\"x\":\"\u00e4".substring(0, 6))) {
            OllamaException.Stream error = chat(Answer.chunks((A + "\n").getBytes(), fragment.getBytes()))
                    .error(OllamaException.Stream.class);
            assertThat(error.fragmentBytes()).isEqualTo(fragment.length());
            assertThat(error.getMessage()).doesNotContain("secret");
            assertThat(error.partial().text()).isEqualTo("Blue");
        }
    }

    @Test
    void cutResetAndUnfinishedAreThreeDifferentErrors() {
        byte[] half = (A + "\n{\"message\":").getBytes();
        OllamaException.Connection cut = chat(Answer.chunks(half).thenClose()).error(OllamaException.Connection.class);
        assertThat(cut.problem()).isEqualTo(Problem.CUT);
        assertThat(cut.partial().text()).isEqualTo("Blue");
        assertThat(cut.getCause()).isNotNull();
        assertThat(cut.baseUrl()).isEqualTo(server.baseUrl());
    }

    @Test
    void aResetKeepsItsCause() {
        OllamaException.Connection reset = chat(Answer.chunks((A + "\n{\"message\":").getBytes())
                        .thenReset())
                .error(OllamaException.Connection.class);
        assertThat(reset.problem()).isEqualTo(Problem.RESET);
        assertThat(reset.getCause()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<html>login</html>",
                "[1]",
                "42",
                "\"text\"",
                "{\"message\":{\"content\":42}}",
                "{\"message\":\"x\"}",
                "{\"done\":\"yes\"}",
                "{\"a\":1} x",
                "{\"a\":1}{\"b\":2}",
                "{bad}",
                "{\"created_at\":\"yesterday\",\"done\":true}",
                "{\"done\":true,\"context\":[3000000000]}",
                "{\"done\":true,\"context\":[null]}",
                "{\"done\":true,\"eval_count\":1.9}",
                "{\"done\":true,\"total_duration\":1e30}",
                "{\"done\":true,\"total_duration\":99999999999999999999}",
                "{\"message\":{\"content\":\"x\"},\"done\":true,\"image\":\"***\"}",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"index\":3000000000,\"name\":\"f\"}}]}}",
                "{\"created_at\":\"yesterday\",\"message\":{\"content\":\"x\"},\"done\":true}",
                "{\"response\":\"x\",\"image\":\"***\"}"
            })
    void aMalformedLineIsNamedAndNeverSkipped(String line) {
        Outcome outcome = chat(Answer.ndjson(A, line, DONE));
        OllamaException.Protocol error = outcome.error(OllamaException.Protocol.class);
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.excerpt()).isEqualTo(line);
        assertThat(error.partial().text()).isEqualTo("Blue");
        assertThat(error.partial().events()).isEqualTo(1);
        assertThat(outcome.events()).hasSize(1);
    }

    @Test
    void theExcerptIsShortAndCanBeSwitchedOff() {
        String line = "{bad " + "secret".repeat(100);
        assertThat(chat(Answer.ndjson(line))
                        .error(OllamaException.Protocol.class)
                        .excerpt())
                .hasSize(201);
    }

    @Test
    void withoutExcerptNoWordOfTheLineIsShown() {
        OllamaException.Protocol error =
                chat(Answer.ndjson("secret {bad"), c -> c.errorExcerptBytes(0)).error(OllamaException.Protocol.class);
        assertThat(error.excerpt()).isEmpty();
        assertThat(error.getMessage()).doesNotContain("secret");
        assertThat(error.getCause()).isNull();
    }

    @Test
    void aLineOverTheLimitIsRefused() {
        OllamaException.Protocol error = chat(
                        Answer.ndjson(A, "{\"message\":{\"content\":\"" + "x".repeat(1000) + "\"}}"),
                        c -> c.maxLineBytes(500))
                .error(OllamaException.Protocol.class);
        assertThat(error).hasMessageContaining("500 bytes");
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.partial().text()).isEqualTo("Blue");
    }

    @Test
    void nineMegabytesPassTheDefaultLimit() {
        server.answer("POST", "/api/chat", Answer.ndjson(A.replace("Blue", "x".repeat(9_000_000)), DONE));
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            GenerationEvent first = client.chat(CHAT).blockFirst(LIMIT);
            assertThat(((GenerationEvent.Token) first).text()).hasSize(9_000_000);
        }
    }

    @Test
    void nobodyListening() {
        int port = server.port();
        server.close();
        try (OllamaClient client = OllamaClient.create("http://user:secret@127.0.0.1:" + port)) {
            for (Flux<?> call :
                    List.of(client.chat(CHAT), client.models(), client.alive(), client.pull(PullRequest.of("m")))) {
                Throwable error = call.then().materialize().block(LIMIT).getThrowable();
                assertThat(error).isInstanceOf(OllamaException.Connection.class);
                assertThat(((OllamaException.Connection) error).problem()).isEqualTo(Problem.REFUSED);
                assertThat(error)
                        .hasMessageContaining("http://127.0.0.1:" + port)
                        .hasMessageContaining("ollama serve")
                        .hasMessageContaining("OLLAMA_HOST");
                assertThat(error.toString()).doesNotContain("secret");
                assertThat(error.getCause()).isNotNull();
            }
        }
    }

    @Test
    void aPortOfOneDigitIsAPort() {
        try (OllamaClient client = OllamaClient.create("127.0.0.1:1")) {
            Throwable error = client.version().then().materialize().block(LIMIT).getThrowable();
            assertThat(((OllamaException.Connection) error).problem()).isEqualTo(Problem.REFUSED);
            assertThat(error).hasMessageContaining("http://127.0.0.1:1");
        }
    }

    @Test
    void aNumberThatFitsNothingEndsTheCallOfADocumentToo() {
        server.answer("GET", "/api/tags", Answer.json(200, "{\"models\":[{\"name\":\"a\",\"size\":1e99999999999}]}"));
        server.answer(
                "POST",
                "/api/show",
                Answer.json(200, "{\"tensors\":[{\"name\":\"a\",\"type\":\"b\",\"shape\":[\"x\"]}]}"));
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            for (Flux<?> call : List.of(client.models(), client.show(ShowRequest.of("m")))) {
                assertThat(call.then().materialize().block(LIMIT).getThrowable())
                        .isInstanceOf(OllamaException.Protocol.class)
                        .hasMessageContaining("number");
            }
        }
    }

    @Test
    void aRefusalWhoseBodyStallsIsStillThatRefusal() {
        OllamaException.Status error =
                chat(Answer.chunks("half".getBytes()).status(500).thenSilence()).error(OllamaException.Status.class);
        assertThat(error.status()).isEqualTo(500);
        assertThat(error.rawBody()).isEqualTo("half");
    }

    @Test
    void anEmptyTimeIsNone() {
        server.answer("POST", "/api/chat", Answer.ndjson("{\"created_at\":\"\",\"done\":true}"));
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            assertThat(((GenerationEvent.Done) client.chat(CHAT).blockLast(LIMIT)).createdAt())
                    .isNull();
        }
    }

    @Test
    void aProxyThatRefusesIsNoMissingOllama() {
        server.answer("CONNECT", "127.0.0.1:1", Answer.of(407).body(""));
        server.otherwise(r -> Answer.of(407).body(""));
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl("127.0.0.1:1")
                .httpClient(http -> http.proxy(proxy ->
                        proxy.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(server.port())));
        try (OllamaClient client = OllamaClient.create(config)) {
            Throwable error = client.version().then().materialize().block(LIMIT).getThrowable();
            assertThat(((OllamaException.Connection) error).problem()).isNotEqualTo(Problem.REFUSED);
            assertThat(error.getMessage()).doesNotContain("ollama serve");
        }
    }

    @Test
    void aClosedClientFailsLaterCalls() {
        server.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"1\"}"));
        OllamaClient client = OllamaClient.create(server.baseUrl());
        OllamaClient derived = client.with(c -> c.header("X-A", "b"));
        derived.close();
        assertThat(client.version().blockLast(LIMIT)).isNotNull();
        client.close();
        for (OllamaClient closed : List.of(client, derived)) {
            assertThat(closed.version().then().materialize().block(LIMIT).getThrowable())
                    .isInstanceOf(OllamaException.Connection.class)
                    .hasMessageContaining("this client is closed");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void derivedClientsShareTheConnections() {
        server.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"1\"}"));
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            for (int i = 0; i < 20; i++) {
                client.with(c -> c.idleTimeout(Duration.ofMinutes(3))).version().blockLast(LIMIT);
            }
            // A call may begin before the connection of the one before is back.
            assertThat(server.connectionsAccepted()).isLessThan(10);
        }
    }

    @Test
    void anUnknownHost() {
        try (OllamaClient client = OllamaClient.create("no-such-host.invalid")) {
            Throwable error = client.version().then().materialize().block(LIMIT).getThrowable();
            assertThat(((OllamaException.Connection) error).problem()).isEqualTo(Problem.UNKNOWN_HOST);
        }
    }

    @Test
    void theFirstEventHasALimitOfItsOwn() {
        OllamaException.Timeout error = chat(
                        Answer.ndjson(A).delayHeaders(Duration.ofMinutes(1)),
                        c -> c.firstEventTimeout(Duration.ofMillis(200)))
                .error(OllamaException.Timeout.class);
        assertThat(error.phase()).isEqualTo(Phase.FIRST_EVENT);
        assertThat(error.limit()).isEqualTo(Duration.ofMillis(200));
        server.exchange(0).flatMap(e -> e.clientGone()).block(LIMIT);
    }

    @Test
    void silenceInMidStreamHasAnother() {
        OllamaException.Timeout error = chat(
                        Answer.ndjson(A, B).thenSilence(), c -> c.idleTimeout(Duration.ofMillis(200)))
                .error(OllamaException.Timeout.class);
        assertThat(error.phase()).isEqualTo(Phase.IDLE);
        assertThat(error.partial().text()).isEqualTo("Blue sky");
        server.exchange(0).flatMap(e -> e.clientGone()).block(LIMIT);
    }

    @Test
    void theWholeMayHaveOneToo() {
        Flux<String> lines =
                Flux.interval(Duration.ofMillis(20)).onBackpressureDrop().map(i -> A);
        OllamaException.Timeout error = chat(Answer.lines(lines), c -> c.totalTimeout(Duration.ofMillis(300)))
                .error(OllamaException.Timeout.class);
        assertThat(error.phase()).isEqualTo(Phase.TOTAL);
        assertThat(error.partial().text()).startsWith("Blue");
    }

    @Test
    void aFailingHeaderSourceFailsTheCall() {
        OllamaException.Connection error = chat(
                        Answer.ndjson(DONE), c -> c.headerSource(Mono.error(new IllegalStateException("no token"))))
                .error(OllamaException.Connection.class);
        assertThat(error).hasMessageContaining("no token");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPullWithoutSuccessHasFailed() {
        server.answer("POST", "/api/pull", Answer.ndjson("{\"status\":\"pulling manifest\"}"));
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            List<ProgressEvent> events = new ArrayList<>();
            Throwable error = client.pull(PullRequest.of("m"))
                    .doOnNext(events::add)
                    .then()
                    .materialize()
                    .block(LIMIT)
                    .getThrowable();
            assertThat(events).containsExactly(new ProgressEvent.Status("pulling manifest"));
            assertThat(error).isInstanceOf(OllamaException.Stream.class).hasMessageContaining("without success");
        }
    }

    @Test
    void aPortThatSpeaksNoHttpIsSaidSo() throws Exception {
        try (java.net.ServerSocket socket =
                        new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                OllamaClient client = OllamaClient.create("127.0.0.1:" + socket.getLocalPort())) {
            Thread peer = new Thread(() -> {
                try (java.net.Socket s = socket.accept()) {
                    s.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes());
                    s.getInputStream().readNBytes(10_000);
                } catch (java.io.IOException e) {
                    // The client hangs up, as it should.
                }
            });
            peer.start();
            Throwable error = client.version().then().materialize().block(LIMIT).getThrowable();
            assertThat(error)
                    .isInstanceOf(OllamaException.Protocol.class)
                    .hasMessageContaining("does not speak HTTP/1.1");
        }
    }
}
