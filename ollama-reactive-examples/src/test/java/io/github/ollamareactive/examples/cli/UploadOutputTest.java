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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of files that are uploaded. */
class UploadOutputTest {
    private final OllamaTestServer server = OllamaTestServer.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        server.close();
    }

    private Result run(TestProgram world, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--host", server.baseUrl()));
        return world.run(all.toArray(String[]::new));
    }

    private Path file(int size) throws IOException {
        return Files.write(folder.resolve("model.gguf"), new byte[size]);
    }

    @Test
    void blobPrintsItsDigestAndNothingElse() throws IOException {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        String file = file(0).toString();
        String digest = "sha256:" + Sha256.sha256("");
        Result result = run(new TestProgram(), "blob", file);
        assertThat(result.out()).isEqualTo(digest + "\n");
        assertThat(result.err()).isEmpty();
        assertThat(run(new TestProgram(), "blob", file, "--events").lines())
                .last()
                .isEqualTo("{\"event\":\"stored\",\"digest\":\"" + digest + "\"}");
    }

    @Test
    void blobThatIsThereIsNotSent() throws IOException {
        server.otherwise(request -> Answer.of(200));
        String file = file(0).toString();
        String digest = "sha256:" + Sha256.sha256("");
        Result result = run(new TestProgram(), "blob", file);
        assertThat(result.out()).isEqualTo(digest + "\n");
        assertThat(result.err()).isEqualTo("The server has it already.\n");
        assertThat(run(new TestProgram(), "blob", file, "--events").out())
                .isEqualTo("{\"event\":\"already_there\",\"digest\":\"" + digest + "\"}\n");
        assertThat(server.requests()).allMatch(request -> request.method().equals("HEAD"));
    }

    @Test
    void uploadDrawsABarOnATerminal() throws IOException {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        String out = run(
                        new TestProgram().outIsTerminal(),
                        "blob",
                        file(3_000_000).toString())
                .out();
        assertThat(out)
                .startsWith("hashing model.gguf\r\u001b[Kuploading model.gguf ")
                .contains("/3 MB")
                .containsPattern("\nsha256:[0-9a-f]{64}\n\\z");
    }

    @Test
    void uploadTellsHowFarItIs() throws IOException {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        List<JsonValue> events = run(new TestProgram(), "blob", file(3_000_000).toString(), "--events")
                .events();
        assertThat(events.get(0).get("event")).hasToString("\"uploading\"");
        assertThat(events.get(0).get("total")).hasToString("3000000");
        assertThat(events.get(0).get("sent")).isNotNull();
        assertThat(events.get(0).get("digest"))
                .isEqualTo(events.get(events.size() - 1).get("digest"));
    }

    @Test
    void checkSaysFoundOrMissing() {
        server.answer("HEAD", "/api/blobs/sha256:1", Answer.of(200))
                .answer("HEAD", "/api/blobs/sha256:2", Answer.of(404));
        assertThat(run(new TestProgram(), "blob", "--check", "sha256:1").out()).isEqualTo("found\n");
        Result missing = run(new TestProgram(), "blob", "--check", "sha256:2");
        assertThat(missing.out()).isEqualTo("missing\n");
        assertThat(missing.exitCode()).isZero();
    }

    @Test
    void createTellsOfUploadsLineByLine() throws IOException {
        server.otherwise(request -> request.path().startsWith("/api/blobs/")
                ? Answer.of(request.method().equals("HEAD") ? 404 : 201)
                : Answer.ndjson("{\"status\":\"parsing GGUF\"}", "{\"status\":\"success\"}"));
        assertThat(run(new TestProgram(), "create", "x", "--file", file(10).toString())
                        .lines())
                .endsWith("uploaded model.gguf", "parsing GGUF", "success");
    }

    @Test
    void fileThatChangesIsALocalError() throws IOException {
        Path file = file(10);
        server.otherwise(request -> {
            if (request.method().equals("HEAD")) {
                append(file);
            }
            return Answer.of(request.method().equals("HEAD") ? 404 : 201);
        });
        Result people = run(new TestProgram(), "blob", file.toString());
        assertThat(people.exitCode()).isEqualTo(1);
        assertThat(people.out()).isEmpty();
        assertThat(people.err()).isEqualTo("ollama-reactive: " + file + ": changed while it was sent\n");

        Result machine = run(new TestProgram(), "create", "x", "--file", file.toString(), "--events");
        assertThat(machine.exitCode()).isEqualTo(1);
        assertThat(machine.lines())
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
