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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The output of the commands that show, copy, delete, push and create models, and of embed. */
class ModelOutputTest {
    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> show(String answer, String... options) {
        server.answer("POST", "/api/show", Answer.json(200, answer));
        List<String> args = new ArrayList<>(List.of("show", "x"));
        args.addAll(List.of(options));
        return new TestProgram().run(server, args.toArray(String[]::new)).lines();
    }

    @Test
    void showHasTheSectionsOfOllama() {
        server.replay(Recording.bundled("models-show")).replayBy(ReplayRule.anyBody());
        assertThat(new TestProgram().run(server, "show", "gemma3:270m").lines())
                .containsExactly(
                        "  Model",
                        "    architecture        gemma3",
                        "    parameters          268.10M",
                        "    context length      32768",
                        "    embedding length    640",
                        "    quantization        Q4_K_M",
                        "",
                        "  Capabilities",
                        "    completion",
                        "",
                        "  Parameters",
                        "    seed           7",
                        "    stop           \"User:\"",
                        "    stop           \"\\n\\n\"",
                        "    temperature    0",
                        "",
                        "  License",
                        "    Gemma Terms of Use");
    }

    @Test
    void showFallsBackToDetailsWithoutModelInfo() {
        assertThat(show("""
                        {"details":{"family":"test","parameter_size":"7B","quantization_level":"FP16"},"requires":"0.19.0",
                        "remote_model":"big","remote_host":"https://ollama.com"}"""))
                .containsExactly(
                        "  Model",
                        "    Remote model    big",
                        "    Remote URL      https://ollama.com",
                        "    architecture    test",
                        "    parameters      7B",
                        "    quantization    FP16",
                        "    requires        0.19.0");
    }

    @Test
    void showPrintsParameterCountAndProjector() {
        assertThat(show("""
                        {"details":{"parameter_size":"","quantization_level":"FP16"},
                        "model_info":{"general.architecture":"test","general.parameter_count":7000000000,"test.context_length":0},
                        "projector_info":{"general.architecture":"clip","general.parameter_count":133700000,
                        "clip.vision.embedding_length":1024,"clip.vision.projection_dim":768}}"""))
                .containsExactly(
                        "  Model",
                        "    architecture      test",
                        "    parameters        7B",
                        "    context length    0",
                        "    quantization      FP16",
                        "",
                        "  Projector",
                        "    architecture        clip",
                        "    parameters          133.70M",
                        "    embedding length    1024",
                        "    dimensions          768");
    }

    @Test
    void showPrintsTheFirstTwoLinesOfLongTexts() {
        assertThat(show("""
                        {"details":{"family":"test"},"system":"You are a pirate!\\n\\nAhoy, matey!\\nWeigh anchor!\\n",
                        "license":"MIT License\\nCopyright (c) Ollama\\n"}"""))
                .endsWith(
                        "  System",
                        "    You are a pirate!",
                        "    Ahoy, matey!",
                        "    ...",
                        "",
                        "  License",
                        "    MIT License",
                        "    Copyright (c) Ollama");
    }

    @Test
    void showVerbosePrintsMetadataAndTensors() {
        String answer = """
                {"details":{"family":"test"},"model_info":{"general.architecture":"test","some.flag":true,"eps":1e-12,
                "tokens":["a","b","c","d","e"],"few":[1,2],"none":null},
                "tensors":[{"name":"blk.0.attn_k.weight","type":"BF16","shape":[42,3117]},{"name":"norm","type":"F32","shape":[42]}]}""";
        assertThat(show(answer, "--verbose"))
                .containsExactly(
                        "  Model",
                        "    architecture    test",
                        "",
                        "  Metadata",
                        "    general.architecture    test",
                        "    some.flag               true",
                        "    eps                     1e-12",
                        "    tokens                  [a b c ...+2 more]",
                        "    few                     [1 2]",
                        "    none                    null",
                        "",
                        "  Tensors",
                        "    blk.0.attn_k.weight    BF16    [42 3117]",
                        "    norm                   F32     [42]");
        assertThat(show(answer)).doesNotContain("  Metadata", "  Tensors");
    }

    @Test
    void shownEventKeepsNullsOnlyInsideModelInfo() {
        server.answer("POST", "/api/show", Answer.json(200, """
                        {"license":"","system":null,"details":{"parent_model":"","families":null},"model_info":{"b":null,"a":1.0},
                        "messages":[{"role":"user","content":"Hi"}],"capabilities":[]}"""));
        assertThat(new TestProgram().run(server, "show", "x", "--events").out())
                .isEqualTo("{\"event\":\"shown\",\"license\":\"\",\"details\":{\"parent_model\":\"\"},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"model_info\":{\"b\":null,\"a\":1.0},"
                        + "\"capabilities\":[]}\n");
    }

    @Test
    void embedPrintsFirstValuesAndSimilarities() {
        server.replay(Recording.bundled("embed-many")).replayBy(ReplayRule.anyBody());
        Result result = new TestProgram()
                .run(server, "embed", "-m", "all-minilm:22m", "Why is the sky blue?", "Why is the grass green?", "日本語");
        assertThat(result.lines())
                .containsExactly(
                        "1   Why is the sky blue?       384 values: 0.0101, -0.0018, 0.0501, 0.0469, …",
                        "2   Why is the grass green?    384 values: -0.0098, 0.0604, 0.0253, -0.0064, …",
                        "3   日本語                     384 values: -0.0351, 0.0303, 0.0609, -0.0761, …",
                        "",
                        "cosine similarity",
                        "     1        2",
                        "2    0.473",
                        "3    0.058    0.108");
        assertThat(result.err()).isEqualTo("21 tokens, 0.12 s in all\n");
    }

    @Test
    void embedOfOneTextPrintsNoSimilarities() {
        server.answer("POST", "/api/embed", Answer.json(200, "{\"embeddings\":[[0.5,-0.25]],\"prompt_eval_count\":1}"));
        String text = "word  ".repeat(20) + "\n";
        Result result = new TestProgram().run(server, "embed", "-m", "x", text);
        assertThat(result.out()).isEqualTo("word word word word word word word word …    2 values: 0.5000, -0.2500\n");
        assertThat(result.err()).isEqualTo("1 token\n");
        assertThat(new TestProgram()
                        .run(server, "embed", "-m", "x", text, "--no-stats")
                        .err())
                .isEmpty();
    }

    @Test
    void vectorsArePrintedAsTheyAreParsed() {
        server.answer(
                "POST",
                "/api/embed",
                Answer.json(200, "{\"embeddings\":[[1e-7,0.1],[2,3]],\"mod").thenClose());
        Result result = new TestProgram().run(server, "embed", "-m", "x", "a", "b", "--events");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines())
                .startsWith(
                        "{\"event\":\"vector\",\"index\":0,\"values\":[1.0E-7,0.1]}",
                        "{\"event\":\"vector\",\"index\":1,\"values\":[2.0,3.0]}")
                .hasSize(3);
    }

    @Test
    void copyAndDeletePrintTheirResult() {
        server.answer("POST", "/api/copy", Answer.of(200)).answer("DELETE", "/api/delete", Answer.of(200));
        assertThat(new TestProgram().run(server, "cp", "a", "b").out()).isEqualTo("copied 'a' to 'b'\n");
        assertThat(new TestProgram().run(server, "rm", "x").out()).isEqualTo("deleted 'x'\n");
    }

    @Test
    void pushAndQuantizeDrawAProgressBar() {
        server.replay(Recording.bundled("push-stream"), Recording.bundled("create-quantize"))
                .replayBy(ReplayRule.anyBody());
        String push = new TestProgram().outIsTerminal().run(server, "push", "x").out();
        assertThat(push).contains("pushing a5fd3b62230a   7% █░░░░░░░░░░░░░░░░░░░ 17 MB/253 MB");
        String create = new TestProgram()
                .outIsTerminal()
                .run(server, "create", "x", "--from", "y", "--quantize", "q8_0")
                .out();
        assertThat(create)
                .contains("quantizing F16 model to Q8_0   0% ░")
                .contains("100% ████████████████████ 45 MB/45 MB");
        assertThat(create.chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void pushWithoutSuccessFails() {
        server.answer("POST", "/api/push", Answer.ndjson("{\"status\":\"retrieving manifest\"}"));
        Result result = new TestProgram().run(server, "push", "x", "--events");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(2).last().asString().contains("\"type\":\"stream\"");
    }
}
