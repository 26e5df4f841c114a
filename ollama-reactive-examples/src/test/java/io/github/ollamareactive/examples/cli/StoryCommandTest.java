// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.examples.stories.Stories;
import io.github.ollamareactive.test.OllamaTestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code story}; what the stories print is in {@code SessionsTest}. */
class StoryCommandTest {
    @Test
    void withoutANameItListsTheStories() {
        assertThat(new TestProgram().run("story").lines()).containsExactlyElementsOf(Stories.names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bogus                      | no story is named 'Bogus'; there are ManualToolCalls, MultiTurnChat,",
                "streamedanswer             | no story is named 'streamedanswer'",
                "TokenService --port 65536  | --port: 65536 is not a port from 0 to 65535",
                "StreamedAnswer --host ftp://x | ftp"
            })
    void invalidUsageIsReported(String args, String expected) {
        Result result = new TestProgram().run(("story " + args).split(" ", -1));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(expected);
    }

    @Test
    void i11AStoryWithoutAServerSaysWhatToDo() {
        Result byDefault = new TestProgram().run("story", "StreamedAnswer");
        assertThat(byDefault.exitCode()).isEqualTo(1);
        assertThat(byDefault.err())
                .startsWith("ollama-reactive: no Ollama answers at " + TestProgram.UNREACHABLE_URL)
                .contains("install Ollama", "name a server with --host or OLLAMA_HOST");
        assertThat(new TestProgram()
                        .run("story", "MultiTurnChat", "--host", TestProgram.UNREACHABLE_URL)
                        .err())
                .endsWith("; run 'ollama serve' there, or check the address in --host\n");
        assertThat(new TestProgram()
                        .variable("OLLAMA_HOST", TestProgram.UNREACHABLE_URL)
                        .run("story", "ThreeSubscribers")
                        .err())
                .endsWith("; run 'ollama serve' there, or check the address in OLLAMA_HOST\n");
    }

    @Test
    void aPortInUseIsReported() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            Result result = new TestProgram().run("story", "TokenService", "--port", String.valueOf(server.port()));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo("ollama-reactive: can't listen on port " + server.port()
                            + ": it is in use or not allowed; choose another with --port\n");
        }
    }
}
