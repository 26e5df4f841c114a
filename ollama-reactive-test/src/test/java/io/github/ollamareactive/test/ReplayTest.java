// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.RequestEquivalence;
import io.github.ollamareactive.test.recordings.Recording;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {

    static Stream<Arguments> everyRecordingInEveryChunking() {
        return Recording.bundledNames().stream()
                .flatMap(name -> Stream.of(
                                Chunking.asWritten(),
                                Chunking.random(1),
                                Chunking.random(2),
                                Chunking.oneByte(),
                                Chunking.allAtOnce())
                        // Its 650 KB a byte at a time would take longer than all the rest.
                        .filter(cuts -> cuts != Chunking.oneByte() || !name.equals("models-show-verbose"))
                        .map(cuts -> Arguments.of(name, cuts)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource
    void everyRecordingInEveryChunking(String name, Chunking cuts) throws Exception {
        Recording recording = Recording.bundled(name);
        try (OllamaTestServer server = OllamaTestServer.start().replay(Pace.atOnce(), cuts, recording);
                RawClient client = new RawClient(server)) {
            RawClient.Response response =
                    client.send(recording).receive(recording.method().equals("HEAD"));

            assertThat(response.head().status()).isEqualTo(recording.status());
            assertThat(response.head().reason()).isEqualTo(recording.reason());
            assertThat(response.head().headers()).isEqualTo(flat(recording));
            assertThat(response.body()).isEqualTo(Bytes.of(recording.bodyBytes()));
            assertThat(response.truncated()).isEqualTo(!recording.complete());
            if (response.head().chunked()) {
                assertPieces(response.pieces(), recording, cuts);
            }
        }
    }

    private static Map<String, String> flat(Recording recording) {
        Map<String, String> flat = new LinkedHashMap<>();
        recording.headers().forEach((name, values) -> flat.put(name, values.get(0)));
        return flat;
    }

    private static void assertPieces(List<Bytes> pieces, Recording recording, Chunking cuts) {
        switch (cuts.toString()) {
            case "as written" ->
                assertThat(pieces)
                        .isEqualTo(recording.chunks().stream()
                                .map(chunk -> Bytes.of(chunk.bytes()))
                                .toList());
            case "one byte at a time" -> assertThat(pieces).allMatch(piece -> piece.size() == 1);
            case "all at once" -> assertThat(pieces).hasSize(1);
            default -> {
                assertThat(pieces).allMatch(piece -> piece.size() <= 64);
                assertThat(pieces.size()).isGreaterThan(recording.bodyBytes().length / 65);
            }
        }
    }

    @Test
    void equalSeedsGiveEqualChunks() throws Exception {
        assertThat(pieces(Chunking.random(7)))
                .isEqualTo(pieces(Chunking.random(7)))
                .isNotEqualTo(pieces(Chunking.random(8)));
    }

    private static List<Bytes> pieces(Chunking cuts) throws Exception {
        Recording recording = Recording.bundled("generate-unicode");
        try (OllamaTestServer server = OllamaTestServer.start().replay(Pace.atOnce(), cuts, recording);
                RawClient client = new RawClient(server)) {
            return client.send(recording).receive().pieces();
        }
    }

    @Test
    void oneConnectionServesAllRecordingsEachByItsBody() throws Exception {
        List<Recording> all = Recording.bundledNames().stream()
                .map(Recording::bundled)
                .filter(Recording::complete)
                .toList();
        // The same request answered differently at another time: they come in turn, which the next test looks at.
        List<List<Object>> keys = all.stream().map(ReplayTest::key).toList();
        try (OllamaTestServer server = OllamaTestServer.start().replay(all.toArray(Recording[]::new));
                RawClient client = new RawClient(server)) {
            int asked = 0;
            for (Recording recording : all) {
                if (keys.indexOf(key(recording)) == keys.lastIndexOf(key(recording))) {
                    RawClient.Response response =
                            client.send(recording).receive(recording.method().equals("HEAD"));
                    assertThat(response.body()).as(recording.name()).isEqualTo(Bytes.of(recording.bodyBytes()));
                    asked++;
                }
            }
            assertThat(asked).isGreaterThan(70);
            assertThat(server.connectionsAccepted()).isEqualTo(1);
            assertThat(server.requests()).hasSize(asked);
        }
    }

    private static List<Object> key(Recording recording) {
        String body = Objects.requireNonNullElse(recording.requestBody(), "");
        return List.of(recording.method(), recording.path(), RequestEquivalence.key(recording.path(), Bytes.of(body)));
    }

    @Test
    void theSameRequestIsAnsweredInTurnAndTheLastAgain() throws Exception {
        Recording first = Recording.bundled("models-running");
        Recording second = Recording.bundled("models-running-none");
        try (OllamaTestServer server = OllamaTestServer.start().replay(first, second);
                RawClient client = new RawClient(server)) {
            assertThat(client.send(first).receive().body().text()).isEqualTo(first.body());
            assertThat(client.send(first).receive().body().text()).isEqualTo(second.body());
            assertThat(client.send(first).receive().body().text()).isEqualTo(second.body());
        }
    }

    @Test
    void bodiesAreComparedAsJson() throws Exception {
        Recording stream = Recording.bundled("chat-stream");
        Recording other = Recording.bundled("chat-demo");
        String spelledOut = JsonMapper.shared()
                .readTree(Objects.requireNonNull(stream.requestBody()))
                .toPrettyString()
                .replaceFirst("\\{", "{\"stream\":true,\"tools\":[],");
        try (OllamaTestServer server = OllamaTestServer.start().replay(other, stream);
                RawClient client = new RawClient(server)) {
            assertThat(client.send("POST", "/api/chat", spelledOut)
                            .receive()
                            .body()
                            .text())
                    .isEqualTo(stream.body());
        }
    }

    @Test
    void anUnknownBodyIsRefusedWithTheAvailableAnswers() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().replay(Recording.bundled("chat-demo"));
                RawClient client = new RawClient(server)) {
            RawClient.Response refused =
                    client.send("POST", "/api/chat", "{\"model\":\"other\"}").receive();
            assertThat(refused.head().status()).isEqualTo(501);
            assertThat(refused.body().text())
                    .contains("no answer for POST /api/chat with body {\\\"model\\\":\\\"other\\\"}")
                    .contains(
                            "POST /api/chat (1 recorded: chat-demo); recordings match by body, then by these rules: none");
            assertThatThrownBy(server::verify).hasMessageContaining("no answer for POST /api/chat");
        }
    }

    @Test
    void recordingsThatMatchByRuleAreGivenInOrder() throws Exception {
        Recording first = Recording.bundled("chat-demo");
        Recording second = Recording.bundled("chat-stream");
        try (OllamaTestServer server =
                        OllamaTestServer.start().replay(first, second).replayBy(ReplayRule.anyBody());
                RawClient client = new RawClient(server)) {
            for (Recording expected : List.of(first, second, second)) {
                assertThat(client.send("POST", "/api/chat", "{\"model\":\"other\"}")
                                .receive()
                                .body()
                                .text())
                        .isEqualTo(expected.body());
            }
        }
    }

    @Test
    void rulesAreTriedInOrder() throws Exception {
        Recording chat = Recording.bundled("chat-stream");
        Recording thinking = Recording.bundled("chat-think");
        Recording generated = Recording.bundled("generate-stream");
        try (OllamaTestServer server = OllamaTestServer.start()
                        .replay(chat, thinking, generated, Recording.bundled("generate-unicode"))
                        .replayBy(
                                ReplayRule.lastUserMessage(),
                                ReplayRule.model().and(ReplayRule.field("/think")),
                                ReplayRule.prompt());
                RawClient client = new RawClient(server)) {
            String question =
                    "{\"model\":\"gemma3-think:270m\",\"think\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
            assertThat(chat(client, question.formatted("Why is the sky blue?"))).isEqualTo(chat.body());
            assertThat(chat(client, question.formatted("Other?"))).isEqualTo(thinking.body());
            assertThat(chat(client, question.formatted("Other?").replace("true", "false")))
                    .contains("then by these rules: last user message, then model and /think, then prompt");
            assertThat(client.send("POST", "/api/generate", "{\"prompt\":\"Why is the sky blue?\",\"options\":{}}")
                            .receive()
                            .body()
                            .text())
                    .isEqualTo(generated.body());
        }
    }

    private static String chat(RawClient client, String body) throws Exception {
        return client.send("POST", "/api/chat", body).receive().body().text();
    }

    @Test
    void theClientOfTheJdkReadsAReplay() throws Exception {
        Recording pull = Recording.bundled("pull-stream");
        try (OllamaTestServer server = OllamaTestServer.start().replay(Pace.atOnce(), Chunking.random(3), pull)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + pull.path()))
                    .POST(BodyPublishers.ofString(Objects.requireNonNull(pull.requestBody())))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .isEqualTo(pull.body());
        }
    }
}
