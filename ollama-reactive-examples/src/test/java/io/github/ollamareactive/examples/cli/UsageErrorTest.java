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

/** Invalid usage: exit code 2, a message on standard error, and no request. */
class UsageErrorTest {
    @TempDir
    private Path folder = Path.of("");

    private static Result runInvalid(String... args) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.otherwise(request -> Answer.json(200, "{\"done\":true}"));
            List<String> allArgs = new ArrayList<>(List.of(args));
            if (!allArgs.contains("--host")) {
                allArgs.addAll(List.of("--host", server.baseUrl()));
            }
            Result result = new TestProgram().run(allArgs.toArray(String[]::new));
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
                "chat -m x --think=extreme Hi           | 'extreme' is not one of low, medium, high, xhigh, max, true and false",
                "chat -m x --think= Hi                  | is not one of low, medium",
                "chat -m x --logprobs 21 Hi             | --logprobs must be between 0 and 20, not 21",
                "chat -m x --logprobs -1 Hi             | --logprobs must be between 0 and 20, not -1",
                "chat -m x --logprobs many Hi           | 'many' is not an int",
                "chat -m x --by page Hi                 | 'page' is not one of token, word, line and sentence",
                "generate -m x --by= Hi                 | is not one of token, word",
                "chat -m x --image no-such-file Hi      | can't read no-such-file",
                "chat -m x --tools no-such-file Hi      | --tools: can't read no-such-file",
                "chat -m x --format no-such-file Hi     | --format: can't read no-such-file",
                "chat -m x --option temperature Hi      | 'temperature' is not a model option of the form name=value",
                "chat -m x --option =1 Hi               | '=1' is not a model option",
                "chat -m x --keep-alive soon Hi         | 'soon' is not a duration",
                "chat -m x --timeout 5parsecs Hi        | '5parsecs' is not a duration",
                "chat -m x --timeout 0 Hi               | --timeout must be greater than 0",
                "chat -m x --timeout -1s Hi             | --timeout must be greater than 0",
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
                "create x --file =pom.xml               | --file: '=pom.xml' has no name; expected NAME=PATH",
                "create x --file pom.xml --file pom.xml | --file: two files are named pom.xml",
                "create x --file a=sha256:1 --file a=sha256:2 | --file: two files are named a",
                "create x --from y --parameter top_k    | 'top_k' is not a model option of the form name=value",
                "show                                   | Missing required parameter: 'MODEL'",
                "cp a                                   | Missing required parameter: 'DESTINATION'",
                "rm                                     | Missing required parameter: 'MODEL'",
                "rm a b                                 | 'b'",
                "embed -m x                             | embed needs a TEXT",
                "embed -m x --dimensions 0 Hi           | dimensions must be positive: 0",
                "embed -m x --dimensions few Hi         | 'few' is not an int",
                "blob                                   | blob needs either a FILE or --check DIGEST",
                "blob pom.xml --check sha256:0          | blob needs either a FILE or --check DIGEST",
                "blob no-such-file                      | blob: can't read no-such-file",
                "blob src                               | blob: src is a folder, not a file",
                "list extra                             | 'extra'",
            })
    void invalidOptionsAreReported(String command, String message) {
        assertThat(runInvalid(command.split(" ", -1)).err())
                .startsWith("ollama-reactive: ")
                .contains(message);
    }

    @Test
    void emptyNamesAreRefused() {
        assertThat(runInvalid("chat", "-m", "", "Hi").err()).contains("model must not be empty");
        assertThat(runInvalid("pull", "").err()).contains("model must not be empty");
        assertThat(runInvalid("stop", "").err()).contains("model must not be empty");
        assertThat(runInvalid("push", "").err()).contains("model must not be empty");
        assertThat(runInvalid("create", "").err()).contains("model must not be empty");
        assertThat(runInvalid("show", "").err()).contains("model must not be empty");
        assertThat(runInvalid("rm", " ").err()).contains("model must not be empty");
        assertThat(runInvalid("cp", "", "b").err()).contains("source must not be empty");
        assertThat(runInvalid("cp", "a", "").err()).contains("destination must not be empty");
        assertThat(runInvalid("embed", "-m", "", "Hi").err()).contains("model must not be empty");
        assertThat(runInvalid("blob", "--check", "").err()).contains("'' is not a digest");
        assertThat(runInvalid("blob", "--check", "a b").err())
                .contains("'a b' is not a digest; expected sha256: and 64 hex digits");
    }

    @Test
    void toolsMustBeAnArrayOfObjects() throws IOException {
        Path file = Files.writeString(folder.resolve("tools.json"), "{}");
        assertThat(runInvalid("chat", "-m", "x", "--tools", file.toString(), "Hi")
                        .err())
                .contains("is not a JSON array");
        Files.writeString(file, "[1]");
        assertThat(runInvalid("chat", "-m", "x", "--tools", file.toString(), "Hi")
                        .err())
                .contains("contains an element that is not a tool: 1");
        Files.writeString(file, "[");
        assertThat(runInvalid("chat", "-m", "x", "--tools", file.toString(), "Hi")
                        .err())
                .contains("is not JSON: ");
    }

    @Test
    void hostVariableIsCheckedUnlessOverridden() {
        TestProgram program = new TestProgram().variable("OLLAMA_HOST", "host:port");
        Result result = program.run("version");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'port' is no port");

        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("GET", "/api/version", Answer.json(200, "{\"version\":\"1.2.3\"}"));
            assertThat(new TestProgram()
                            .variable("OLLAMA_HOST", "host:port")
                            .run(server, "version")
                            .out())
                    .isEqualTo("1.2.3\n");
        }
    }

    @Test
    void unknownCommandSuggestsSimilarOnes() {
        Result result = new TestProgram().run("lits");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'lits'").contains("list");
    }

    @Test
    void missingCommandPrintsHelpToStderr() {
        Result result = new TestProgram().run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Commands:").contains("chat").contains("ping");
    }

    @Test
    void helpSucceeds() {
        Result result = new TestProgram().run("chat", "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("--think[=LEVEL]").contains("--tools");
    }
}
