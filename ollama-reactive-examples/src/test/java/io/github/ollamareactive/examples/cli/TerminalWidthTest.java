// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.examples.cli.output.TextColumns;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** I6, I7, I12: what people read fits their terminal, and without a terminal nothing is cut and nothing controls one. */
class TerminalWidthTest {
    private static final int[] WIDTHS = {20, 40, 80, 200};

    /** Each command, and the recording that answers it; - for none. */
    private static final String[] CALLS = {
        "chat -m x Hi|chat-demo",
        "generate -m x Hi|generate-demo",
        "chat -m x Hi --by sentence|chat-demo",
        "list|models-list",
        "ps|models-running",
        "show x|models-show",
        "show x --verbose|models-show-verbose",
        "embed -m x Why|embed-one",
        "embed -m x first second third|embed-many",
        "pull x|pull-stream",
        "push x|push-stream",
        "create x --from y|create-from",
        "cp some-long-name-of-a-model some-other-name|models-copy",
        "rm some-long-name-of-a-model|models-delete",
        "load x|generate-load",
        "stop x|generate-unload",
        "version|server-version",
    };

    private static final List<String> LOCAL_CALLS = List.of(
            "--help",
            "help",
            "help help",
            "--version",
            "chat --bogus",
            "list --hosd x",
            "list --host http://127.0.0.1:19",
            "chat Hello",
            "story",
            "story Bogus",
            "rm foo",
            "");

    private static final List<String> COMMANDS = List.of(
            "chat",
            "generate",
            "pull",
            "push",
            "create",
            "list",
            "ps",
            "show",
            "cp",
            "rm",
            "load",
            "stop",
            "embed",
            "blob",
            "version",
            "ping",
            "story",
            "serve",
            "record",
            "replay",
            "completion",
            "help");

    static Stream<Arguments> calls() {
        List<Arguments> rows = new ArrayList<>();
        List<String> calls = new ArrayList<>(List.of(CALLS));
        LOCAL_CALLS.forEach(call -> calls.add(call + "|-"));
        COMMANDS.forEach(command -> calls.add(command + " --help|-"));
        for (String call : calls) {
            String[] parts = call.split("\\|", -1);
            for (int width : WIDTHS) {
                rows.add(Arguments.of(parts[0], parts[1], width));
            }
        }
        return rows.stream();
    }

    private static Result run(TestProgram program, String call, String recordingName) {
        String[] args = call.isEmpty() ? new String[0] : call.split(" ", -1);
        if (recordingName.equals("-")) {
            return program.run(args);
        }
        try (OllamaTestServer server = OllamaTestServer.start()) {
            Recording recording = Recording.bundled(recordingName);
            server.answer(recording.method(), recording.path(), Answer.of(recording));
            return program.run(server, args);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void i6i7i12LinesFitTheTerminal(String call, String recording, int width) {
        for (boolean colours : new boolean[] {true, false}) {
            TestProgram program =
                    new TestProgram().outIsTerminal().errIsTerminal().columns(width);
            Result result = run(colours ? program : program.variable("NO_COLOR", "1"), call, recording);
            String shown = result.out() + result.err();
            if (!colours) {
                assertThat(shown).doesNotContainPattern("\u001b\\[[0-9;]*m");
            }
            assertThat(shown).isNotEmpty();
            assertThat(shown.split("\n|\r\u001b\\[K", -1))
                    .filteredOn(line -> !line.contains("://"))
                    .allSatisfy(line -> assertThat(TextColumns.width(line)).isLessThanOrEqualTo(width));
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void i7WithoutATerminalNothingIsCut(String call, String recording, int width) {
        Result narrow = run(new TestProgram().columns(width), call, recording);
        assertThat(narrow.out() + narrow.err()).doesNotContain("\u001b", "\r");
        if (!call.startsWith("chat") && !call.startsWith("generate") && !call.startsWith("embed")) {
            Result wide = run(new TestProgram().columns(1000), call, recording);
            assertThat(narrow.out()).isEqualTo(wide.out());
        }
    }

    @Test
    void i7ColoursDoNotChangeTheLayoutOfHelp() {
        for (String command : COMMANDS) {
            for (int width : WIDTHS) {
                TestProgram plain =
                        new TestProgram().outIsTerminal().columns(width).variable("NO_COLOR", "1");
                String coloured = new TestProgram()
                        .outIsTerminal()
                        .columns(width)
                        .run("help", command)
                        .out();
                assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                        .isEqualTo(plain.run("help", command).out());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void i7UrlsAreWhole(String call, String recording, int width) {
        String wide = run(new TestProgram().columns(200).errIsTerminal().outIsTerminal(), call, recording)
                .out();
        String narrow = run(new TestProgram().columns(width).errIsTerminal().outIsTerminal(), call, recording)
                .out();
        for (String word : wide.split("\\s+", -1)) {
            if (word.contains("://")) {
                assertThat(narrow).contains(word);
            }
        }
    }
}
