// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No server is named, and none listens at the default address: chat and generate replay a recording, all others fail. */
class EmbeddedReplayTest {
    @Test
    void j5FirstLineOfStderrAnnouncesTheRecording() {
        Result result = new TestProgram().run("chat", "Any prompt");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("The blue light is a mixture of all the colours");
        assertThat(result.err().lines().findFirst().orElse(""))
                .contains(TestProgram.UNREACHABLE_URL)
                .contains("a recording of a real one, whose small model was given the facts,")
                .contains("ollama serve")
                .contains("--host")
                .contains("OLLAMA_HOST");
        assertThat(result.err().lines()).hasSize(2);
    }

    /** I4: a question that no recording has is answered by the one recording, and stderr says so in one line. */
    @ParameterizedTest
    @ValueSource(
            strings = {"chat --tools FILE", "chat --think --format json", "generate --suffix }", "generate --raw -m x"})
    void i4AnUnrecordedQuestionHasOneLineOfExplanation(String command, @TempDir Path folder) throws IOException {
        String tools = Files.writeString(folder.resolve("tools"), "[]").toString();
        Result result = new TestProgram()
                .run((command + " --events Question").replace("FILE", tools).split(" ", -1));
        assertThat(result.exitCode()).isZero();
        assertThat(result.events().get(result.events().size() - 1).get("event")).hasToString("\"done\"");
        assertThat(result.err().lines()).singleElement().asString().contains("No Ollama answers");
    }

    /** As Kubernetes sets it where there is a service of that name. */
    @Test
    void aPortThatIsTheUrlOfAServiceNamesNoServer() {
        Result result = new TestProgram()
                .variable("OLLAMA_PORT", "tcp://10.96.0.1:11434")
                .run("chat", "Why is the sky blue?");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("No Ollama answers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pull foo",
                "pull foo --no-stream",
                "push you/foo",
                "create foo --from bar",
                "create foo --from bar --quantize q8_0",
                "show foo",
                "show foo --verbose",
                "cp foo bar",
                "rm foo",
                "embed text",
                "embed text another -m foo",
                "list",
                "ls",
                "ps",
                "load foo",
                "stop foo",
                "version",
                "ping",
                "blob --check sha256:0",
                "blob FILE",
                "create foo --file FILE"
            })
    void i5EveryOtherCommandNeedsAServer(String command, @TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("model.gguf"), "GGUF").toString();
        String[] args = command.replace("FILE", file).split(" ", -1);
        Result forPeople = new TestProgram().run(args);
        assertThat(forPeople.exitCode()).isEqualTo(1);
        assertThat(forPeople.out()).isEmpty();
        assertThat(forPeople.err().lines())
                .singleElement()
                .asString()
                .startsWith("ollama-reactive: no Ollama answers at " + TestProgram.UNREACHABLE_URL + "; ")
                .contains("ollama serve", "--host", "OLLAMA_HOST");

        String[] withEvents = Arrays.copyOf(args, args.length + 1);
        withEvents[args.length] = "--events";
        Result asEvents = new TestProgram().run(withEvents);
        assertThat(asEvents.exitCode()).isEqualTo(1);
        assertThat(asEvents.out())
                .isEqualTo("{\"event\":\"error\",\"type\":\"connection\",\"message\":\"no Ollama answers at "
                        + TestProgram.UNREACHABLE_URL + "\"}\n");
    }
}
