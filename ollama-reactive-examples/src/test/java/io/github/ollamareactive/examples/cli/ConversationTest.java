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

/** {@code chat} without a prompt, with lines that were written down before. */
class ConversationTest {
    private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String YES = "{\"role\":\"assistant\",\"content\":\"Yes.\"}";

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Result talk(List<String> options, String... lines) {
        server.otherwise(request -> Answer.tokens("Yes."));
        List<String> args = new ArrayList<>(List.of("chat", "-m", "x", "--host", server.baseUrl()));
        args.addAll(options);
        return new TestProgram().typed(lines).run(args.toArray(String[]::new));
    }

    private Result talk(String... lines) {
        return talk(List.of("--no-stats"), lines);
    }

    private JsonObject sent(int request) {
        return (JsonObject) JsonValue.parse(server.requests().get(request).body());
    }

    @Test
    void historyIsSentBack() {
        Result result = talk("Hi", "", "And?", "/bye", "never said");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("Yes.\nYes.\n");
        assertThat(result.err())
                .isEqualTo(
                        "Talking to x, Ollama at " + server.baseUrl() + ". /help shows the commands, /bye leaves.\n");
        assertThat(server.requests()).hasSize(2);
        assertThat(sent(1).get("messages"))
                .hasToString("[" + HI + "," + YES + ",{\"role\":\"user\",\"content\":\"And?\"}]");
    }

    @Test
    void failedTurnIsToldAndForgotten() {
        server.answer("POST", "/api/chat", Answer.json(500, "{\"error\":\"out of memory\"}"), Answer.tokens("Yes."));
        Result result = talk("Lost", "Hi");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("ollama-reactive: ").contains("out of memory");
        assertThat(sent(server.requests().size() - 1).get("messages")).hasToString("[" + HI + "]");
    }

    @Test
    void settingsChangeWhileTheHistoryStays() {
        talk(
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
        assertThat(sent(0).get("messages").toString()).startsWith("[{\"role\":\"system\",\"content\":\"Be kind.\"}");
        assertThat(sent(1).get("messages").toString())
                .startsWith("[{\"role\":\"system\",\"content\":\"Be brief.\"}," + HI + "," + YES)
                .doesNotContain("Be kind.");
        assertThat(sent(1).get("model")).hasToString("\"y\"");
        assertThat(sent(1).get("options")).hasToString("{\"seed\":7}");
        assertThat(sent(1).get("think")).hasToString("\"high\"");
        assertThat(sent(2).get("think")).hasToString("false");
        assertThat(sent(3).get("think")).hasToString("true");
    }

    @Test
    void whatWasSavedCanBeLoaded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("talk with spaces.json");
        assertThat(talk("Hi", "/save " + file).err()).contains("Saved in " + file);
        assertThat(Files.readString(file)).isEqualTo("{\"model\":\"x\",\"messages\":[" + HI + "," + YES + "]}\n");
        assertThat(talk("/model y", "/load " + file, "And?").err()).contains("Going on with 2 messages and x.");
        assertThat(sent(1).get("model")).hasToString("\"x\"");
        assertThat(sent(1).get("messages").toString()).startsWith("[" + HI + "," + YES + ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/think hard           | unknown level 'hard'",
                "/think                | this needs more: /think on|off",
                "/model                | this needs more: /model NAME",
                "/load no-such-file    | /load: can't read no-such-file",
                "/save /no/such/folder | /save: can't write /no/such/folder",
                "/nonsense             | there is no /nonsense; /help shows what there is",
                "/help                 | /load FILE     go on with what was saved",
                "/stats                | 0 messages"
            })
    void commandsThatSendNothing(String line, String expected) {
        Result result = talk(line);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains(expected.split("\\|")[0]);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatWasNotSavedByUsIsRefused(@TempDir Path folder) throws IOException {
        for (String content : List.of("[]", "{}", "{\"model\":\"x\",\"messages\":[1]}", "no JSON")) {
            Path file = Files.writeString(folder.resolve("file"), content);
            assertThat(talk("/load " + file).err()).contains("/load: " + file + " holds no ");
        }
    }

    @Test
    void statsTellTheHistoryAndTheLastAnswer() {
        assertThat(talk("Hi", "/stats").err()).contains("\n2 messages").contains("\nlast answer: ");
    }

    @Test
    void helpStandsInThePage() throws IOException {
        String page = Files.readString(Path.of("CONVERSATION.md"));
        List<String> words = talk("/help").err().lines().skip(1).toList();
        assertThat(words).hasSize(10);
        assertThat(page).contains(String.join("\n", words));
    }

    @Test
    void numbersFollowEachAnswer() {
        assertThat(talk(List.of(), "Hi", "Hi").err().lines()).hasSize(3);
    }

    @Test
    void severalLinesAreOneEntry() {
        talk("\"\"\"One", "  two", "three\"\"\"", "\"\"\"four\"\"\"", "/system \"\"\"five", "six\"\"\"", "Hi");
        assertThat(sent(0).get("messages")).hasToString("[{\"role\":\"user\",\"content\":\"One\\n  two\\nthree\"}]");
        assertThat(sent(1).get("messages").toString()).contains("{\"role\":\"user\",\"content\":\"four\"}");
        assertThat(sent(2).get("messages").toString()).contains("{\"role\":\"system\",\"content\":\"five\\nsix\"}");
    }

    @Test
    void unfinishedLinesAreDropped() {
        talk("\"\"\"One", "two");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void pathIsNoCommand() {
        talk("/etc/hosts says what?");
        assertThat(sent(0).get("messages").toString()).contains("/etc/hosts says what?");
    }

    @Test
    void answersAreCutHereToo() {
        assertThat(talk(List.of("--by", "sentence"), "Hi").out()).isEqualTo("Yes.\n");
    }

    @Test
    void recordingTalksToo() {
        Result result = new TestProgram().typed("Hi", "And?").run("chat", "--no-stats");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err().lines().findFirst().orElse("")).contains("a recording of a real one");
        assertThat(result.err())
                .contains("Talking to gemma3:270m, the recording.")
                .contains("same answer");
        assertThat(result.out().split("The blue light is a mixture", -1)).hasSize(3);
    }

    @Test
    void pictureNeedsAPrompt() {
        Result result = talk(List.of("--image", "cat.png"), "Hi");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--image needs a PROMPT");
    }

    @Test
    void eventsNeedAPrompt() {
        Result result = talk(List.of("--events"), "Hi");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("chat needs a PROMPT");
    }
}
