// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.OllamaTestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I1 to I3: what is piped in, halves of characters, and limits of an answer. */
class ProgramInputTest {
    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String prompt(TestProgram program, String... args) {
        server.otherwise(request -> Answer.tokens("Yes."));
        Result result = program.run(server, args);
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonValue request = JsonValue.parse(
                server.requests().get(server.requests().size() - 1).body());
        return request.get("prompt") == null
                ? ((JsonArray) request.get("messages"))
                        .items()
                        .get(0)
                        .get("content")
                        .asString()
                : request.get("prompt").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "generate"})
    void i1PipedTextComesBeforeThePrompt(String command) {
        assertThat(prompt(new TestProgram().pipedInput("a\nb\n"), command, "-m", "x", "summarise"))
                .isEqualTo("a\nb\n summarise");
        assertThat(prompt(new TestProgram().pipedInput("ä€😀"), command, "-m", "x", "what?"))
                .isEqualTo("ä€😀 what?");
        assertThat(prompt(new TestProgram().pipedInput("a\n"), command, "-m", "x", "-"))
                .isEqualTo("a");
        assertThat(prompt(new TestProgram().pipedInput("a\n"), command, "-m", "x"))
                .isEqualTo("a");
        assertThat(prompt(new TestProgram().pipedInput(""), command, "-m", "x", "summarise"))
                .isEqualTo("summarise");
        assertThat(prompt(new TestProgram().pipedInput("\n"), command, "-m", "x", "summarise"))
                .isEqualTo("summarise");
        assertThat(prompt(new TestProgram(), command, "-m", "x", "summarise")).isEqualTo("summarise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "generate", "embed"})
    void i1WhatIsNotTextIsRefused(String command) {
        Result result =
                new TestProgram().pipedInput(new byte[] {'a', (byte) 0xFF, 'b'}).run(server, command, "-m", "x");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("standard input is not UTF-8 text");
        assertThat(server.requests()).isEmpty();
    }

    private Result answerOf(TestProgram program, String... args) {
        server.answer(
                "POST",
                "/api/chat",
                Answer.ndjson(
                        "{\"message\":{\"content\":\"a\\uD83D\"},\"done\":false}",
                        "{\"message\":{\"content\":\"\\uDE00b\\uD83D\"},\"done\":false}",
                        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}"));
        return program.run(server, args);
    }

    @Test
    void i2HalvesOfACharacterAreJoined() {
        for (String unit : new String[] {"token", "word", "line", "sentence"}) {
            assertThat(answerOf(new TestProgram(), "chat", "-m", "x", "Hi", "--by", unit)
                            .out())
                    .isEqualTo("a😀b\uFFFD\n");
            assertThat(answerOf(new TestProgram().outIsTerminal(), "chat", "-m", "x", "Hi", "--by", unit)
                            .out())
                    .isEqualTo("a😀b\uFFFD\n");
        }
    }

    @Test
    void i2HalvesAreEscapedInEvents() {
        String out =
                answerOf(new TestProgram(), "chat", "-m", "x", "Hi", "--events").out();
        assertThat(out).containsIgnoringCase("\"a\\uD83D\"").containsIgnoringCase("\"\\uDE00b\\uD83D\"");
        assertThat(out).doesNotContain("?", "\uFFFD");
        assertThat(UTF_8.newEncoder().canEncode(out)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "generate"})
    void i3LimitsEndAnAnswer(String command) {
        server.otherwise(request -> Generation.create()
                .tokens("one ", "two ", "three ", "four ", "five ")
                .answer());
        Result limited = new TestProgram().run(server, command, "-m", "x", "Hi", "--max-tokens", "2");
        assertThat(limited.exitCode()).isZero();
        assertThat(limited.out()).isEqualTo("one two \n");
        assertThat(limited.err()).contains("ended at a limit");
        assertThat(new TestProgram()
                        .run(server, command, "-m", "x", "Hi", "--max-tokens", "2", "--events")
                        .lines())
                .hasSize(3);
        assertThat(new TestProgram()
                        .run(server, command, "-m", "x", "Hi", "--max-tokens", "0")
                        .exitCode())
                .isEqualTo(2);
        assertThat(new TestProgram()
                        .run(server, command, "-m", "x", "Hi", "--max-time", "0")
                        .exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the same again, ", "ha"})
    void i3ALoopIsStopped(String repeated) {
        server.otherwise(request -> Answer.endless("{\"message\":{\"content\":\"" + repeated + "\"},\"done\":false}"));
        Result result = new TestProgram().run(server, "chat", "-m", "x", "Hi", "--stop-repetition");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith(repeated + repeated).hasSizeLessThan(1000);
        assertThat(result.err()).contains("ended at a limit");
    }

    @Test
    void i9StatsOptionIsOnlyWhereThereAreStats() {
        for (String command : new String[] {"list", "pull x", "rm x", "version"}) {
            assertThat(new TestProgram()
                            .run((command + " --no-stats").split(" ", -1))
                            .exitCode())
                    .isEqualTo(2);
        }
    }

    @Test
    void i9HelpIsACommandToo() {
        assertThat(new TestProgram().run("help").out())
                .isEqualTo(new TestProgram().run("--help").out());
        assertThat(new TestProgram().run("help", "chat").out())
                .isEqualTo(new TestProgram().run("chat", "--help").out())
                .contains("--stop-repetition");
        assertThat(new TestProgram().run("help", "bogus").exitCode()).isEqualTo(2);
    }

    @Test
    void i9ShellsComplete() {
        assertThat(new TestProgram().run("completion", "bash").out())
                .contains("complete -F", "ollama-reactive", "--stop-repetition");
        assertThat(new TestProgram().run("completion", "zsh").out()).contains("bashcompinit");
        assertThat(new TestProgram().run("completion", "fish").lines())
                .contains("complete -c ollama-reactive -f")
                .anyMatch(line -> line.startsWith("complete -c ollama-reactive -n __fish_use_subcommand -a pull -d '"))
                .anyMatch(line -> line.startsWith(
                        "complete -c ollama-reactive -n '__fish_seen_subcommand_from chat' -s m -l model -x -d '"))
                .anyMatch(line -> line.equals("complete -c ollama-reactive -n '__fish_seen_subcommand_from blob' -F"));
        assertThat(new TestProgram().run("completion", "tcsh").exitCode()).isEqualTo(2);
    }
}
