// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No server is named, and none listens at the default address: most commands replay a bundled recording. */
class EmbeddedReplayTest {
    @Test
    void firstLineOfStderrAnnouncesTheRecording() {
        Result result = new TestProgram().run("chat", "Any prompt");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("The blue light is a mixture of all the colours");
        assertThat(result.err().lines().findFirst().orElse(""))
                .contains(TestProgram.UNREACHABLE_URL)
                .contains("a recording of a real one")
                .contains("ollama serve")
                .contains("--host")
                .contains("OLLAMA_HOST");
        assertThat(result.err().lines()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "generate Any, done",
        "pull any, success",
        "push any, success",
        "create any --from other, success",
        "create any --from other --quantize q8_0, success",
        "show any, shown",
        "show any --verbose, shown",
        "cp any other, copied",
        "rm any, deleted",
        "embed any, done",
        "embed any other, done",
        "list, model",
        "ps, model",
        "load any, done",
        "stop any, done",
        "version, version",
    })
    void everyCommandHasARecording(String command, String lastEvent) {
        Result result = new TestProgram().run((command + " --events").split(" ", -1));
        assertThat(result.exitCode()).isZero();
        assertThat(result.events().get(result.events().size() - 1).get("event")).hasToString("\"" + lastEvent + "\"");
        assertThat(result.err().lines()).singleElement().asString().contains("No Ollama answers");
    }

    @Test
    void vectorsAreLabelledWithTheRecordedTexts() {
        assertThat(new TestProgram().run("embed", "my own text").out())
                .startsWith("Why is the sky blue?    384 values: ");
        assertThat(new TestProgram().run("embed", "my own text", "another").lines())
                .anyMatch(line -> line.contains("日本語"));
    }

    @Test
    void blobsAndUploadsNeedARealServer(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("model.gguf"), "GGUF").toString();
        for (List<String> command : List.of(
                List.of("blob", file),
                List.of("blob", "--check", "sha256:0"),
                List.of("create", "x", "--file", file))) {
            Result textResult = new TestProgram().run(command.toArray(String[]::new));
            assertThat(textResult.exitCode()).isEqualTo(1);
            assertThat(textResult.out()).isEmpty();
            assertThat(textResult.err().lines())
                    .singleElement()
                    .asString()
                    .contains("needs a real server")
                    .contains("--host");

            List<String> commandWithEvents = new ArrayList<>(command);
            commandWithEvents.add("--events");
            Result eventsResult = new TestProgram().run(commandWithEvents.toArray(String[]::new));
            assertThat(eventsResult.exitCode()).isEqualTo(1);
            assertThat(eventsResult.events()).singleElement().satisfies(error -> {
                assertThat(error.get("event")).hasToString("\"error\"");
                assertThat(error.get("type")).hasToString("\"connection\"");
            });
        }
    }

    @Test
    void timesAreRelativeToTheRecording() {
        assertThat(new TestProgram().run("ps").out()).endsWith("4 minutes from now\n");
        assertThat(new TestProgram().run("list").lines()).anyMatch(line -> line.endsWith("    Less than a second ago"));
    }

    @Test
    void pingWithoutAServerIsAConnectionError() {
        Result result = new TestProgram().run("ping", "--events");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.events()).singleElement().satisfies(event -> {
            assertThat(event.get("event")).hasToString("\"error\"");
            assertThat(event.get("type")).hasToString("\"connection\"");
        });
        assertThat(result.err()).contains("no Ollama answers at");
    }
}
