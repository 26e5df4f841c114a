// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output for uploaded files. */
class UploadOutputTest {
    private final OllamaTestServer server = OllamaTestServer.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        server.close();
    }

    private Path createFile(int size) throws IOException {
        return Files.write(folder.resolve("model.gguf"), new byte[size]);
    }

    @Test
    void blobPrintsOnlyItsDigest() throws IOException {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        String file = createFile(0).toString();
        String digest = "sha256:" + Sha256.hex("");
        Result result = new TestProgram().run(server, "blob", file);
        assertThat(result.out()).isEqualTo(digest + "\n");
        assertThat(result.err()).isEmpty();
        assertThat(new TestProgram().run(server, "blob", file, "--events").lines())
                .last()
                .isEqualTo("{\"event\":\"stored\",\"digest\":\"" + digest + "\"}");
    }

    @Test
    void existingBlobIsNotUploaded() throws IOException {
        server.otherwise(request -> Answer.of(200));
        String file = createFile(0).toString();
        String digest = "sha256:" + Sha256.hex("");
        Result result = new TestProgram().run(server, "blob", file);
        assertThat(result.out()).isEqualTo(digest + "\n");
        assertThat(result.err()).isEqualTo("The server already has this file.\n");
        assertThat(new TestProgram().run(server, "blob", file, "--events").out())
                .isEqualTo("{\"event\":\"already_there\",\"digest\":\"" + digest + "\"}\n");
        assertThat(server.requests()).allMatch(request -> request.method().equals("HEAD"));
    }

    @Test
    void uploadDrawsAProgressBarOnATerminal() throws IOException {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        String out = new TestProgram()
                .outIsTerminal()
                .run(server, "blob", createFile(3_000_000).toString())
                .out();
        assertThat(out)
                .startsWith("hashing model.gguf\r\u001b[Kuploading model.gguf ")
                .contains("/3 MB")
                .containsPattern("\nsha256:[0-9a-f]{64}\n\\z");
    }

    @Test
    void uploadReportsItsProgress() throws IOException {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        List<JsonValue> events = new TestProgram()
                .run(server, "blob", createFile(3_000_000).toString(), "--events")
                .events();
        assertThat(events.get(0).get("event")).hasToString("\"uploading\"");
        assertThat(events.get(0).get("total")).hasToString("3000000");
        assertThat(events.get(0).get("sent")).isNotNull();
        assertThat(events.get(0).get("digest"))
                .isEqualTo(events.get(events.size() - 1).get("digest"));
    }

    @Test
    void checkPrintsFoundOrMissing() {
        server.answer("HEAD", "/api/blobs/sha256:1", Answer.of(200))
                .answer("HEAD", "/api/blobs/sha256:2", Answer.of(404));
        assertThat(new TestProgram().run(server, "blob", "--check", "sha256:1").out())
                .isEqualTo("found\n");
        Result missing = new TestProgram().run(server, "blob", "--check", "sha256:2");
        assertThat(missing.out()).isEqualTo("missing\n");
        assertThat(missing.exitCode()).isZero();
    }

    @Test
    void createPrintsALinePerUploadAndStatus() throws IOException {
        server.otherwise(request -> request.path().startsWith("/api/blobs/")
                ? Answer.of(request.method().equals("HEAD") ? 404 : 201)
                : Answer.ndjson("{\"status\":\"parsing GGUF\"}", "{\"status\":\"success\"}"));
        assertThat(new TestProgram()
                        .run(server, "create", "x", "--file", createFile(10).toString())
                        .lines())
                .endsWith("uploaded model.gguf", "parsing GGUF", "success");
    }

    @Test
    void fileThatChangesDuringUploadIsALocalFileError() throws IOException {
        Path file = createFile(10);
        server.otherwise(request -> {
            if (request.method().equals("HEAD")) {
                append(file);
            }
            return Answer.of(request.method().equals("HEAD") ? 404 : 201);
        });
        Result textResult = new TestProgram().run(server, "blob", file.toString());
        assertThat(textResult.exitCode()).isEqualTo(1);
        assertThat(textResult.out()).isEmpty();
        assertThat(textResult.err()).isEqualTo("ollama-reactive: " + file + ": changed while it was sent\n");

        Result eventsResult = new TestProgram().run(server, "create", "x", "--file", file.toString(), "--events");
        assertThat(eventsResult.exitCode()).isEqualTo(1);
        assertThat(eventsResult.lines())
                .last()
                .isEqualTo("{\"event\":\"error\",\"type\":\"local_file\",\"message\":\"" + file
                        + ": changed while it was sent\"}");
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
