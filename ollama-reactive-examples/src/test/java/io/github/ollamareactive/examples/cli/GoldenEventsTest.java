// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.World.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.test.Cuts;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole program against recordings of a real server; what it must print was worked out by a Python script. */
class GoldenEventsTest {
    private static final Set<String> ENDPOINTS = Set.of(
            "POST /api/chat",
            "POST /api/generate",
            "POST /api/pull",
            "GET /api/tags",
            "GET /api/ps",
            "GET /api/version",
            "HEAD /");

    /** Its error is another one when a model was sent, and this program always sends one. */
    private static final String NEEDS_NO_MODEL = "chat-no-model";

    @TempDir
    private Path folder = Path.of("");

    static Stream<Recording> recordings() {
        return Recording.bundledNames().stream()
                .filter(name -> !name.equals(NEEDS_NO_MODEL))
                .map(Recording::bundled)
                .filter(recording -> ENDPOINTS.contains(recording.method() + " " + recording.path()));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eventsAreWhatTheWireSays(Recording recording) throws IOException {
        RecordedCommand command = RecordedCommand.of(recording, folder);
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Pace.atOnce(), Cuts.random(7), recording);
            List<String> args = new ArrayList<>(command.args());
            args.addAll(List.of("--events", "--host", server.baseUrl()));

            Result result = new World().run(args.toArray(String[]::new));

            List<JsonValue> expected = expected(recording.name());
            assertThat(comparable(result.events(), expected)).isEqualTo(comparable(expected, expected));
            assertThat(result.exitCode()).isEqualTo(isFailure(expected) ? 1 : 0);
            assertThat(result.err().isEmpty()).isEqualTo(!isFailure(expected));
            if (command.body() != null) {
                assertThat(JsonValue.parse(server.requests().get(0).body())).isEqualTo(command.body());
            }
        }
    }

    @Test
    void nearlyAllRequestsCanBeSaidOnTheCommandLine() throws IOException {
        List<String> unsaid = new ArrayList<>();
        for (Recording recording : recordings().toList()) {
            Path own = Files.createDirectory(folder.resolve(recording.name()));
            if (recording.method().equals("POST")
                    && RecordedCommand.of(recording, own).body() == null) {
                unsaid.add(recording.name());
            }
        }
        // Wrong on purpose, without messages, or with a field that has no option.
        assertThat(unsaid)
                .containsExactly(
                        "chat-bad-role",
                        "chat-load",
                        "chat-load-forever",
                        "chat-unload",
                        "generate-bad-image",
                        "generate-bad-logprobs",
                        "generate-debug-render",
                        "generate-empty-body",
                        "generate-no-model",
                        "generate-not-json",
                        "generate-prompt-too-long",
                        "pull-empty");
    }

    private static boolean isFailure(List<JsonValue> events) {
        return last(events).get("event") instanceof JsonValue.JsonString name
                && name.value().equals("error");
    }

    private static JsonValue last(List<JsonValue> events) {
        return events.isEmpty() ? JsonObject.EMPTY : events.get(events.size() - 1);
    }

    /** Where the script gives no message, the words are ours. */
    private static List<Object> comparable(List<JsonValue> events, List<JsonValue> expected) {
        boolean ownWords = isFailure(expected) && last(expected).get("message") == null;
        return events.stream()
                .map(event -> ownWords && event instanceof JsonObject object && isFailure(List.of(event))
                        ? object.with("message", null)
                        : event)
                .map(SameJson::of)
                .toList();
    }

    private static List<JsonValue> expected(String name) throws IOException {
        try (InputStream golden = GoldenEventsTest.class.getResourceAsStream("/expected/" + name + ".jsonl")) {
            String text = new String(requireNonNull(golden, name).readAllBytes(), UTF_8);
            return text.lines().map(JsonValue::parse).toList();
        }
    }
}
