// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code --by}: the unit in which an answer is printed. */
class AnswerUnitTest {
    private static final String[] LINES = {
        "{\"message\":{\"thinking\":\"Hm. \"},\"done\":false}",
        "{\"message\":{\"content\":\"One t\"},\"done\":false}",
        "{\"message\":{\"content\":\"wo.\"},\"done\":false}",
        "{\"message\":{\"content\":\" Three\\nfour\"},\"done\":false}",
        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]},\"done\":false}",
        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}"
    };

    private static Result run(TestProgram program, Answer answer, String... args) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.otherwise(request -> answer);
            List<String> allArgs = new ArrayList<>(List.of(args));
            allArgs.addAll(List.of("--no-stats", "-m", "x"));
            return program.run(server, allArgs.toArray(String[]::new));
        }
    }

    /** The text of each flush, with visible line ends. */
    private static List<String> flushedTexts(TestProgram program) {
        List<String> texts = new ArrayList<>();
        String previous = "";
        for (String output : program.flushedOutputs) {
            texts.add(output.substring(previous.length()).replace("\n", "⏎"));
            previous = output;
        }
        return texts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "token|One t/wo./ Three⏎four/⏎/call f {}⏎",
                "word|One /two. /Three⏎/four/⏎/call f {}⏎",
                "line|One two. Three⏎/four/⏎/call f {}⏎",
                "sentence|One two. /Three⏎/four/⏎/call f {}⏎"
            })
    void eachUnitIsFlushedWhenItIsComplete(String unit, String expected) {
        TestProgram program = new TestProgram();
        Result result = run(program, Answer.ndjson(LINES), "chat", "Hi", "--by", unit);
        assertThat(flushedTexts(program)).containsExactly(expected.split("/", -1));
        assertThat(result.err()).isEqualTo("Thinking...\nHm. \n...done thinking.\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "line", "sentence"})
    void unitDoesNotChangeTheText(String unit) {
        String byToken = replayed("generate", "Any", "--by", "token");
        assertThat(byToken).hasSizeGreaterThan(100);
        assertThat(replayed("generate", "Any", "--by", unit)).isEqualTo(byToken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "word", "line", "sentence"})
    void partialAnswerIsKeptIfTheCallFails(String unit) {
        Answer broken = Answer.ndjson(LINES[1], LINES[2], "{\"error\":\"out of memory\"}");
        Result result = run(new TestProgram(), broken, "chat", "Hi", "--by", unit);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("One two.\n");
        assertThat(result.err()).contains("out of memory");
    }

    @Test
    void eventsAreNotSplit() {
        assertThat(replayed("generate", "Any", "--events", "--by", "sentence"))
                .isEqualTo(replayed("generate", "Any", "--events"));
    }

    private static String replayed(String... args) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("generate-demo")).replayBy(ReplayRule.anyBody());
            List<String> allArgs = new ArrayList<>(List.of(args));
            allArgs.addAll(List.of("-m", "x"));
            return new TestProgram().run(server, allArgs.toArray(String[]::new)).out();
        }
    }

    @Test
    void imagesAreKept() {
        Answer answer = Answer.ndjson(
                "{\"completed\":1,\"total\":2,\"done\":false}",
                "{\"image\":\"AAAA\",\"done\":false}",
                "{\"done\":true,\"done_reason\":\"stop\"}");
        Result result = run(new TestProgram(), answer, "generate", "A cat", "--by", "word");
        assertThat(result.err()).isEqualTo("rendering 1/2\n");
        assertThat(result.out()).startsWith("an image of 3 bytes");
    }
}
