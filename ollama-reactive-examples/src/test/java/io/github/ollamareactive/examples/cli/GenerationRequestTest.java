// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests of the commands that generate text, load and unload models. */
class GenerationRequestTest {
    private static final String DONE = "{\"done\":true,\"done_reason\":\"stop\",\"context\":[7,8]}";

    private final OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.ndjson(DONE));

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        server.close();
    }

    private String sentBody(TestProgram program, String... args) {
        List<String> allArgs = new ArrayList<>(List.of(args));
        allArgs.add("--events");
        Result result = program.run(server, allArgs.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return server.requests().get(server.requests().size() - 1).body();
    }

    private String sentBody(String... args) {
        return sentBody(new TestProgram(), args);
    }

    private @Nullable JsonValue sentField(String name, String... args) {
        return JsonValue.parse(sentBody(args)).get(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--think                                   | think        | true",
                "--think=false                             | think        | false",
                "--think=max                               | think        | \"max\"",
                "--format json                             | format       | \"json\"",
                "--keep-alive forever                      | keep_alive   | -1",
                "--keep-alive -1                           | keep_alive   | -1",
                "--keep-alive -2m                          | keep_alive   | -1",
                "--keep-alive 0                            | keep_alive   | 0",
                "--keep-alive 0s                           | keep_alive   | 0",
                "--keep-alive 300                          | keep_alive   | 300",
                "--keep-alive 0.5                          | keep_alive   | 0.5",
                "--keep-alive 2h45m                        | keep_alive   | \"165m\"",
                "--keep-alive 1.5s                         | keep_alive   | \"1500ms\"",
                "--option temperature=0                    | options      | {\"temperature\":0}",
                "--option seed=1 --option seed=2           | options      | {\"seed\":2}",
                "--option mode=fast --option on=true       | options      | {\"mode\":\"fast\",\"on\":true}",
                "--option stop=a                           | options      | {\"stop\":[\"a\"]}",
                "--option stop=a --option stop=\"b\"       | options      | {\"stop\":[\"a\",\"b\"]}",
                "--option stop=[\"a\",\"b\"] --option stop=1 | options    | {\"stop\":[\"a\",\"b\",\"1\"]}",
                "--option x={\"z\":1,\"a\":1.50}           | options      | {\"x\":{\"z\":1,\"a\":1.50}}",
                "--logprobs 5                              | logprobs     | true",
                "--logprobs 5                              | top_logprobs | 5",
                "--logprobs 0                              | top_logprobs | 0",
                "--no-stream                               | stream       | false",
            })
    void optionIsSent(String options, String field, String value) {
        List<String> args = new ArrayList<>(List.of("chat", "-m", "x"));
        args.addAll(List.of(options.split(" +", -1)));
        args.add("Hi");
        assertThat(sentField(field, args.toArray(String[]::new))).hasToString(value);
        args.set(0, "generate");
        assertThat(sentField(field, args.toArray(String[]::new))).hasToString(value);
    }

    @Test
    void chatWithoutOptionsSendsOnlyModelAndMessages() {
        assertThat(sentBody("chat", "-m", "x", "Hi"))
                .isEqualTo("{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    @Test
    void wordAfterThinkWithoutValueIsThePrompt() {
        assertThat(sentBody("chat", "-m", "x", "--think", "high"))
                .isEqualTo("{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"high\"}],\"think\":true}");
    }

    @Test
    void promptMayBeginWithAnAtSign() {
        assertThat(sentField("prompt", "generate", "-m", "x", "@all ${HOME}")).hasToString("\"@all ${HOME}\"");
    }

    @Test
    void pipedTextIsThePromptWithoutTheFinalLineEnd() {
        assertThat(JsonValue.parse(sentBody(new TestProgram().pipedInput("Grüße,\n你好 😀\n"), "generate", "-m", "x"))
                        .get("prompt"))
                .hasToString("\"Grüße,\\n你好 😀\"");
    }

    @Test
    void i1PipedTextComesBeforeTheArgument() {
        assertThat(JsonValue.parse(sentBody(new TestProgram().pipedInput("other"), "generate", "-m", "x", "this"))
                        .get("prompt"))
                .hasToString("\"other this\"");
    }

    @Test
    void schemaIsSentUnchanged() throws IOException {
        String schema = "{\"type\":\"object\",\"title\":\"T\",\"properties\":{\"b\":{},\"a\":{}},\"x\":1.0}";
        Path file = Files.writeString(folder.resolve("schema.json"), schema + "\n");
        assertThat(sentField("format", "chat", "-m", "x", "--format", file.toString(), "Hi"))
                .hasToString(schema);
    }

    @Test
    void imagesAreSentWithTheUserMessage() throws IOException {
        Path file = Files.writeString(folder.resolve("image"), "ABC");
        assertThat(sentField("messages", "chat", "-m", "x", "--system", "S", "--image", file.toString(), "Hi"))
                .hasToString("[{\"role\":\"system\",\"content\":\"S\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi\",\"images\":[\"QUJD\"]}]");
        assertThat(sentField(
                        "images", "generate", "-m", "x", "--image", file.toString(), "--image", file.toString(), "Hi"))
                .hasToString("[\"QUJD\",\"QUJD\"]");
    }

    @Test
    void contextFileIsReadIfItExistsAndWrittenAfterwards() throws IOException {
        Path file = folder.resolve("context.json");
        assertThat(sentField("context", "generate", "-m", "x", "--context", file.toString(), "Hi"))
                .isNull();
        assertThat(file).hasContent("[7,8]");

        Files.writeString(file, "[1,2,3]");
        assertThat(sentField("context", "generate", "-m", "x", "--context", file.toString(), "Hi"))
                .hasToString("[1,2,3]");
        assertThat(file).hasContent("[7,8]");
    }

    @Test
    void loadAndStopUseGenerate() {
        assertThat(sentBody("load", "x", "--keep-alive", "10m", "--option", "num_ctx=8192"))
                .isEqualTo("{\"model\":\"x\",\"options\":{\"num_ctx\":8192},\"keep_alive\":\"10m\"}");
        assertThat(sentBody("stop", "x")).isEqualTo("{\"model\":\"x\",\"keep_alive\":0}");
        assertThat(server.requests()).allMatch(request -> request.path().equals("/api/generate"));
    }

    @Test
    void defaultModelIsTheFirstThatCanGenerate() {
        server.answer("GET", "/api/tags", Answer.json(200, """
                        {"models":[{"name":"minilm","details":{"family":"bert"}},
                        {"name":"embedder","capabilities":["embedding"]},
                        {"name":"gemma","capabilities":["completion"]},{"name":"other"}]}"""));
        assertThat(sentField("model", "chat", "Hi")).hasToString("\"gemma\"");
    }

    @Test
    void missingModelIsReported() {
        server.answer("GET", "/api/tags", Answer.json(200, "{\"models\":[]}"));
        Result result = new TestProgram().run("chat", "Hi", "--host", server.baseUrl(), "--events");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("ollama-reactive pull").contains(server.baseUrl());
        assertThat(result.out()).startsWith("{\"event\":\"error\",\"type\":\"status\",\"kind\":\"model_not_found\",");
    }
}
