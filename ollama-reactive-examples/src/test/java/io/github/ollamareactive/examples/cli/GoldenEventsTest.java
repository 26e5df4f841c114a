// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the whole program against recordings of a real server. A Python script computed the expected events. */
class GoldenEventsTest {
    private static final Set<String> ENDPOINTS = Set.of(
            "POST /api/chat",
            "POST /api/generate",
            "POST /api/pull",
            "POST /api/push",
            "POST /api/create",
            "POST /api/show",
            "POST /api/copy",
            "DELETE /api/delete",
            "POST /api/embed",
            "GET /api/tags",
            "GET /api/ps",
            "GET /api/version",
            "HEAD /");

    /** Recorded requests without a model: the program always sends one, and the server then gives another error. */
    private static final Set<String> WITHOUT_MODEL = Set.of("chat-no-model", "models-show-empty");

    /** Recorded requests without a text: the program always sends one, and an answer without a vector doesn't fit that. */
    private static final Set<String> WITHOUT_TEXT = Set.of("embed-empty", "embed-no-input");

    /** Requests that the command line can't express, with the reason. Their answers are replayed to another request. */
    private static final Map<String, String> INEXPRESSIBLE = Map.ofEntries(
            entry("blob-bad-digest", "the digest is computed from the file"),
            entry("blob-wrong-digest", "the digest is computed from the file"),
            entry("chat-bad-role", "roles are fixed"),
            entry("chat-load", "load and stop use generate"),
            entry("chat-load-forever", "load and stop use generate"),
            entry("chat-unload", "load and stop use generate"),
            entry("create-from", "there is no option for messages"),
            entry("generate-bad-image", "images are valid, because they are read from files"),
            entry("generate-bad-logprobs", "rejected before it is sent"),
            entry("generate-debug-render", "there is no option for it"),
            entry("generate-empty-body", "the request body is always a JSON object"),
            entry("generate-no-model", "there is always a model"),
            entry("generate-not-json", "the request body is always a JSON object"),
            entry("generate-prompt-too-long", "the recording has no request body"),
            entry("pull-empty", "there is always a model"));

    @TempDir
    private Path folder = Path.of("");

    static Stream<Recording> recordings() {
        return Recording.bundledNames().stream()
                .filter(name -> !WITHOUT_MODEL.contains(name) && !WITHOUT_TEXT.contains(name))
                .map(Recording::bundled)
                .filter(recording ->
                        ENDPOINTS.contains(recording.method() + " " + recording.path()) || isBlob(recording));
    }

    private static boolean isBlob(Recording recording) {
        return recording.path().startsWith("/api/blobs/");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eventsMatchTheRecording(Recording recording) throws IOException {
        RecordedCommand command = RecordedCommand.of(recording, folder);
        try (OllamaTestServer server = OllamaTestServer.start()) {
            Answer answer = Answer.of(recording).pace(Pace.atOnce()).chunking(Chunking.random(7));
            server.answer(recording.method(), command.path(), answer);
            if (isBlob(recording) && recording.method().equals("POST")) {
                server.answer("HEAD", command.path(), Answer.of(Recording.bundled("blob-missing")));
            }
            List<String> args = new ArrayList<>(command.args());
            args.add("--events");

            Result result = new TestProgram().run(server, args.toArray(String[]::new));

            List<JsonValue> expected = expected(recording.name());
            assertThat(comparable(result.events(), expected)).isEqualTo(comparable(expected, expected));
            assertThat(result.exitCode()).isEqualTo(isFailure(expected) ? 1 : 0);
            assertThat(result.err().isEmpty()).isEqualTo(!isFailure(expected));
            List<ReceivedRequest> requests = server.requests();
            ReceivedRequest request = requests.get(requests.size() - 1);
            assertThat(request.method()).isEqualTo(recording.method());
            if (command.body() != null) {
                assertThat(JsonValue.parse(request.body())).isEqualTo(command.body());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed-empty", "embed-no-input"})
    void anAnswerWithoutTheVectorOfATextIsAnError(String name) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/embed", Answer.of(Recording.bundled(name)));
            Result result = new TestProgram().run(server, "embed", "-m", "x", "a text", "--events");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.events())
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.get("message")).asString().contains("0 vectors for 1 text"));
        }
    }

    @ParameterizedTest
    @CsvSource({"models-show, 0.000001", "models-show-verbose, 1e-12"})
    void modelInfoIsExactAndKeepsItsOrder(String name, String number) {
        Recording recording = Recording.bundled(name);
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(recording).replayBy(ReplayRule.anyBody());
            Result result = new TestProgram().run(server, "show", "any", "--events");
            JsonValue wire = requireNonNull(JsonValue.parse(recording.body()).get("model_info"));
            assertThat(result.events().get(0).get("model_info")).isNotNull().hasToString(wire.toString());
            assertThat(wire.toString()).contains(number);
        }
    }

    @Test
    void onlyListedRequestsCantBeExpressed() throws IOException {
        List<String> inexpressible = new ArrayList<>();
        for (Recording recording : recordings().toList()) {
            Path subfolder = Files.createDirectory(folder.resolve(recording.name()));
            if (!RecordedCommand.of(recording, subfolder).canBeExpressed()) {
                inexpressible.add(recording.name());
            }
        }
        assertThat(inexpressible).containsExactlyInAnyOrderElementsOf(INEXPRESSIBLE.keySet());
    }

    private static boolean isFailure(List<JsonValue> events) {
        return isNamed(lastEvent(events), "error");
    }

    private static boolean isNamed(JsonValue event, String name) {
        return event.get("event") instanceof JsonString string && string.value().equals(name);
    }

    private static Object comparableVector(JsonValue vector) {
        JsonArray values = (JsonArray) requireNonNull(vector.get("values"));
        List<Float> floats = values.items().stream()
                .map(value -> Float.parseFloat(value.toString()))
                .toList();
        return Map.of("index", requireNonNull(vector.get("index")).asLong(), "values", floats);
    }

    private static JsonValue lastEvent(List<JsonValue> events) {
        return events.isEmpty() ? JsonObject.EMPTY : events.get(events.size() - 1);
    }

    /**
     * Removes differences that are allowed. Messages of errors are compared only if the script computed one. Upload progress is not
     * part of a recording. Vectors are compared as floats, because their decimal notation may differ.
     */
    private static List<Object> comparable(List<JsonValue> events, List<JsonValue> expected) {
        boolean ignoreMessage = isFailure(expected) && lastEvent(expected).get("message") == null;
        return events.stream()
                .filter(event -> !isNamed(event, "uploading"))
                .map(event -> ignoreMessage && event instanceof JsonObject object && isFailure(List.of(event))
                        ? object.with("message", null)
                        : event)
                .map(event -> isNamed(event, "vector") ? comparableVector(event) : ComparableJson.of(event))
                .toList();
    }

    private static List<JsonValue> expected(String name) throws IOException {
        try (InputStream golden = GoldenEventsTest.class.getResourceAsStream("/expected/" + name + ".jsonl")) {
            String text = new String(requireNonNull(golden, name).readAllBytes(), UTF_8);
            return text.lines().map(JsonValue::parse).toList();
        }
    }
}
