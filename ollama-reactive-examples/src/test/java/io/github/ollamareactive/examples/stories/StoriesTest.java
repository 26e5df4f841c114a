// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.script.ServerScript;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each story prints what {@code STORIES.md} shows. */
final class StoriesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/github/ollamareactive/examples/stories");

    private final OllamaTestServer server = OllamaTestServer.start();

    @BeforeEach
    void replayAllRecordings() {
        server.replay(Recording.bundledNames().stream().map(Recording::bundled).toArray(Recording[]::new));
    }

    @AfterEach
    void close() {
        server.verify();
        server.close();
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
            assertThat(Stories.names()).containsExactlyInAnyOrderElementsOf(stories);
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
    void j3StreamedAnswer() throws IOException {
        assertPrintsDocumentedOutput("StreamedAnswer", StreamedAnswer::run);
    }

    @Test
    void j3PullThenChat() throws IOException {
        assertPrintsDocumentedOutput("PullThenChat", PullThenChat::run);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void j3StopEarly() throws IOException {
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
    void j3MultiTurnChat() throws IOException {
        ServerScript.read(Path.of("stories.json")).applyTo(server);
        assertPrintsDocumentedOutput("MultiTurnChat", MultiTurnChat::run);
        assertThat(messages(1)).hasSize(3);
        assertThat(messages(1).get(1).get("role").asString()).isEqualTo("assistant");
    }

    @Test
    void j3ManualToolCalls() throws IOException {
        ServerScript.read(Path.of("stories.json")).applyTo(server);
        assertPrintsDocumentedOutput("ManualToolCalls", ManualToolCalls::run);
        assertThat(messages(1)).hasSize(3);
        assertThat(messages(1).get(2).get("role").asString()).isEqualTo("tool");
        assertThat(messages(1).get(2).get("content").asString()).isEqualTo("Paris: 18 °C, light rain");
    }

    @Test
    void j3StructuredAnswer() throws IOException {
        assertPrintsDocumentedOutput("StructuredAnswer", StructuredAnswer::run);
        assertThat(server.requests().get(0).body()).contains("\"warm\":{\"type\":\"boolean\"}");
    }

    @Test
    void j3NearestTexts() throws IOException {
        assertPrintsDocumentedOutput("NearestTexts", NearestTexts::run);
    }

    @Test
    void j3ThreeSubscribers() throws IOException {
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of()).baseUrl(server.baseUrl());
        assertThat(printed(out -> ThreeSubscribers.run(config, out)))
                .isEqualTo(StoriesDocument.output("ThreeSubscribers"));
        assertThat(server.requests()).hasSize(1);
    }
}
