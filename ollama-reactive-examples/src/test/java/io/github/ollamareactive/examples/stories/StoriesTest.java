// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each story prints what {@code STORIES.md} shows. */
final class StoriesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/github/ollamareactive/examples/stories");

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private void answer(String path, String recording) {
        server.answer("POST", path, Answer.of(Recording.bundled(recording)));
    }

    private void assertPrintsDocumentedOutput(String name, BiConsumer<OllamaClient, PrintStream> story)
            throws IOException {
        try (OllamaClient ollama = OllamaClient.create(server.baseUrl())) {
            assertThat(printed(out -> story.accept(ollama, out))).isEqualTo(StoriesDocument.output(name));
        }
    }

    private static String printed(Consumer<PrintStream> story) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        story.accept(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }

    private List<JsonValue> messages(int request) {
        JsonValue body = JsonValue.parse(server.requests().get(request).body());
        return ((JsonArray) body.get("messages")).items();
    }

    @Test
    void everyStoryHasASection() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> stories = files.filter(StoriesTest::hasMain)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(StoriesDocument.stories()).containsExactlyInAnyOrderElementsOf(stories);
        }
    }

    private static boolean hasMain(Path file) {
        try {
            return Files.readString(file).contains("public static void main");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void streamedAnswer() throws IOException {
        answer("/api/generate", "generate-stream");
        assertPrintsDocumentedOutput("StreamedAnswer", StreamedAnswer::run);
    }

    @Test
    void pullThenChat() throws IOException {
        answer("/api/pull", "pull-stream");
        answer("/api/chat", "chat-stream");
        assertPrintsDocumentedOutput("PullThenChat", PullThenChat::run);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void stopEarly() throws IOException {
        answer("/api/generate", "generate-long");
        assertPrintsDocumentedOutput("StopEarly", StopEarly::run);
    }

    @Test
    void slowReader() throws IOException {
        String printed = printed(SlowReader::run);
        // The sizes of the kernel's buffers differ between machines.
        assertThat(printed.replaceAll("\\d[\\d,]*", "N"))
                .isEqualTo(StoriesDocument.output("SlowReader").replaceAll("\\d[\\d,]*", "N"));
    }

    @Test
    void multiTurnChat() throws IOException {
        answer("/api/chat", "chat-stream");
        server.answer("POST", "/api/chat", Answer.tokens("Then", " the", " light", " comes", " a", " longer", " way."));
        assertPrintsDocumentedOutput("MultiTurnChat", MultiTurnChat::run);
        assertThat(messages(1)).hasSize(3);
        assertThat(messages(1).get(1).get("role").asString()).isEqualTo("assistant");
    }

    @Test
    void manualToolCalls() throws IOException {
        answer("/api/chat", "chat-tools");
        server.answer("POST", "/api/chat", Answer.tokens("18", " °C", " and", " light", " rain", " in", " Paris."));
        assertPrintsDocumentedOutput("ManualToolCalls", ManualToolCalls::run);
        assertThat(messages(1)).hasSize(3);
        assertThat(messages(1).get(2).get("role").asString()).isEqualTo("tool");
        assertThat(messages(1).get(2).get("content").asString()).isEqualTo("Paris: 18 °C, light rain");
    }

    @Test
    void structuredAnswer() throws IOException {
        answer("/api/generate", "generate-schema");
        assertPrintsDocumentedOutput("StructuredAnswer", StructuredAnswer::run);
        assertThat(server.requests().get(0).body()).contains("\"warm\":{\"type\":\"boolean\"}");
    }

    @Test
    void nearestTexts() throws IOException {
        server.replay(Recording.bundled("embed-many"));
        assertPrintsDocumentedOutput("NearestTexts", NearestTexts::run);
    }

    @Test
    void threeSubscribers() throws IOException {
        answer("/api/generate", "generate-stream");
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of()).baseUrl(server.baseUrl());
        assertThat(printed(out -> ThreeSubscribers.run(config, out)))
                .isEqualTo(StoriesDocument.output("ThreeSubscribers"));
        assertThat(server.requests()).hasSize(1);
    }
}
