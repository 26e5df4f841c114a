// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.VirtualTime;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals: what of the server's status, headers and body the error keeps. */
final class StatusErrorsTest {
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("hi"));

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private OllamaException.Status refusal(Answer answer) {
        return refusal(answer, UnaryOperator.identity());
    }

    private OllamaException.Status refusal(Answer answer, UnaryOperator<OllamaClientConfig> change) {
        server.answer("POST", "/api/chat", answer);
        CallResult result = CallResult.of(server, change, client -> client.chat(CHAT));
        assertThat(result.events()).isEmpty();
        return result.error(OllamaException.Status.class);
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
    void aRefusalKeepsTheServersWords(int status, String body, Kind kind, String words) {
        OllamaException.Status error = refusal(Answer.of(status).body(body).header("Location", "/elsewhere"));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.serverMessage()).isEqualTo(words);
        assertThat(error.rawBody()).isEqualTo(body);
        assertThat(error.location()).isEqualTo("/elsewhere");
        assertThat(error).hasMessageContaining(words).hasMessageContaining(server.baseUrl());
    }

    @Test
    void anEmptyRefusalSaysItsReasonPhrase() {
        OllamaException.Status error = refusal(Answer.of(403).body(""));
        assertThat(error.serverMessage()).isEqualTo("Forbidden");
        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void aRefusalKeepsTheSigninUrl() {
        OllamaException.Status error = refusal(
                Answer.json(401, "{\"error\":\"unauthorized\",\"signin_url\":\"https://ollama.com/connect?x\"}"));
        assertThat(error.signinUrl()).isEqualTo("https://ollama.com/connect?x");
    }

    @Test
    void theBodyOfARefusalIsReadUpToItsLimit() {
        OllamaException.Status error =
                refusal(Answer.of(500).body("x".repeat(100_000)), config -> config.maxErrorBodyBytes(10));
        assertThat(error.rawBody()).isEqualTo("x".repeat(10));
    }

    @Test
    void aRefusalWhoseBodyIsCutIsStillThatRefusal() {
        OllamaException.Status error =
                refusal(Answer.chunks("{\"error\":\"hal".getBytes()).status(500).thenClose());
        assertThat(error.status()).isEqualTo(500);
        assertThat(error.serverMessage()).isEqualTo("{\"error\":\"hal");
    }

    @Test
    void aRefusalWhoseBodyStallsIsStillThatRefusal() {
        ReceivedBytes received = new ReceivedBytes();
        server.otherwise(request -> Answer.chunks("half".getBytes()).status(500).thenSilence());
        try (VirtualTime time = VirtualTime.stopped();
                OllamaClient client = OllamaClient.create(received.observe(CallResult.config(server)))) {
            OllamaException.Status error = time.passUntilTheEndOf(
                            client.chat(CHAT),
                            Duration.ofSeconds(1),
                            () -> received.text().contains("half"))
                    .error(OllamaException.Status.class);
            assertThat(error.status()).isEqualTo(500);
            assertThat(error.rawBody()).isEqualTo("half");
        }
    }
}
