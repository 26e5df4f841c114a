// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.transport.ProxyProvider;

/** Calls that get no answer at all: nobody listens, the host is unknown, the peer speaks another protocol, the client is closed. */
final class ConnectionErrorsTest {
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("hi"));
    private static final Answer VERSION = Answer.json(200, "{\"version\":\"1\"}");

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static OllamaException.Connection error(Flux<?> call) {
        return CallResult.of(call).error(OllamaException.Connection.class);
    }

    @Test
    void i11NobodyListeningIsSaidWithoutAdviceAndShowsNoPassword() {
        int port = server.port();
        server.close();
        try (OllamaClient client = OllamaClient.create("http://user:secret@127.0.0.1:" + port)) {
            for (Flux<?> call :
                    List.of(client.chat(CHAT), client.models(), client.alive(), client.pull(PullRequest.of("m")))) {
                OllamaException.Connection error = error(call);
                assertThat(error.problem()).isEqualTo(Problem.REFUSED);
                assertThat(error)
                        .hasMessageContaining("http://127.0.0.1:" + port)
                        .hasMessageContaining("connection refused")
                        .hasMessageNotContainingAny("ollama serve", "OLLAMA_HOST");
                assertThat(error.toString()).doesNotContain("secret");
                assertThat(error.getCause()).isNotNull();
            }
        }
    }

    @Test
    void aPortOfOneDigitIsAPort() {
        try (OllamaClient client = OllamaClient.create("127.0.0.1:1")) {
            OllamaException.Connection error = error(client.version());
            assertThat(error.problem()).isEqualTo(Problem.REFUSED);
            assertThat(error).hasMessageContaining("http://127.0.0.1:1");
        }
    }

    @Test
    void anUnknownHostIsAProblemOfItsOwn() {
        try (OllamaClient client = OllamaClient.create("no-such-host.invalid")) {
            assertThat(error(client.version()).problem()).isEqualTo(Problem.UNKNOWN_HOST);
        }
    }

    @Test
    void aRefusingProxyIsNotReportedAsAMissingServer() {
        server.answer("CONNECT", "127.0.0.1:1", Answer.of(407).body(""));
        server.otherwise(request -> Answer.of(407).body(""));
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl("127.0.0.1:1")
                .httpClient(http -> http.proxy(proxy ->
                        proxy.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(server.port())));
        try (OllamaClient client = OllamaClient.create(config)) {
            OllamaException.Connection error = error(client.version());
            assertThat(error.problem()).isNotEqualTo(Problem.REFUSED);
            assertThat(error.getMessage()).doesNotContain("ollama serve");
        }
    }

    @Test
    void aPeerThatSpeaksNoHttpIsAProtocolError() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                OllamaClient client = OllamaClient.create("127.0.0.1:" + socket.getLocalPort())) {
            Thread peer = new Thread(() -> {
                try (Socket accepted = socket.accept()) {
                    accepted.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes());
                    accepted.getInputStream().readNBytes(10_000);
                } catch (IOException e) {
                    // The client hangs up, as it should.
                }
            });
            peer.start();
            assertThat(CallResult.of(client.version()).error(OllamaException.Protocol.class))
                    .hasMessageContaining("does not speak HTTP/1.1");
        }
    }

    @Test
    void aFailingHeaderSourceFailsTheCall() {
        server.answer("GET", "/api/version", VERSION);
        OllamaException.Connection error = CallResult.of(
                        server,
                        config -> config.headerSource(Mono.error(new IllegalStateException("no token"))),
                        OllamaClient::version)
                .error(OllamaException.Connection.class);
        assertThat(error).hasMessageContaining("no token");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aClosedClientFailsLaterCallsAndADerivedOneClosesNothing() {
        server.answer("GET", "/api/version", VERSION);
        OllamaClient client = OllamaClient.create(server.baseUrl());
        OllamaClient derived = client.with(config -> config.header("X-A", "b"));
        derived.close();
        assertThat(CallResult.of(client.version()).error()).isNull();
        client.close();
        for (OllamaClient closed : List.of(client, derived)) {
            assertThat(error(closed.version())).hasMessageContaining("this client is closed");
        }
        assertThat(server.requests()).hasSize(1);
    }
}
