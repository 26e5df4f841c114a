// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with four local models and a clock that the test moves, and a client for it. */
final class LocalModelsServer implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T08:00:00Z"));
    private final LocalModels models = LocalModels.of(
                    Model.of("gemma3:270m").capabilities("completion"),
                    Model.of("llama3.2"),
                    Model.of("qwen3").capabilities("completion", "thinking", "tools"),
                    Model.of("all-minilm:22m").embeddingLength(8).contextLength(16))
            .clock(now::get);
    private final OllamaTestServer server = OllamaTestServer.start().otherwise(models);

    LocalModels models() {
        return models;
    }

    void answerWith(Function<ReceivedRequest, Answer> other) {
        server.otherwise(other);
    }

    void advanceClock(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                    .method(method, body)
                    .build();
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException {
        return send(method, path, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    JsonNode get(String path) throws IOException {
        return json(send("GET", path, ""));
    }

    HttpResponse<String> post(String path, String body) throws IOException {
        return send("POST", path, body);
    }

    /** The names of the models that tags or ps lists. */
    List<String> names(String path) throws IOException {
        return get(path)
                .path("models")
                .valueStream()
                .map(model -> model.path("name").asString())
                .toList();
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The status of each progress line. */
    static List<String> statuses(HttpResponse<String> response) {
        return response.body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).path("status").asString("none"))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
