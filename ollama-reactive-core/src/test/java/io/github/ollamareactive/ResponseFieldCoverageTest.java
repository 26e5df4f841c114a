// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.EndpointFields.Field;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.decision.Question;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every response field of the wire reference is in an event: the values of {@code endpoint-samples.txt} are all found there. */
final class ResponseFieldCoverageTest {
    private static final Map<String, Function<OllamaClient, Flux<?>>> CALLS = calls();
    private static final Map<String, String> SAMPLES = samples();

    @SuppressWarnings("deprecation")
    private static Map<String, Function<OllamaClient, Flux<?>>> calls() {
        return Map.ofEntries(
                call("POST /api/generate", client -> client.generate(GenerateRequest.of("m", "p"))),
                call("POST /api/chat", client -> client.chat(ChatRequest.of("m"))),
                call("POST /api/embed", client -> client.embed(EmbedRequest.of("m", "x"))),
                call("POST /api/embeddings", client -> client.embeddings(EmbeddingsRequest.of("m", "x"))),
                call("GET /api/tags", OllamaClient::models),
                call("GET /api/ps", OllamaClient::running),
                call("POST /api/show", client -> client.show(ShowRequest.of("m"))),
                call("POST /api/create", client -> client.create(CreateRequest.of("m"))),
                call("POST /api/pull", client -> client.pull(PullRequest.of("m"))),
                call("POST /api/push", client -> client.push(PushRequest.of("m"))),
                call("GET /api/version", OllamaClient::version),
                call("GET /api/status", OllamaClient::status),
                call("POST /api/me", OllamaClient::me),
                call("POST /api/experimental/web_search", client -> client.webSearch(WebSearchRequest.of("q"))),
                call("POST /api/experimental/web_fetch", client -> client.webFetch("http://x")),
                call("GET /api/experimental/model-recommendations", OllamaClient::recommendations),
                call(
                        "POST /v1/systemone",
                        client -> client.decide(DecisionRequest.of("m", "s").ask("a", Question.yesNo("i")))),
                call("GET /api/usage", client -> client.usage(UsageRequest.create())),
                call("GET /api/balance", OllamaClient::balance));
    }

    private static Map.Entry<String, Function<OllamaClient, Flux<?>>> call(
            String endpoint, Function<OllamaClient, Flux<?>> call) {
        return Map.entry(endpoint, call);
    }

    /** The documents by endpoint, each in one line. */
    private static Map<String, String> samples() {
        return Stream.of(EndpointFields.text("endpoint-samples").split("\n\n"))
                .filter(block -> !block.startsWith("#"))
                .map(block -> block.split("\n", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replace("\n", "")));
    }

    static Stream<String> endpointsThatAnswer() {
        return EndpointFields.all().stream()
                .filter(field -> !field.request())
                .map(Field::endpoint)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("endpointsThatAnswer")
    void theSampleHasEveryField(String endpoint) {
        JsonValue sample = JsonValue.parse(SAMPLES.get(endpoint));
        EndpointFields.all().stream()
                .filter(field -> !field.request() && field.endpoint().equals(endpoint))
                // Only an error has it.
                .filter(field -> !field.path().equals("signin_url"))
                .forEach(field -> assertThat(field.isIn(sample)).as("%s", field).isTrue());
    }

    @ParameterizedTest
    @MethodSource("endpointsThatAnswer")
    void everyValueOfTheSampleIsInAnEvent(String endpoint) {
        String sample = SAMPLES.get(endpoint);
        boolean endsInSuccess = endpoint.equals("POST /api/pull") || endpoint.equals("POST /api/push");
        Answer answer = Answer.of(200)
                .contentType("application/json")
                .body(sample + (endsInSuccess ? "\n{\"status\":\"success\"}" : ""));
        try (OllamaTestServer server = OllamaTestServer.start()) {
            String[] methodAndPath = endpoint.split(" ");
            server.answer(methodAndPath[0], methodAndPath[1], answer);
            CallResult result = CallResult.of(server, CALLS.get(endpoint));
            assertThat(result.error()).isNull();
            String shown = result.events().stream()
                    .map(ResponseFieldCoverageTest::text)
                    .toList()
                    .toString();
            TreeSet<String> missing = new TreeSet<>();
            leaves(JsonValue.parse(sample), missing);
            missing.removeIf(leaf -> isIn(shown, leaf));
            // That it is done is what the last event says by being there; an image is shown decoded; the role is left
            // out.
            missing.removeAll(List.of("true", "di1pbWFnZQ==", "assistant"));
            // The types of decisions are the types of their events.
            missing.removeAll(List.of("choice", "noul", "score"));
            assertThat(missing).as("not in %s", shown).isEmpty();
        }
    }

    private static boolean isIn(String shown, String leaf) {
        return shown.contains(leaf)
                || leaf.matches("\\d+")
                        && shown.contains(Duration.ofNanos(Long.parseLong(leaf)).toString())
                || leaf.startsWith("2026")
                        && shown.contains(OffsetDateTime.parse(leaf).toString());
    }

    private static void leaves(JsonValue value, TreeSet<String> leaves) {
        if (value instanceof JsonObject object) {
            object.fields().values().forEach(v -> leaves(v, leaves));
        } else if (value instanceof JsonArray array) {
            array.items().forEach(v -> leaves(v, leaves));
        } else {
            leaves.add(
                    value instanceof JsonNumber n
                            ? n.literal()
                            : value.toString().replace("\"", ""));
        }
    }

    private static String text(Object event) {
        if (event instanceof Vector vector) {
            return Arrays.toString(vector.toArray());
        } else if (event instanceof Image image) {
            byte[] bytes = new byte[image.bytes().remaining()];
            image.bytes().get(bytes);
            assertThat(Base64.getEncoder().encodeToString(bytes)).isEqualTo("di1pbWFnZQ==");
            return "image";
        }
        return event.toString();
    }

    @Test
    void theSigninUrlIsInTheError() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/me", Answer.json(401, "{\"error\":\"unauthorized\",\"signin_url\":\"v-url\"}"));
            assertThat(CallResult.of(client.me())
                            .error(OllamaException.Status.class)
                            .signinUrl())
                    .isEqualTo("v-url");
        }
    }
}
