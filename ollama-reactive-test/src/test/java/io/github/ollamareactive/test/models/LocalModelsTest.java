// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.internal.models.Digest;
import io.github.ollamareactive.test.internal.models.ModelName;
import io.github.ollamareactive.test.recordings.Recording;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LocalModelsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T08:00:00Z"));
    private final LocalModels models = LocalModels.of(
                    Model.of("gemma3:270m").capabilities("completion"),
                    Model.of("llama3.2"),
                    Model.of("qwen3").capabilities("completion", "thinking", "tools"),
                    Model.of("all-minilm:22m").embeddingLength(8).contextLength(16))
            .clock(now::get);
    private final OllamaTestServer server = OllamaTestServer.start().otherwise(models);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                    .method(method, body)
                    .build();
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        return send(method, path, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private JsonNode get(String path) throws IOException {
        return json(send("GET", path, ""));
    }

    private HttpResponse<String> post(String path, String body) throws IOException {
        return send("POST", path, body);
    }

    private List<String> names(String path) throws IOException {
        return get(path)
                .path("models")
                .valueStream()
                .map(model -> model.path("name").asString())
                .toList();
    }

    private static List<String> statuses(HttpResponse<String> response) {
        return response.body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).path("status").asString("none"))
                .toList();
    }

    @Test
    void pullTagsShowChatPsCopyDelete() throws Exception {
        assertThat(post("/api/show", "{\"model\":\"mistral\"}").statusCode()).isEqualTo(404);
        assertThat(statuses(post("/api/pull", "{\"model\":\"mistral\"}")))
                .startsWith("pulling manifest")
                .endsWith("verifying sha256 digest", "writing manifest", "success");
        assertThat(names("/api/tags")).contains("mistral:latest", "gemma3:270m").hasSize(5);

        JsonNode shown = json(post("/api/show", "{\"model\":\"mistral\"}"));
        JsonNode listed = get("/api/tags").path("models").path(0);
        assertThat(shown.path("details")).isEqualTo(listed.path("details"));
        assertThat(shown.path("modified_at")).isEqualTo(listed.path("modified_at"));
        assertThat(shown.path("capabilities").toString()).isEqualTo("[\"completion\",\"tools\"]");

        assertThat(names("/api/ps")).isEmpty();
        assertThat(post(
                                "/api/chat",
                                "{\"model\":\"mistral\",\"stream\":false,\"messages\":[{\"role\":\"user\","
                                        + "\"content\":\"Hello there\"}]}")
                        .body())
                .contains("\"content\":\"You said: Hello there\"");
        JsonNode running = get("/api/ps").path("models").path(0);
        assertThat(running.path("name").asString()).isEqualTo("mistral:latest");
        assertThat(running.path("digest")).isEqualTo(listed.path("digest"));
        assertThat(running.path("expires_at").asString()).isEqualTo("2026-11-23T08:05:00Z");

        assertThat(post("/api/copy", "{\"source\":\"mistral\",\"destination\":\"me/mine:v1\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode copy = get("/api/tags")
                .path("models")
                .valueStream()
                .filter(model -> model.path("name").asString().equals("me/mine:v1"))
                .findFirst()
                .orElseThrow();
        assertThat(copy.path("digest")).isEqualTo(listed.path("digest"));

        assertThat(send("DELETE", "/api/delete", "{\"model\":\"mistral\"}").statusCode())
                .isEqualTo(200);
        assertThat(names("/api/tags")).contains("me/mine:v1").doesNotContain("mistral:latest");
        assertThat(send("DELETE", "/api/delete", "{\"model\":\"mistral\"}").body())
                .isEqualTo("{\"error\":\"model 'mistral' not found\"}");
        assertThat(names("/api/ps")).containsExactly("mistral:latest");
    }

    @Test
    void blobsAreStoredVerifiedAndMadeIntoAModel() throws Exception {
        byte[] gguf = "GGUF and more".getBytes();
        String digest = Digest.of(gguf);
        String path = "/api/blobs/" + digest;
        assertThat(send("HEAD", path, "").statusCode()).isEqualTo(404);
        assertThat(send("POST", path, BodyPublishers.ofByteArray("other".getBytes()))
                        .body())
                .isEqualTo("{\"error\":\"digest mismatch, expected \\\"" + digest + "\\\", got \\\""
                        + Digest.of("other") + "\\\"\"}");
        assertThat(send("HEAD", path, "").statusCode()).isEqualTo(404);
        assertThat(send("HEAD", "/api/blobs/" + Digest.of("other"), "").statusCode())
                .isEqualTo(200);
        assertThat(post("/api/create", "{\"model\":\"mine\",\"files\":{\"m.gguf\":\"" + digest + "\"}}")
                        .statusCode())
                .isEqualTo(400);

        assertThat(send("POST", path, BodyPublishers.ofByteArray(gguf)).statusCode())
                .isEqualTo(201);
        assertThat(send("POST", path, BodyPublishers.ofByteArray(gguf)).statusCode())
                .isEqualTo(200);
        assertThat(send("HEAD", path, "").statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/api/blobs/sha256:xyz", "").statusCode()).isEqualTo(400);

        HttpResponse<String> created = post(
                "/api/create",
                "{\"model\":\"mine\",\"files\":{\"m.gguf\":\"" + digest + "\"},\"system\":\"Be kind.\","
                        + "\"parameters\":{\"temperature\":1,\"stop\":[\"User:\",\"\\n\\n\"]},\"license\":\"MIT\"}");
        assertThat(statuses(created))
                .startsWith("parsing GGUF", "creating new layer " + digest)
                .endsWith("writing manifest", "success");
        JsonNode shown = json(post("/api/show", "{\"model\":\"mine\"}"));
        assertThat(shown.path("system").asString()).isEqualTo("Be kind.");
        assertThat(shown.path("license").asString()).isEqualTo("MIT");
        assertThat(shown.path("parameters").asString().lines())
                .containsExactlyInAnyOrder(
                        "temperature                    1",
                        "stop                           \"User:\"",
                        "stop                           \"\\n\\n\"");

        HttpResponse<String> derived = post(
                "/api/create", "{\"model\":\"child\",\"from\":\"mine\",\"quantize\":\"q8_0\",\"license\":[\"BSD\"]}");
        assertThat(statuses(derived)).contains("quantizing F16 model to Q8_0", "verifying conversion");
        assertThat(json(post("/api/show", "{\"model\":\"child\"}"))
                        .path("license")
                        .asString())
                .isEqualTo("MIT\nBSD");
        assertThat(statuses(post("/api/create", "{\"model\":\"twin\",\"from\":\"mine\"}")))
                .allMatch(status -> !status.startsWith("creating new layer"))
                .contains("using existing layer " + digest);
    }

    @Test
    void modelsExpireAsTheirKeepAliveSays() throws Exception {
        post("/api/generate", "{\"model\":\"gemma3:270m\"}");
        post("/api/generate", "{\"model\":\"llama3.2\",\"keep_alive\":\"1h30m\"}");
        post("/api/embed", "{\"model\":\"all-minilm:22m\",\"input\":\"x\",\"keep_alive\":-1}");
        assertThat(names("/api/ps")).containsExactly("all-minilm:22m", "llama3.2:latest", "gemma3:270m");
        pass(Duration.ofMinutes(5));
        assertThat(names("/api/ps")).containsExactly("all-minilm:22m", "llama3.2:latest");
        post("/api/chat", "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        pass(Duration.ofMinutes(89));
        assertThat(names("/api/ps")).containsExactly("all-minilm:22m", "llama3.2:latest");
        assertThat(post("/api/chat", "{\"model\":\"llama3.2\",\"keep_alive\":0}")
                        .body())
                .contains("\"done_reason\":\"unload\"");
        assertThat(names("/api/ps")).containsExactly("all-minilm:22m");
        post("/api/generate", "{\"model\":\"all-minilm:22m\",\"keep_alive\":\"0s\"}");
        assertThat(names("/api/ps")).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** The recorded mistakes of the same requests, word for word. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blob-bad-digest",
                "blob-upload",
                "blob-wrong-digest",
                "chat-embedding-model",
                "chat-no-model",
                "chat-tools-unsupported",
                "chat-unknown-model",
                "create-bad-name",
                "create-no-source",
                "embed-empty",
                "embed-no-input",
                "embed-unknown-model",
                "embed-unsupported",
                "embeddings-legacy-empty",
                "generate-bad-logprobs",
                "generate-bad-option",
                "generate-embedding-model",
                "generate-empty-body",
                "generate-no-model",
                "generate-not-json",
                "generate-suffix-unsupported",
                "generate-think-unsupported",
                "generate-unknown-model",
                "models-copy",
                "models-copy-unknown",
                "models-delete-unknown",
                "models-running-none",
                "models-show-empty",
                "models-show-unknown",
                "pull-bad-name",
                "pull-empty",
                "server-alive",
                "server-root",
                "server-status",
                "server-unknown-path",
                "server-version",
                "server-wrong-method"
            })
    void answersAsTheServerDid(String name) throws Exception {
        Recording recorded = Recording.bundled(name);
        String body = recorded.requestBody();
        HttpResponse<String> response = send(recorded.method(), recorded.path(), body == null ? "" : body);
        assertThat(response.statusCode()).isEqualTo(recorded.status());
        assertThat(response.body()).isEqualTo(recorded.body());
        assertThat(response.headers().firstValue("Content-Type").orElse(null))
                .isEqualTo(recorded.header("Content-Type"));
        assertThat(response.headers().firstValue("Allow").orElse(null)).isEqualTo(recorded.header("Allow"));
    }

    /** Shapes only: the words and numbers are the model's own. */
    @ParameterizedTest
    @CsvSource({
        "chat-load, 200",
        "generate-load, 200",
        "generate-unload, 200",
        "generate-bad-format, 500",
        "models-list, 200",
        "embed-one, 200",
        "generate-debug-render, 200"
    })
    void answersInTheShapeOfTheServer(String name, int status) throws Exception {
        Recording recorded = Recording.bundled(name);
        String body = recorded.requestBody();
        HttpResponse<String> response = send(recorded.method(), recorded.path(), body == null ? "" : body);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode expected = JsonMapper.shared().readTree(recorded.body());
        assertThat(json(response).propertyNames()).containsExactlyElementsOf(expected.propertyNames());
        assertThat(json(response).at("/models/0").propertyNames())
                .containsExactlyElementsOf(expected.at("/models/0").propertyNames());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate | {\"model\":\"a b\",\"prompt\":\"x\"} | 400 | invalid model name",
                "embeddings | {\"prompt\":\"x\"} | 400 | model is required",
                "embed | {\"model\":\"all-minilm:22m\",\"input\":[1]} | 400 | invalid input type",
                "copy | {\"source\":\"a b\",\"destination\":\"c\"} | 400 | source \"a b\" is invalid",
                "copy | {\"source\":\"llama3.2\",\"destination\":\"-c\"} | 400 | destination \"-c\" is invalid",
                "push | {\"model\":\"\"} | 400 | model is required",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"10\"} | 400 | time: missing unit in duration \"10\"",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":true} | 400 | Unsupported type: 'BOOLEAN'",
                "generate | {\"model\":\"llama3.2\",\"prompt\":\"x\",\"raw\":true,\"system\":\"s\"} | 400 | "
                        + "raw mode does not support template, system, or context",
                "generate | {\"model\":\"llama3.2\",\"prompt\":\"x\",\"options\":{\"stop\":\"x\"}} | 500 | "
                        + "option \"stop\" must be of type array",
                "create | {\"model\":\"m\",\"files\":{\"/etc/x\":\"sha256:1\"}} | 400 | file path must be relative",
                "create | {\"model\":\"m\",\"files\":{\"x\":\"\"}} | 400 | invalid digest format",
                "me | {} | 401 | unauthorized",
                "signout | {} | 401 | you are not currently signed in",
            })
    void mistakesAreRefused(String endpoint, String body, int status, String error) throws Exception {
        HttpResponse<String> response = post("/api/" + endpoint, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("error").asString()).isEqualTo(error);
    }

    @Test
    void aRegistryHasWhatItHas() throws Exception {
        models.registry(Model.of("known").parameterSize("7B"));
        assertThat(post("/api/pull", "{\"model\":\"other\"}").body())
                .isEqualTo(Recording.bundled("pull-unknown").body());
        HttpResponse<String> single = post("/api/pull", "{\"model\":\"other\",\"stream\":false}");
        assertThat(single.statusCode()).isEqualTo(500);
        assertThat(post("/api/pull", "{\"model\":\"gemma3:270m\"}").body()).doesNotContain("success");
        assertThat(post("/api/create", "{\"model\":\"x\",\"from\":\"other\"}").body())
                .endsWith("{\"error\":\"pull model manifest: file does not exist\"}\n");
        assertThat(statuses(post("/api/create", "{\"model\":\"x\",\"from\":\"known\"}")))
                .startsWith("pulling manifest")
                .endsWith("success");
        assertThat(get("/api/tags").at("/models/0/details/parameter_size").asString())
                .isEqualTo("7B");
        assertThat(statuses(post("/api/push", "{\"model\":\"known\"}")))
                .startsWith("retrieving manifest")
                .endsWith("pushing manifest", "success");
        assertThat(post("/api/push", "{\"model\":\"other\"}").body())
                .startsWith(
                        "{\"status\":\"retrieving manifest\"}\n{\"status\":\"couldn't retrieve manifest\"}\n{\"error\":");
    }

    @Test
    void theAnswersAreSensible() throws Exception {
        String ask = "\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Weather in Paris? END no\"}]}";
        JsonNode thinking = json(post("/api/chat", "{\"model\":\"qwen3\"," + ask));
        assertThat(thinking.at("/message/thinking").asString()).contains("Weather in Paris?");
        JsonNode quiet = json(post("/api/chat", "{\"model\":\"qwen3\",\"think\":false," + ask));
        assertThat(quiet.path("message").has("thinking")).isFalse();

        JsonNode called = json(post(
                "/api/chat",
                "{\"model\":\"llama3.2\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
                        + "\"unit\":{\"enum\":[\"celsius\"]},\"days\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}}}],"
                        + ask));
        assertThat(called.at("/message/tool_calls/0/function/name").asString()).isEqualTo("get_weather");
        assertThat(called.at("/message/tool_calls/0/function/arguments").toString())
                .isEqualTo("{\"city\":\"Weather in Paris? END no\",\"unit\":\"celsius\",\"days\":[1]}");

        JsonNode cut = json(post(
                "/api/chat", "{\"model\":\"llama3.2\",\"options\":{\"num_predict\":3,\"stop\":[\" END\"]}," + ask));
        assertThat(cut.at("/message/content").asString()).isEqualTo("You said: Weather");
        assertThat(cut.path("done_reason").asString()).isEqualTo("length");
        JsonNode stopped = json(post("/api/chat", "{\"model\":\"llama3.2\",\"options\":{\"stop\":[\" END\"]}," + ask));
        assertThat(stopped.at("/message/content").asString()).isEqualTo("You said: Weather in Paris?");

        JsonNode formed = json(post(
                "/api/chat",
                "{\"model\":\"llama3.2\",\"format\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}},"
                        + ask));
        assertThat(formed.at("/message/content").asString()).isEqualTo("{\"n\":1}");
        JsonNode object = json(post("/api/chat", "{\"model\":\"llama3.2\",\"format\":\"json\"," + ask));
        assertThat(JsonMapper.shared()
                        .readTree(object.at("/message/content").asString())
                        .isObject())
                .isTrue();
    }

    @Test
    void aModelMaySayWhatTheTestWants() throws Exception {
        LocalModels own = LocalModels.of(Model.of("m").says(Generation.create().tokens("Forty", "-two")));
        server.otherwise(own);
        JsonNode said = json(post("/api/generate", "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":false}"));
        assertThat(said.path("response").asString()).isEqualTo("Forty-two");
    }

    @Test
    void equalTextsHaveEqualVectorsOfUnitLength() throws Exception {
        JsonNode rows = json(post("/api/embed", "{\"model\":\"all-minilm:22m\",\"input\":[\"a b\",\"c\",\"a b\"]}"))
                .path("embeddings");
        assertThat(rows).hasSize(3);
        assertThat(rows.path(0)).hasSize(8).isEqualTo(rows.path(2)).isNotEqualTo(rows.path(1));
        double squares = rows.path(0)
                .valueStream()
                .mapToDouble(n -> n.asDouble() * n.asDouble())
                .sum();
        assertThat(squares).isBetween(0.999, 1.001);
        assertThat(json(post("/api/embed", "{\"model\":\"all-minilm:22m\",\"input\":\"a\",\"dimensions\":3}"))
                        .at("/embeddings/0"))
                .hasSize(3);
        assertThat(json(post("/api/embeddings", "{\"model\":\"all-minilm:22m\",\"prompt\":\"a\"}"))
                        .path("embedding"))
                .hasSize(8);
        String tooLong = "{\"model\":\"all-minilm:22m\",\"truncate\":false,\"input\":\"" + "x ".repeat(17) + "\"}";
        assertThat(post("/api/embed", tooLong).body())
                .isEqualTo("{\"error\":\"the input length exceeds the context length\"}");
    }

    @Test
    void namesAreThoseOfTheGrammar() {
        assertThat(ModelName.of("host:5000/ns/m").orElseThrow().display()).isEqualTo("host:5000/ns/m:latest");
        assertThat(ModelName.of("http://host:5000/ns/m").orElseThrow().host()).isEqualTo("host:5000");
        assertThat(ModelName.of("_m.v1-2_x:Q4_K_M").orElseThrow().full())
                .isEqualTo("registry.ollama.ai/library/_m.v1-2_x:Q4_K_M");
        assertThat(List.of("m:", ":t", "/m", "ns/", "m:t:u", "a/b/c/d", "my.ns/m", "-m", "m@sha256:1", "", "ä"))
                .allMatch(name -> ModelName.of(name).isEmpty());
        assertThatIllegalArgumentException().isThrownBy(() -> Model.of("a b"));
    }

    @Test
    void slashesAtTheEndAreRedirected() throws Exception {
        HttpResponse<String> post = post("/api/chat/", "{}");
        assertThat(post.statusCode()).isEqualTo(307);
        assertThat(post.headers().firstValue("Location")).contains("/api/chat");
        assertThat(send("GET", "/api/tags/", "").statusCode()).isEqualTo(301);
    }
}
