// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.Eventually;
import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shapes are compared with those of a real server: the recordings. */
class GenerationTest {

    private static RawClient.Response ask(Answer answer, String path, String body) throws IOException {
        try (OllamaTestServer server = OllamaTestServer.start().answer("POST", path, answer);
                RawClient client = new RawClient(server)) {
            return client.send("POST", path, body).receive();
        }
    }

    private static List<JsonNode> lines(RawClient.Response response) {
        assertThat(response.head().headers()).containsEntry("Content-Type", "application/x-ndjson");
        assertThat(response.pieces()).allMatch(piece -> piece.text().endsWith("}\n"));
        return response.body().text().lines().map(GenerationTest::json).toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** The recording's own words and numbers, so that the rest, and the order of all, can be compared. */
    private static String likeTheRecording(Recording recording, int chunk) {
        return recording.chunks().get(chunk).text().strip();
    }

    private static String withTimeOf(String line, String recorded) {
        return ((ObjectNode) json(line))
                .put("created_at", json(recorded).path("created_at").asString())
                .toString();
    }

    @Test
    void chatIsWrittenAsTheServerWritesIt() throws Exception {
        Recording recorded = Recording.bundled("chat-stream");
        String last = likeTheRecording(recorded, 17);
        JsonNode numbers = json(last);
        Answer answer =
                Generation.create().tokens(" Blue").metrics(stats(numbers)).answer();
        RawClient.Response response = ask(answer, "/api/chat", recorded.requestBody());

        List<String> lines = response.body().text().lines().toList();
        assertThat(response.head().chunked()).isTrue();
        assertThat(withTimeOf(lines.get(0), likeTheRecording(recorded, 0))).isEqualTo(likeTheRecording(recorded, 0));
        assertThat(withTimeOf(lines.get(1), last)).isEqualTo(last);
    }

    @Test
    void generateIsWrittenAsTheServerWritesIt() throws Exception {
        Recording recorded = Recording.bundled("generate-single");
        JsonNode single = json(recorded.body());
        Answer answer = Generation.create()
                .tokens(" Blue is a color that reflects light.", " It is a color that absorbs light.\n")
                .context(single.path("context")
                        .valueStream()
                        .map(JsonNode::asInt)
                        .toArray(Integer[]::new))
                .metrics(stats(single))
                .answer();
        RawClient.Response response = ask(answer, "/api/generate", recorded.requestBody());

        assertThat(response.head().chunked()).isFalse();
        assertThat(response.head().headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
        assertThat(withTimeOf(response.body().text(), recorded.body())).isEqualTo(recorded.body());
    }

    private static GenerationMetrics stats(JsonNode last) {
        return new GenerationMetrics(
                Duration.ofNanos(last.path("total_duration").asLong()),
                Duration.ofNanos(last.path("load_duration").asLong()),
                last.path("prompt_eval_count").asInt(),
                Duration.ofNanos(last.path("prompt_eval_duration").asLong()),
                last.path("eval_count").asInt(),
                Duration.ofNanos(last.path("eval_duration").asLong()));
    }

    private static final Answer EVERYTHING = Generation.create()
            .thinking("Hm", ".")
            .token("A", -0.5, Map.of("B", -1.5))
            .tokens(" <b>")
            .toolCall("call_1", "f", "{\"z\":1,\"a\":[2.50]}")
            .toolCall("g", Map.of("x", true))
            .doneReason("length")
            .answer();

    @Test
    void thinkingTokensToolCallsAndDoneComeInTheirOrder() throws Exception {
        RawClient.Response response = ask(EVERYTHING, "/api/chat", "{\"model\":\"m\"}");
        List<JsonNode> lines = lines(response);
        assertThat(lines)
                .hasSize(7)
                .allMatch(line -> line.path("model").asString().equals("m"));
        assertThat(lines.get(0).required("message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Hm\"}");
        assertThat(lines.get(2).required("logprobs").toString())
                .isEqualTo("[{\"token\":\"A\",\"logprob\":-0.5,\"bytes\":[65],\"top_logprobs\":["
                        + "{\"token\":\"A\",\"logprob\":-0.5,\"bytes\":[65]},"
                        + "{\"token\":\"B\",\"logprob\":-1.5,\"bytes\":[66]}]}]");
        assertThat(lines.get(3).has("logprobs")).isFalse();
        assertThat(response.body().text())
                .contains(
                        "\"content\":\"\",\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"index\":0,\"name\":\"f\","
                                + "\"arguments\":{\"z\":1,\"a\":[2.50]}}}]");
        JsonNode second = lines.get(5).at("/message/tool_calls/0");
        assertThat(second.path("id").asString()).matches("call_[a-z0-9]{8}");
        assertThat(second.at("/function/index").asInt()).isEqualTo(1);
        assertThat(lines.get(6).path("done_reason").asString()).isEqualTo("length");
        assertThat(lines.get(6).path("eval_count").asInt()).isEqualTo(7);
        assertThat(lines.subList(0, 6)).noneMatch(line -> line.path("done").asBoolean());
    }

    @Test
    void generateHasTheToolCallsInItsLastLine() throws Exception {
        List<JsonNode> lines = lines(ask(EVERYTHING, "/api/generate", "{\"model\":\"m\",\"prompt\":\"x\"}"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0).path("thinking").asString()).isEqualTo("Hm");
        assertThat(lines.get(0).path("response").asString("none")).isEmpty();
        assertThat(lines.get(4).path("tool_calls")).hasSize(2);
        assertThat(lines.get(4).path("context").toString()).isEqualTo("[1,2,3]");
        assertThat(lines(ask(EVERYTHING, "/api/generate", "{\"model\":\"m\",\"raw\":true}")))
                .noneMatch(line -> line.has("context"));
    }

    @Test
    void aSingleDocumentJoinsEverything() throws Exception {
        RawClient.Response response =
                ask(EVERYTHING, "/api/chat", "{\"model\":\"m\",\"stream\":false,\"logprobs\":true,\"top_logprobs\":1}");
        JsonNode single = json(response.body().text());
        assertThat(response.body().text()).endsWith("}").contains("A \\u003cb\\u003e");
        assertThat(single.at("/message/content").asString()).isEqualTo("A <b>");
        assertThat(single.at("/message/thinking").asString()).isEqualTo("Hm.");
        assertThat(single.at("/message/tool_calls")).hasSize(2);
        assertThat(single.path("logprobs")).hasSize(4);
        assertThat(single.at("/logprobs/0/top_logprobs")).hasSize(1);
        assertThat(single.path("done").asBoolean()).isTrue();
    }

    @Test
    void anErrorLineEndsTheStreamAndIsAStatusWhereItComesFirst() throws Exception {
        Generation failing =
                Generation.create().tokens("a").error("out of memory").tokens("b");
        List<JsonNode> lines = lines(ask(failing.answer(), "/api/chat", "{}"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).hasToString("{\"error\":\"out of memory\"}");

        RawClient.Response single = ask(failing.answer(), "/api/chat", "{\"stream\":false}");
        assertThat(single.head().status()).isEqualTo(500);
        assertThat(single.body().text()).isEqualTo("{\"error\":\"out of memory\"}");

        RawClient.Response first = ask(Generation.create().error("no").answer(), "/api/chat", "{}");
        assertThat(first.head().status()).isEqualTo(500);
        assertThat(first.head().headers()).containsEntry("Content-Type", "application/json");
        assertThat(first.head().chunked()).isTrue();
        assertThat(first.body().text()).isEqualTo("{\"error\":\"no\"}");
    }

    @Test
    void aPauseIsKeptAtAnyPaceAndBetweenBytes() throws Exception {
        Duration pause = Duration.ofHours(1);
        Answer answer = Generation.create().tokens("a").pause(pause).tokens("b").answer();
        for (Chunking cuts : List.of(Chunking.asWritten(), Chunking.oneByte())) {
            try (OllamaTestServer server = OllamaTestServer.start().answer("POST", "/api/chat", answer.chunking(cuts));
                    RawClient client = new RawClient(server).send("POST", "/api/chat", "{}")) {
                client.readHead();
                StringBuilder line = new StringBuilder();
                while (line.indexOf("\n") < 0) {
                    line.append(client.readChunk().text());
                }
                assertThat(line.toString()).endsWith("}\n").contains("\"content\":\"a\"");
                Exchange exchange = server.exchange(0).block();
                assertThat(Eventually.untilStandingStill(exchange::bytesAccepted))
                        .isEqualTo(line.length());
            }
        }
    }

    @Test
    void aShortPauseGoesOn() throws Exception {
        Answer answer = Generation.create()
                .tokens("a")
                .pause(Duration.ofMillis(30))
                .tokens("b")
                .answer();
        long before = System.nanoTime();
        assertThat(lines(ask(answer, "/api/chat", "{}"))).hasSize(3);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void aModelMayHaveAnotherNameAndNoNumbers() throws Exception {
        Answer answer = Generation.create()
                .model("upstream")
                .metrics(GenerationMetrics.NONE)
                .doneReason("")
                .answer();
        assertThat(withTimeOf(
                        ask(answer, "/api/chat", "{\"model\":\"m\"}").body().text(), "{}"))
                .isEqualTo(
                        "{\"model\":\"upstream\",\"created_at\":\"\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                                + "\"done\":true}");
    }

    @Test
    void progressIsAStreamOrItsLastLine() throws Exception {
        Answer pull = ProgressUpdates.pull(
                        "sha256:6a0746a1ec1aef3e7ec53868f220ff6e389f6f8ef87a01d77c96807de94ca2aa", 10)
                .answer();
        assertThat(ask(pull, "/api/pull", "{\"model\":\"m\"}").body().text().lines())
                .hasSize(7)
                .contains(
                        "{\"status\":\"pulling 6a0746a1ec1a\",\"digest\":\"sha256:6a0746a1ec1aef3e7ec53868f220ff6e389f6f8ef87"
                                + "a01d77c96807de94ca2aa\",\"total\":10}")
                .endsWith("{\"status\":\"success\"}");
        RawClient.Response single = ask(pull, "/api/pull", "{\"stream\":false}");
        assertThat(single.body().text())
                .isEqualTo(Recording.bundled("pull-single").body());
        assertThat(single.head().headers()).containsEntry("Content-Type", "application/json");

        Answer failing = ProgressUpdates.create()
                .status("pulling manifest")
                .pause(Duration.ofMillis(1))
                .error("pull model manifest: file does not exist")
                .answer();
        assertThat(ask(failing, "/api/pull", "{}").body().text())
                .isEqualTo(Recording.bundled("pull-unknown").body());
        assertThat(ask(failing, "/api/pull", "{\"stream\":false}").head().status())
                .isEqualTo(500);
    }

    @Test
    void errorsHaveTheServersWords() throws Exception {
        assertSame(Errors.modelNotFound("no-such-model"), "chat-unknown-model");
        assertSame(Errors.modelNotFound("no-such-model"), "embed-unknown-model");
        assertSame(Errors.modelNotFound("no-such-model"), "models-copy-unknown");
        assertSame(Errors.modelRequired(), "chat-no-model");
        assertSame(Errors.invalidModelName(), "pull-bad-name");
        assertSame(Errors.unsupported("all-minilm:22m", "chat"), "chat-embedding-model");
        assertSame(Errors.embeddingsUnsupported(), "embed-unsupported");
        assertSame(Errors.overloaded(), "server-busy");
        assertSame(Errors.unknownPath(), "server-unknown-path");
        assertSame(Errors.wrongMethod("POST"), "server-wrong-method");
        RawClient.Response unauthorized = ask(Errors.unauthorized("https://x"), "/api/me", "");
        assertThat(unauthorized.head().status()).isEqualTo(401);
        assertThat(unauthorized.body().text()).isEqualTo("{\"error\":\"unauthorized\",\"signin_url\":\"https://x\"}");
        assertThat(ask(Errors.forbidden(), "/api/chat", "{}").body().size()).isZero();
    }

    private static void assertSame(Answer error, String recording) throws Exception {
        Recording recorded = Recording.bundled(recording);
        try (OllamaTestServer server = OllamaTestServer.start().answer(recorded.method(), recorded.path(), error);
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.send(recorded).receive();
            assertThat(response.head().status()).isEqualTo(recorded.status());
            assertThat(response.body().text()).isEqualTo(recorded.body());
            assertThat(response.head().headers().get("Content-Type")).isEqualTo(recorded.header("Content-Type"));
        }
    }
}
