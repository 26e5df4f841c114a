// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.World.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No server was named and none is at the default address. */
class EmbeddedReplayTest {
    @Test
    void firstLineSaysSoAndHowToUseARealOne() {
        Result result = new World().run("chat", "Any prompt");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("The blue light is a mixture of all the colours");
        assertThat(result.err().lines().findFirst().orElse(""))
                .contains(World.NOBODY)
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
        "list, model",
        "ps, model",
        "load any, done",
        "stop any, done",
        "version, version",
        "ping, alive",
    })
    void everyCommandHasARecording(String command, String lastEvent) {
        Result result = new World().run((command + " --events").split(" ", -1));
        assertThat(result.exitCode()).isZero();
        assertThat(result.events().get(result.events().size() - 1).get("event")).hasToString("\"" + lastEvent + "\"");
        assertThat(result.err().lines()).singleElement().asString().contains("No Ollama answers");
    }

    @Test
    void timesAreThoseOfTheRecording() {
        assertThat(new World().run("ps").out()).endsWith("4 minutes from now\n");
        assertThat(new World().run("list").lines()).anyMatch(line -> line.endsWith("    Less than a second ago"));
    }

    @Test
    void pingDoesNotPassTheRecordingOffAsAServer() {
        assertThat(new World().run("ping").out()).isEqualTo("the recording answers\n");
    }
}
