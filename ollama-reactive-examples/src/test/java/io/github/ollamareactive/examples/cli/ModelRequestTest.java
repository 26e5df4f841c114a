// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
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

/** The requests of the commands that manage models and files, and of embed. */
class ModelRequestTest {
    private final OllamaTestServer server = OllamaTestServer.start();

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
        return lastRequest().body();
    }

    private ReceivedRequest lastRequest() {
        return server.requests().get(server.requests().size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push me/x                  | POST /api/push     | {\"model\":\"me/x\"}",
                "push me/x --insecure       | POST /api/push     | {\"model\":\"me/x\",\"insecure\":true}",
                "push me/x --no-stream      | POST /api/push     | {\"model\":\"me/x\",\"stream\":false}",
                "show x                     | POST /api/show     | {\"model\":\"x\"}",
                "show x --verbose           | POST /api/show     | {\"model\":\"x\",\"verbose\":true}",
                "cp a b                     | POST /api/copy     | {\"source\":\"a\",\"destination\":\"b\"}",
                "rm a                       | DELETE /api/delete | {\"model\":\"a\"}",
            })
    void commandSendsItsRequest(String command, String request, String body) {
        server.otherwise(any -> Answer.ndjson("{\"status\":\"success\"}"));
        assertThat(sentBody(new TestProgram(), command.split(" +", -1))).isEqualTo(body);
        assertThat(lastRequest().method() + " " + lastRequest().path()).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embed -m x Hi              | POST /api/embed    | {\"model\":\"x\",\"input\":[\"Hi\"]}",
                "embed Hi you -m x          | POST /api/embed    | {\"model\":\"x\",\"input\":[\"Hi\",\"you\"]}",
                "embed -m x --dimensions 64 Hi | POST /api/embed | {\"model\":\"x\",\"input\":[\"Hi\"],\"dimensions\":64}",
                "embed -m x --no-truncate Hi   | POST /api/embed | {\"model\":\"x\",\"input\":[\"Hi\"],\"truncate\":false}",
                "embed -m x --option num_ctx=9 --keep-alive 0 Hi | POST /api/embed |"
                        + "{\"model\":\"x\",\"input\":[\"Hi\"],\"options\":{\"num_ctx\":9},\"keep_alive\":0}",
            })
    void embedSendsItsRequest(String command, String request, String body) {
        String vectors = body.contains("\"you\"") ? "[1],[2]" : "[1]";
        server.answer("POST", "/api/embed", Answer.json(200, "{\"embeddings\":[" + vectors + "]}"));
        assertThat(sentBody(new TestProgram(), command.split(" +", -1))).isEqualTo(body);
        assertThat(lastRequest().method() + " " + lastRequest().path()).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from y                                | \"from\":\"y\"",
                "--from y --quantize q4_K_M              | \"from\":\"y\",\"quantize\":\"q4_K_M\"",
                "--from y --system Short                 | \"from\":\"y\",\"system\":\"Short\"",
                "--from y --template {{.Prompt}}         | \"from\":\"y\",\"template\":\"{{.Prompt}}\"",
                "--from y --license MIT                  | \"from\":\"y\",\"license\":\"MIT\"",
                "--from y --license MIT --license BSD    | \"from\":\"y\",\"license\":[\"MIT\",\"BSD\"]",
                "--from y --parameter top_k=1            | \"from\":\"y\",\"parameters\":{\"top_k\":1}",
                "--from y --parameter stop=a --parameter stop=b | \"from\":\"y\",\"parameters\":{\"stop\":[\"a\",\"b\"]}",
                "--from y --no-stream                    | \"from\":\"y\",\"stream\":false",
                "--file m.gguf=sha256:12                 | \"files\":{\"m.gguf\":\"sha256:12\"}",
                "--file a=sha256:1 --file b=sha256:2     | \"files\":{\"a\":\"sha256:1\",\"b\":\"sha256:2\"}",
                "--from y --adapter a=sha256:1           | \"from\":\"y\",\"adapters\":{\"a\":\"sha256:1\"}",
            })
    void createSendsItsOptions(String options, String fields) {
        server.answer("POST", "/api/create", Answer.ndjson("{\"status\":\"success\"}"));
        List<String> args = new ArrayList<>(List.of("create", "x"));
        args.addAll(List.of(options.split(" +", -1)));
        assertThat(sentBody(new TestProgram(), args.toArray(String[]::new)))
                .isEqualTo("{\"model\":\"x\"," + fields + "}");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void createUploadsLocalFilesAndSendsTheirDigests() throws IOException {
        server.otherwise(request -> switch (request.method() + request.path().substring(0, 7)) {
            case "HEAD/api/bl" -> Answer.of(404);
            case "POST/api/bl" -> Answer.of(201);
            default -> Answer.ndjson("{\"status\":\"success\"}");
        });
        Path model = Files.writeString(folder.resolve("model.gguf"), "GGUF");
        Path withEqualsSign = Files.writeString(folder.resolve("a=b.gguf"), "GGUF");
        Path adapter = Files.writeString(folder.resolve("lora"), "LORA");

        String body = sentBody(
                new TestProgram(),
                "create",
                "x",
                "--file",
                model.toString(),
                "--file",
                withEqualsSign.toString(),
                "--file",
                "own=" + model,
                "--adapter",
                "a=" + adapter);

        String digest = "sha256:" + Sha256.hex("GGUF");
        assertThat(body)
                .isEqualTo("{\"model\":\"x\",\"files\":{\"model.gguf\":\"" + digest + "\",\"a=b.gguf\":\"" + digest
                        + "\",\"own\":\"" + digest + "\"},\"adapters\":{\"a\":\"sha256:" + Sha256.hex("LORA")
                        + "\"}}");
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .extracting(ReceivedRequest::body)
                .contains("GGUF", "LORA");
    }

    @Test
    void blobIsSentUnderItsDigest() throws IOException {
        Path file = Files.writeString(folder.resolve("blob"), "hello");
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        assertThat(sentBody(new TestProgram(), "blob", file.toString())).isEqualTo("hello");
        assertThat(server.requests())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly(
                        "HEAD /api/blobs/sha256:" + Sha256.hex("hello"),
                        "POST /api/blobs/sha256:" + Sha256.hex("hello"));
    }

    @Test
    void pipedTextIsEmbedded() {
        server.answer("POST", "/api/embed", Answer.json(200, "{\"embeddings\":[[1]]}"));
        assertThat(sentBody(new TestProgram().pipedInput("Grüße,\n你好\n"), "embed", "-m", "x"))
                .isEqualTo("{\"model\":\"x\",\"input\":[\"Grüße,\\n你好\"]}");
    }

    @Test
    void defaultModelIsTheFirstThatCanEmbed() {
        server.answer("POST", "/api/embed", Answer.json(200, "{\"embeddings\":[[1]]}"))
                .answer(
                        "GET",
                        "/api/tags",
                        Answer.json(200, """
                                {"models":[{"name":"gemma","details":{"family":"gemma3"}},
                                {"name":"writer","capabilities":["completion"]},
                                {"name":"nomic","details":{"family":"nomic-bert"}},
                                {"name":"embedder","capabilities":["embedding"]}]}"""),
                        Answer.json(200, "{\"models\":[{\"name\":\"embedder\",\"capabilities\":[\"embedding\"]}]}"),
                        Answer.json(200, "{\"models\":[{\"name\":\"gemma\",\"details\":{\"family\":\"gemma3\"}}]}"));
        assertThat(sentBody(new TestProgram(), "embed", "Hi")).startsWith("{\"model\":\"nomic\",");
        assertThat(sentBody(new TestProgram(), "embed", "Hi")).startsWith("{\"model\":\"embedder\",");
        Result none = new TestProgram().run(server, "embed", "Hi");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("'ollama-reactive pull all-minilm:22m'");
    }
}
