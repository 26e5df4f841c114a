// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every recording of a real server gives exactly the events its bytes say, however the bytes are cut on their way. */
final class RecordingsTest {
    private static final Map<String, BiFunction<OllamaClient, Recording, Flux<? extends OllamaEvent>>> CALLS =
            Map.ofEntries(
                    call("POST /api/chat", (client, r) -> client.chat(withFieldsOf(ChatRequest.of("m"), r))),
                    call(
                            "POST /api/generate",
                            (client, r) -> client.generate(withFieldsOf(GenerateRequest.of("m", ""), r))),
                    call("load", (client, r) -> client.load(withFieldsOf(LoadRequest.of("m"), r))),
                    call("unload", (client, r) -> client.unload(field(r, "model"))),
                    call("POST /api/embed", (client, r) -> client.embed(withFieldsOf(EmbedRequest.of("m"), r))),
                    call(
                            "POST /api/embeddings",
                            (client, r) -> client.embeddings(withFieldsOf(EmbeddingsRequest.of("m", ""), r))),
                    call("POST /api/pull", (client, r) -> client.pull(withFieldsOf(PullRequest.of("m"), r))),
                    call("POST /api/push", (client, r) -> client.push(withFieldsOf(PushRequest.of("m"), r))),
                    call("POST /api/create", (client, r) -> client.create(withFieldsOf(CreateRequest.of("m"), r))),
                    call("POST /api/show", (client, r) -> client.show(withFieldsOf(ShowRequest.of("m"), r))),
                    call("POST /api/copy", (client, r) -> client.copy(field(r, "source"), field(r, "destination"))),
                    call("DELETE /api/delete", (client, r) -> client.delete(field(r, "model"))),
                    call("GET /api/tags", (client, r) -> client.models()),
                    call("GET /api/ps", (client, r) -> client.running()),
                    call("GET /api/version", (client, r) -> client.version()),
                    call("HEAD /", (client, r) -> client.alive()),
                    call("GET /api/status", (client, r) -> client.status()),
                    call("POST /api/me", (client, r) -> client.me()),
                    call("POST /api/signout", (client, r) -> client.signOut()),
                    call("HEAD /api/blobs/", (client, r) -> client.blobExists(digest(r))),
                    call(
                            "POST /api/blobs/",
                            (client, r) -> client.pushBlob(
                                    digest(r),
                                    r.requestBody().length(),
                                    Flux.just(ByteBuffer.wrap(r.requestBody().getBytes(UTF_8))))));

    /** Recordings of requests that no call makes: their bodies are decoded as the answer to another call. */
    private static final Set<String> NOT_CALLABLE = Set.of("server-root", "server-unknown-path", "server-wrong-method");

    private static Map.Entry<String, BiFunction<OllamaClient, Recording, Flux<? extends OllamaEvent>>> call(
            String endpoint, BiFunction<OllamaClient, Recording, Flux<? extends OllamaEvent>> call) {
        return Map.entry(endpoint, call);
    }

    private static String endpoint(Recording r) {
        String path = r.path().startsWith("/api/blobs/") ? "/api/blobs/" : r.path();
        if (r.name().matches("generate-(un)?load")) {
            return r.name().substring("generate-".length());
        }
        return NOT_CALLABLE.contains(r.name()) ? "GET /api/version" : r.method() + " " + path;
    }

    private static String digest(Recording r) {
        return r.path().substring("/api/blobs/".length());
    }

    private static String field(Recording r, String name) {
        return JsonValue.parse(r.requestBody()).get(name).asString();
    }

    @Test
    void allRecordingsAreCovered() {
        assertThat(Recording.bundledNames()).hasSize(96);
        assertThat(Recording.bundledNames().stream().map(Recording::bundled))
                .allSatisfy(r -> assertThat(CALLS).as(r.name()).containsKey(endpoint(r)));
    }

    static Stream<Arguments> recordings() {
        long seed = System.nanoTime();
        List<Chunking> cuts = List.of(
                Chunking.asWritten(),
                Chunking.allAtOnce(),
                Chunking.oneByte(),
                Chunking.random(seed),
                Chunking.random(seed + 1));
        return Recording.bundledNames().stream()
                .map(Recording::bundled)
                // Alive is asked by HEAD, so a body for GET has no call; half a megabyte byte by byte takes too long
                // here.
                .filter(r -> !r.name().equals("server-root"))
                .flatMap(r -> cuts.stream()
                        .filter(c -> !r.name().equals("models-show-verbose") || c != cuts.get(2))
                        .map(c -> Arguments.of(r.name(), c)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("recordings")
    void givesTheEventsItsBytesSay(String name, Chunking cuts) {
        Recording recording = Recording.bundled(name);
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(
                        OllamaClientConfig.fromEnvironment(Map.of()).retries(0).baseUrl(server.baseUrl()))) {
            Answer answer = Answer.of(recording).chunking(cuts);
            server.otherwise(request ->
                    request.method().equals("HEAD") && recording.method().equals("POST")
                            ? Answer.of(404) // the look before an upload
                            : answer);
            Flux<? extends OllamaEvent> call = CALLS.get(endpoint(recording)).apply(client, recording);
            CallResult result = CallResult.of(call.filter(event -> !(event instanceof BlobEvent.Uploading)));
            ExpectedEvents.ofRecording(name).assertMatch(result);
        }
    }

    private static <R extends RequestFields<R>> R withFieldsOf(R request, Recording recording) {
        R filled = request;
        for (String name : request.fields().fields().keySet()) {
            filled = filled.with(name, null);
        }
        // What is no JSON object was refused for that; what the client sends in its place doesn't matter to a replay.
        String body = recording.requestBody();
        if (body != null && body.strip().endsWith("}")) {
            for (var field : ((JsonObject) JsonValue.parse(body)).fields().entrySet()) {
                filled = filled.with(field.getKey(), field.getValue());
            }
        }
        return filled;
    }
}
