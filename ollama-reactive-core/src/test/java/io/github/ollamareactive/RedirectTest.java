// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.wire.CallResult;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Redirects are errors by default. When followed, a POST stays a POST, and another host gets no credentials. */
final class RedirectTest {
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("x"));
    private static final Answer DONE = Answer.ndjson("{\"done\":true}");

    private final OllamaTestServer server = OllamaTestServer.start();
    private final OllamaTestServer other = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private OllamaClient client(boolean follow) {
        return OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.baseUrl())
                .apiKey("secret")
                .header("X-Api-Key", "secret")
                .headerSource(Mono.just(Map.of("X-Token", "secret")))
                .followRedirects(follow));
    }

    private static OllamaException.Status refusal(Flux<?> call) {
        return CallResult.of(call).error(OllamaException.Status.class);
    }

    private static void assertCompletes(Flux<?> call) {
        assertThat(CallResult.of(call).error()).isNull();
    }

    private static Answer redirect(int status, OllamaTestServer target, String path) {
        return Answer.of(status).header("Location", target.baseUrl() + path).body("");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void byDefaultARedirectIsAnErrorThatNamesItsTarget(int status) {
        server.answer("POST", "/api/chat", redirect(status, other, "/api/chat"));
        try (OllamaClient client = client(false)) {
            OllamaException.Status error = refusal(client.chat(CHAT));
            assertThat(error.kind()).isEqualTo(Kind.REDIRECT);
            assertThat(error.location()).isEqualTo(other.baseUrl() + "/api/chat");
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void aFollowedRedirectSendsTheBodyAgainAndNoCredentialsToAnotherHost(int status) {
        server.answer("POST", "/api/chat", redirect(status, other, "/elsewhere"));
        other.answer("POST", "/elsewhere", DONE);
        try (OllamaClient client = client(true)) {
            assertCompletes(client.chat(CHAT));
            ReceivedRequest received = other.requests().get(0);
            assertThat(received.body()).isEqualTo(CHAT.fields().toString());
            assertThat(received.headers().toString()).doesNotContain("secret");
            assertThat(server.requests().get(0).header("Authorization")).hasValue("Bearer secret");
        }
    }

    @Test
    void credentialsAreSentAgainToTheSameHost() {
        server.answer("POST", "/api/chat", redirect(307, server, "/elsewhere")).answer("POST", "/elsewhere", DONE);
        try (OllamaClient client = client(true)) {
            assertCompletes(client.chat(CHAT));
            assertThat(server.requests().get(1).header("Authorization")).hasValue("Bearer secret");
            assertThat(server.requests().get(1).header("X-Token")).hasValue("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void aPostNeverBecomesAGet(int status) {
        server.answer("POST", "/api/chat", redirect(status, other, "/api/chat"));
        try (OllamaClient client = client(true)) {
            assertThat(refusal(client.chat(CHAT)).kind()).isEqualTo(Kind.REDIRECT);
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aGetIsFollowed(int status) {
        server.answer("GET", "/api/version", redirect(status, other, "/api/version"));
        other.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"1\"}"));
        try (OllamaClient client = client(true)) {
            assertCompletes(client.version());
            assertThat(other.requests()).hasSize(1);
        }
    }
}
