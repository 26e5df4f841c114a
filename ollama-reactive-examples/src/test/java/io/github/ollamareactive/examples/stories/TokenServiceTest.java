// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;

/** The responses of the token service. */
final class TokenServiceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String RECORDED_ANSWER =
            " Blue is a color that reflects light. It is a color that absorbs light.\n";
    private final OllamaTestServer model = OllamaTestServer.start();
    private final OllamaClient ollama =
            OllamaClient.create(TokenService.withSmallBuffer(OllamaClientConfig.fromEnvironment(Map.of()))
                    .baseUrl(model.baseUrl()));
    private final DisposableServer service = new TokenService(ollama, "m").start(0);

    @AfterEach
    void close() {
        service.disposeNow();
        ollama.close();
        model.close();
    }

    private String get(String uri) {
        return HttpClient.create()
                .baseUrl("http://127.0.0.1:" + service.port())
                .get()
                .uri(uri)
                .responseSingle((response, body) -> body.asString()
                        .map(text -> response.status().code() + " "
                                + response.responseHeaders().get("Content-Type") + "\n" + text))
                .block(TIMEOUT);
    }

    private static void assertIsRecordedAnswer(List<JsonValue> documents) {
        String text = documents.stream()
                .filter(document -> document.get("text") != null)
                .map(document -> document.get("text").asString())
                .collect(Collectors.joining());
        assertThat(text).isEqualTo(RECORDED_ANSWER);
        assertThat(documents.get(documents.size() - 1))
                .hasToString("{\"done\":\"stop\",\"tokens\":19,\"tokensPerSecond\":14.432758506592283}");
    }

    @Test
    void pageIsServed() {
        assertThat(get("/")).startsWith("200 text/html; charset=utf-8\n<!DOCTYPE html>");
    }

    @Test
    void tokensAsServerSentEvents() {
        model.answer("POST", "/api/generate", Answer.of(Recording.bundled("generate-stream")));
        String answer = get("/events?prompt=Why%20is%20the%20sky%20blue%3F");
        assertThat(answer).startsWith("200 text/event-stream\n").endsWith("\n\n");
        List<String> events = List.of(answer.substring(answer.indexOf('\n') + 1).split("\n\n"));
        assertThat(events).allMatch(event -> event.startsWith("data: "));
        assertIsRecordedAnswer(events.stream()
                .map(event -> JsonValue.parse(event.substring("data: ".length())))
                .toList());
        assertThat(model.requests().get(0).json("prompt")).contains("Why is the sky blue?");
    }

    @Test
    void tokensAsNdjson() throws IOException {
        model.answer("POST", "/api/generate", Answer.of(Recording.bundled("generate-stream")));
        String answer = get("/ndjson?prompt=Why+is+the+sky+blue%3F");
        assertThat(answer).startsWith("200 application/x-ndjson\n");
        assertIsRecordedAnswer(answer.lines().skip(1).map(JsonValue::parse).toList());
        String shown = StoriesDocument.output("TokenService");
        assertThat(answer.substring(answer.indexOf('\n') + 1)).isEqualTo(shown);
    }

    @Test
    void errorsAreReported() {
        model.answer("POST", "/api/generate", Errors.modelNotFound("m"));
        assertThat(get("/ndjson?prompt=x")).contains("{\"error\":\"").contains("'m' not found");
        assertThat(get("/events")).startsWith("400 ");
        assertThat(get("/events?prompt=%20")).startsWith("400 ");
    }
}
