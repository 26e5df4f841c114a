// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.World.Result;
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

/** {@code --by}: how the answer is cut while it streams. */
class CutAnswerTest {
    private static final String[] LINES = {
        "{\"message\":{\"thinking\":\"Hm. \"},\"done\":false}",
        "{\"message\":{\"content\":\"One t\"},\"done\":false}",
        "{\"message\":{\"content\":\"wo.\"},\"done\":false}",
        "{\"message\":{\"content\":\" Three\\nfour\"},\"done\":false}",
        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]},\"done\":false}",
        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}"
    };

    private static Result run(World world, Answer answer, String... args) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.otherwise(request -> answer);
            List<String> all = new ArrayList<>(List.of(args));
            all.addAll(List.of("--no-stats", "-m", "x", "--host", server.baseUrl()));
            return world.run(all.toArray(String[]::new));
        }
    }

    /** What was written piece by piece, with the ends of lines visible. */
    private static List<String> pieces(World world) {
        List<String> pieces = new ArrayList<>();
        String before = "";
        for (String all : world.flushed) {
            pieces.add(all.substring(before.length()).replace("\n", "⏎"));
            before = all;
        }
        return pieces;
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
    void eachPieceIsFlushedWhenItIsThere(String by, String expected) {
        World world = new World();
        Result result = run(world, Answer.ndjson(LINES), "chat", "Hi", "--by", by);
        assertThat(pieces(world)).containsExactly(expected.split("/", -1));
        assertThat(result.err()).isEqualTo("Hm. \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "line", "sentence"})
    void theTextIsTheSame(String by) {
        String plain = replayed("generate", "Any", "--by", "token");
        assertThat(plain).hasSizeGreaterThan(100);
        assertThat(replayed("generate", "Any", "--by", by)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "word", "line", "sentence"})
    void partialAnswerStaysWhenTheCallFails(String by) {
        Answer broken = Answer.ndjson(LINES[1], LINES[2], "{\"error\":\"out of memory\"}");
        Result result = run(new World(), broken, "chat", "Hi", "--by", by);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("One two.\n");
        assertThat(result.err()).contains("out of memory");
    }

    @Test
    void eventsAreNotCut() {
        assertThat(replayed("generate", "Any", "--events", "--by", "sentence"))
                .isEqualTo(replayed("generate", "Any", "--events"));
    }

    private static String replayed(String... args) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("generate-demo")).replayBy(ReplayRule.anyBody());
            List<String> all = new ArrayList<>(List.of(args));
            all.addAll(List.of("-m", "x", "--host", server.baseUrl()));
            return new World().run(all.toArray(String[]::new)).out();
        }
    }

    @Test
    void picturesArentLost() {
        Answer answer = Answer.ndjson(
                "{\"completed\":1,\"total\":2,\"done\":false}",
                "{\"image\":\"AAAA\",\"done\":false}",
                "{\"done\":true,\"done_reason\":\"stop\"}");
        Result result = run(new World(), answer, "generate", "A cat", "--by", "word");
        assertThat(result.err()).isEqualTo("rendering 1/2\n");
        assertThat(result.out()).startsWith("an image of 3 bytes");
    }
}
