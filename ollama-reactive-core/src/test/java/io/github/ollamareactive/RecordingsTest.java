// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.test.Cuts;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import tools.jackson.databind.JsonNode;

/** Every recording of a real server gives exactly the events its bytes say, however the bytes are cut on their way. */
final class RecordingsTest {
    private static final Map<String, BiFunction<OllamaClient, Recording, Flux<? extends OllamaEvent>>> CALLS = Map.of(
            "POST /api/chat", (client, r) -> client.chat(fill(ChatRequest.of("m"), r)),
            "POST /api/generate", (client, r) -> client.generate(fill(GenerateRequest.of("m", ""), r)),
            "POST /api/pull", (client, r) -> client.pull(fill(PullRequest.of("m"), r)),
            "GET /api/tags", (client, r) -> client.models(),
            "GET /api/ps", (client, r) -> client.running(),
            "GET /api/version", (client, r) -> client.version(),
            "HEAD /", (client, r) -> client.alive());

    static Stream<Arguments> recordings() {
        long seed = System.nanoTime();
        List<Cuts> cuts =
                List.of(Cuts.asWritten(), Cuts.allAtOnce(), Cuts.oneByte(), Cuts.random(seed), Cuts.random(seed + 1));
        return Recording.bundledNames().stream()
                .map(Recording::bundled)
                .filter(r -> CALLS.containsKey(r.method() + " " + r.path()))
                .flatMap(r -> cuts.stream().map(c -> Arguments.of(r.name(), c)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("recordings")
    void givesTheEventsItsBytesSay(String name, Cuts cuts) {
        Recording recording = Recording.bundled(name);
        Golden golden = Golden.of(name);
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.replay(Pace.atOnce(), cuts, recording);
            BiFunction<OllamaClient, Recording, Flux<? extends OllamaEvent>> call =
                    CALLS.get(recording.method() + " " + recording.path());

            List<OllamaEvent> events = new ArrayList<>();
            Signal<? extends OllamaEvent> end = call.apply(client, recording)
                    .doOnNext(events::add)
                    .materialize()
                    .filter(signal -> !signal.isOnNext())
                    .blockFirst(Duration.ofSeconds(30));

            assertThat(events).as("events of %s, %s", name, cuts).isEqualTo(golden.events());
            if (golden.error() == null) {
                assertThat(end.getThrowable()).as("end of %s, %s", name, cuts).isNull();
            } else {
                assertError(end.getThrowable(), golden.error());
            }
        }
    }

    private static void assertError(Throwable error, JsonNode golden) {
        assertThat(error).isInstanceOf(OllamaException.class);
        assertThat(error.getClass().getSimpleName().toLowerCase())
                .isEqualTo(golden.get("type").asString());
        String partial = Optional.ofNullable(golden.get("partial"))
                .map(JsonNode::asString)
                .orElse("");
        assertThat(((OllamaException) error).partial().text()).isEqualTo(partial);
        if (error instanceof OllamaException.Status status) {
            assertThat(status.status()).isEqualTo(golden.get("status").asInt());
            assertThat(status.kind().name().toLowerCase())
                    .isEqualTo(golden.get("kind").asString());
            assertThat(status.serverMessage()).isEqualTo(golden.get("message").asString());
        } else if (error instanceof OllamaException.Stream stream && golden.has("message")) {
            assertThat(stream.serverMessage()).isEqualTo(golden.get("message").asString());
        }
    }

    private static <R extends RequestFields<R>> R fill(R request, Recording recording) {
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
