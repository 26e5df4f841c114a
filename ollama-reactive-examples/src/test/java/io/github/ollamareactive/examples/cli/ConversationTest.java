// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversation of {@code chat} without a prompt, at a scripted terminal. */
class ConversationTest {
    private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String YES = "{\"role\":\"assistant\",\"content\":\"Yes.\"}";

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Result converse(List<String> options, String... lines) {
        server.otherwise(request -> Answer.tokens("Yes."));
        List<String> args = new ArrayList<>(List.of("chat", "-m", "x"));
        args.addAll(options);
        return new TestProgram().typedLines(lines).run(server, args.toArray(String[]::new));
    }

    private Result converse(String... lines) {
        return converse(List.of("--no-stats"), lines);
    }

    private JsonObject sentRequest(int request) {
        return (JsonObject) JsonValue.parse(server.requests().get(request).body());
    }

    @Test
    void historyIsSentWithEachTurn() {
        Result result = converse("Hi", "", "And?", "/bye", "never said");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("Yes.\nYes.\n");
        assertThat(result.err())
                .isEqualTo("Talking to x, Ollama at " + server.baseUrl() + ". /help shows the commands, /bye exits.\n");
        assertThat(server.requests()).hasSize(2);
        assertThat(sentRequest(1).get("messages"))
                .hasToString("[" + HI + "," + YES + ",{\"role\":\"user\",\"content\":\"And?\"}]");
    }

    @Test
    void failedTurnIsReportedAndNotKept() {
        server.answer("POST", "/api/chat", Answer.json(500, "{\"error\":\"out of memory\"}"), Answer.tokens("Yes."));
        Result result = converse("Lost", "Hi");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("ollama-reactive: ").contains("out of memory");
        assertThat(sentRequest(server.requests().size() - 1).get("messages")).hasToString("[" + HI + "]");
    }

    @Test
    void settingsChangeAndTheHistoryIsKept() {
        converse(
                List.of("--system", "Be kind.", "--option", "seed=7"),
                "Hi",
                "/system Be brief.",
                "/model y",
                "/think high",
                "So?",
                "/think off",
                "Well?",
                "/think on",
                "Now?");
        assertThat(sentRequest(0).get("messages").toString())
                .startsWith("[{\"role\":\"system\",\"content\":\"Be kind.\"}");
        assertThat(sentRequest(1).get("messages").toString())
                .startsWith("[{\"role\":\"system\",\"content\":\"Be brief.\"}," + HI + "," + YES)
                .doesNotContain("Be kind.");
        assertThat(sentRequest(1).get("model")).hasToString("\"y\"");
        assertThat(sentRequest(1).get("options")).hasToString("{\"seed\":7}");
        assertThat(sentRequest(1).get("think")).hasToString("\"high\"");
        assertThat(sentRequest(2).get("think")).hasToString("false");
        assertThat(sentRequest(3).get("think")).hasToString("true");
    }

    @Test
    void savedConversationCanBeLoaded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("talk with spaces.json");
        assertThat(converse("Hi", "/save " + file).err()).contains("Saved in " + file);
        assertThat(Files.readString(file)).isEqualTo("{\"model\":\"x\",\"messages\":[" + HI + "," + YES + "]}\n");
        assertThat(converse("/model y", "/load " + file, "And?").err()).contains("Continuing with 2 messages and x.");
        assertThat(sentRequest(1).get("model")).hasToString("\"x\"");
        assertThat(sentRequest(1).get("messages").toString()).startsWith("[" + HI + "," + YES + ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/think hard           | /think: 'hard' is not one of on, off and low, medium, high, xhigh, max",
                "/think ON             | /think: 'ON' is not one of on, off",
                "/think                | missing argument: /think on|off",
                "/model                | missing argument: /model NAME",
                "/load no-such-file    | /load: can't read no-such-file",
                "/save /no/such/folder | /save: can't write /no/such/folder",
                "/nonsense             | unknown command /nonsense; the commands are /system, /model, /think, /save,",
                "/HELP                 | unknown command /HELP; the commands are /system",
                "/Clear-all now        | unknown command /Clear-all; the commands are /system",
                "/2                    | unknown command /2; the commands are /system",
                "/help                 | /load FILE     load a saved model and its messages",
                "/stats                | 0 messages"
            })
    void i9CommandsSendNoRequest(String line, String expected) {
        Result result = converse(line);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains(expected.split("\\|")[0]);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void fileOfAnotherFormatIsNotLoaded(@TempDir Path folder) throws IOException {
        for (String content : List.of("[]", "{}", "{\"model\":\"x\",\"messages\":[1]}", "no JSON")) {
            Path file = Files.writeString(folder.resolve("file"), content);
            assertThat(converse("/load " + file).err()).contains("/load: " + file + " is not ");
        }
    }

    @Test
    void statsShowTheHistoryAndTheLastAnswer() {
        assertThat(converse("Hi", "/stats").err()).contains("\n2 messages").contains("\nlast answer: ");
    }

    @Test
    void helpIsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("CONVERSATION.md"));
        List<String> help = converse("/help").err().lines().skip(1).toList();
        assertThat(help).hasSize(10);
        assertThat(document).contains(String.join("\n", help));
    }

    @Test
    void statsFollowEachAnswer() {
        assertThat(converse(List.of(), "Hi", "Hi").err().lines()).hasSize(3);
    }

    @Test
    void linesInQuotesAreOneEntry() {
        converse("\"\"\"One", "  two", "three\"\"\"", "\"\"\"four\"\"\"", "/system \"\"\"five", "six\"\"\"", "Hi");
        assertThat(sentRequest(0).get("messages"))
                .hasToString("[{\"role\":\"user\",\"content\":\"One\\n  two\\nthree\"}]");
        assertThat(sentRequest(1).get("messages").toString()).contains("{\"role\":\"user\",\"content\":\"four\"}");
        assertThat(sentRequest(2).get("messages").toString())
                .contains("{\"role\":\"system\",\"content\":\"five\\nsix\"}");
    }

    @Test
    void entryWithoutClosingQuotesIsDropped() {
        converse("\"\"\"One", "two");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void pathIsNotACommand() {
        converse("/etc/hosts says what?");
        assertThat(sentRequest(0).get("messages").toString()).contains("/etc/hosts says what?");
    }

    @Test
    void unitOptionAppliesToAnswers() {
        assertThat(converse(List.of("--by", "sentence"), "Hi").out()).isEqualTo("Yes.\n");
    }

    @Test
    void recordingAnswersEachTurn() {
        Result result = new TestProgram().typedLines("Hi", "And?").run("chat", "--no-stats");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err().lines().findFirst().orElse("")).contains("a recording of a real one");
        assertThat(result.err())
                .contains("Talking to gemma3:270m, the recording.")
                .contains("same answer");
        assertThat(result.out().split("The blue light is a mixture", -1)).hasSize(3);
    }

    @Test
    void imageNeedsAPrompt() {
        Result result = converse(List.of("--image", "cat.png"), "Hi");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--image needs a PROMPT");
    }

    @Test
    void eventsNeedAPrompt() {
        Result result = converse(List.of("--events"), "Hi");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("chat needs a PROMPT");
    }
}
