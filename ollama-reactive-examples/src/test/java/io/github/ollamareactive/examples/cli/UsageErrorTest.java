// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be asked for: exit code 2, words on stderr, and no request. */
class UsageErrorTest {
    @TempDir
    private Path folder = Path.of("");

    private static Result refused(String... args) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.otherwise(request -> Answer.json(200, "{\"done\":true}"));
            List<String> all = new ArrayList<>(List.of(args));
            if (!all.contains("--host")) {
                all.addAll(List.of("--host", server.baseUrl()));
            }
            Result result = new TestProgram().run(all.toArray(String[]::new));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(server.requests()).isEmpty();
            return result;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "chat -m x --think=extreme Hi           | 'extreme' is none of low, medium, high, max, true and false",
                "chat -m x --think= Hi                  | is none of low, medium",
                "chat -m x --logprobs 21 Hi             | --logprobs must be between 0 and 20, not 21",
                "chat -m x --logprobs -1 Hi             | --logprobs must be between 0 and 20, not -1",
                "chat -m x --logprobs many Hi           | 'many' is not an int",
                "chat -m x --by page Hi                 | 'page' is none of token, word, line and sentence",
                "generate -m x --by= Hi                 | is none of token, word",
                "chat -m x --image no-such-file Hi      | can't read no-such-file",
                "chat -m x --tools no-such-file Hi      | --tools: can't read no-such-file",
                "chat -m x --format no-such-file Hi     | --format: can't read no-such-file",
                "chat -m x --option temperature Hi      | 'temperature' is no model option, as name=value",
                "chat -m x --option =1 Hi               | '=1' is no model option",
                "chat -m x --keep-alive soon Hi         | 'soon' is no duration",
                "chat -m x --timeout 5parsecs Hi        | '5parsecs' is no duration",
                "chat -m x --timeout 0 Hi               | --timeout must be longer than nothing",
                "chat -m x --timeout -1s Hi             | --timeout must be longer than nothing",
                "chat -m x --host ftp://example.com Hi  | scheme 'ftp' is neither http nor https",
                "chat -m x --host example.com:70000 Hi  | '70000' is no port",
                "chat -m x --host :abc Hi               | 'abc' is no port",
                "chat -m x --no-such-option Hi          | Unknown option: '--no-such-option'",
                "chat -m x Hi there                     | 'there'",
                "chat -m x                              | chat needs a PROMPT",
                "generate -m x --events                 | generate needs a PROMPT",
                "pull                                   | Missing required parameter: 'MODEL'",
                "load                                   | Missing required parameter: 'MODEL'",
                "push                                   | Missing required parameter: 'MODEL'",
                "create                                 | Missing required parameter: 'MODEL'",
                "create x --file no-such-file           | --file: can't read no-such-file",
                "create x --file m.gguf=no-such-file    | --file: can't read no-such-file",
                "create x --adapter no-such-file        | --adapter: can't read no-such-file",
                "create x --file src                    | --file: src is a folder, not a file",
                "create x --file =pom.xml               | --file: '=pom.xml' has no name, as NAME=PATH",
                "create x --file pom.xml --file pom.xml | --file: two files are named pom.xml",
                "create x --file a=sha256:1 --file a=sha256:2 | --file: two files are named a",
                "create x --from y --parameter top_k    | 'top_k' is no model option, as name=value",
                "show                                   | Missing required parameter: 'MODEL'",
                "cp a                                   | Missing required parameter: 'DESTINATION'",
                "rm                                     | Missing required parameter: 'MODEL'",
                "rm a b                                 | 'b'",
                "embed -m x                             | embed needs a TEXT",
                "embed -m x --dimensions 0 Hi           | dimensions must be positive: 0",
                "embed -m x --dimensions few Hi         | 'few' is not an int",
                "blob                                   | blob needs a FILE or --check DIGEST",
                "blob pom.xml --check sha256:0          | blob needs a FILE or --check DIGEST",
                "blob no-such-file                      | blob: can't read no-such-file",
                "blob src                               | blob: src is a folder, not a file",
                "list extra                             | 'extra'",
            })
    void isSaid(String command, String words) {
        assertThat(refused(command.split(" ", -1)).err())
                .startsWith("ollama-reactive: ")
                .contains(words);
    }

    @Test
    void emptyModelIsRefused() {
        assertThat(refused("chat", "-m", "", "Hi").err()).contains("model must not be empty");
        assertThat(refused("pull", "").err()).contains("model must not be empty");
        assertThat(refused("stop", "").err()).contains("model must not be empty");
        assertThat(refused("push", "").err()).contains("model must not be empty");
        assertThat(refused("create", "").err()).contains("model must not be empty");
        assertThat(refused("show", "").err()).contains("model must not be empty");
        assertThat(refused("rm", " ").err()).contains("model must not be empty");
        assertThat(refused("cp", "", "b").err()).contains("source must not be empty");
        assertThat(refused("cp", "a", "").err()).contains("destination must not be empty");
        assertThat(refused("embed", "-m", "", "Hi").err()).contains("model must not be empty");
        assertThat(refused("blob", "--check", "").err()).contains("'' is no digest");
        assertThat(refused("blob", "--check", "a b").err())
                .contains("'a b' is no digest, as sha256: and 64 hex digits");
    }

    @Test
    void toolsMustBeAnArrayOfObjects() throws IOException {
        Path file = Files.writeString(folder.resolve("tools.json"), "{}");
        assertThat(refused("chat", "-m", "x", "--tools", file.toString(), "Hi").err())
                .contains("holds no JSON array");
        Files.writeString(file, "[1]");
        assertThat(refused("chat", "-m", "x", "--tools", file.toString(), "Hi").err())
                .contains("holds what is no tool: 1");
        Files.writeString(file, "[");
        assertThat(refused("chat", "-m", "x", "--tools", file.toString(), "Hi").err())
                .contains("holds no JSON: ");
    }

    @Test
    void hostOfTheEnvironmentIsCheckedUnlessAnotherIsNamed() {
        TestProgram world = new TestProgram().variable("OLLAMA_HOST", "host:port");
        Result result = world.run("version");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'port' is no port");

        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"1.2.3\"}"));
            assertThat(new TestProgram()
                            .variable("OLLAMA_HOST", "host:port")
                            .run("version", "--host", server.baseUrl())
                            .out())
                    .isEqualTo("1.2.3\n");
        }
    }

    @Test
    void unknownCommandSuggestsOne() {
        Result result = new TestProgram().run("lits");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'lits'").contains("list");
    }

    @Test
    void noCommandShowsAllCommandsOnStderr() {
        Result result = new TestProgram().run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Commands:").contains("chat").contains("ping");
    }

    @Test
    void helpIsNoFailure() {
        Result result = new TestProgram().run("chat", "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("--think[=LEVEL]").contains("--tools");
    }
}
