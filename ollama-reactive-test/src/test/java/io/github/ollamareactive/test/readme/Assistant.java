// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.readme;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A minimal application that uses Ollama. It reads an answer as a whole, not as a stream. */
final class Assistant {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;

    Assistant(String baseUrl) {
        http = HttpClient.create().baseUrl(baseUrl);
    }

    Flux<String> ask(String question) {
        String body = JSON.writeValueAsString(
                Map.of("model", "llama3.2", "messages", List.of(Map.of("role", "user", "content", question))));
        return http.post()
                .uri("/api/chat")
                .send(ByteBufFlux.fromString(Mono.just(body)))
                .responseContent()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .flatMapIterable(text -> text.lines().toList())
                .map(JSON::readTree)
                .takeUntil(line -> line.path("done").asBoolean(false))
                .handle((line, texts) -> {
                    JsonNode error = line.path("error");
                    if (!error.isMissingNode()) {
                        texts.error(new IllegalStateException(error.asString()));
                    } else if (!line.at("/message/content").asString("").isEmpty()) {
                        texts.next(line.at("/message/content").asString());
                    }
                });
    }
}
