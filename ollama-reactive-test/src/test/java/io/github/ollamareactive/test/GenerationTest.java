// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.Eventually;
import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares scripted generations with recordings of a real server. */
class GenerationTest {

    private static List<JsonNode> lines(RawClient.Response response) {
        assertThat(response.head().headers()).containsEntry("Content-Type", "application/x-ndjson");
        assertThat(response.pieces()).allMatch(piece -> piece.text().endsWith("}\n"));
        return response.body().text().lines().map(GenerationTest::json).toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** One recorded line. The script repeats its values, so that names and order of the fields can be compared. */
    private static String lineOf(Recording recording, int chunk) {
        return recording.chunks().get(chunk).text().strip();
    }

    private static String withTimeOf(String line, String recorded) {
        return ((ObjectNode) json(line))
                .put("created_at", json(recorded).path("created_at").asString())
                .toString();
    }

    @Test
    void chatHasTheFormatOfARealServer() throws Exception {
        Recording recorded = Recording.bundled("chat-stream");
        String last = lineOf(recorded, 17);
        JsonNode numbers = json(last);
        Answer answer =
                Generation.create().tokens(" Blue").metrics(stats(numbers)).answer();
        RawClient.Response response = RawClient.post(answer, "/api/chat", recorded.requestBody());

        List<String> lines = response.body().text().lines().toList();
        assertThat(response.head().chunked()).isTrue();
        assertThat(withTimeOf(lines.get(0), lineOf(recorded, 0))).isEqualTo(lineOf(recorded, 0));
        assertThat(withTimeOf(lines.get(1), last)).isEqualTo(last);
    }

    @Test
    void generateHasTheFormatOfARealServer() throws Exception {
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
        RawClient.Response response = RawClient.post(answer, "/api/generate", recorded.requestBody());

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
    void thinkingTokensToolCallsAndDoneAreSentInOrder() throws Exception {
        RawClient.Response response = RawClient.post(EVERYTHING, "/api/chat", "{\"model\":\"m\"}");
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
        assertThat(lines.get(6).path("eval_count").asInt()).isEqualTo(6);
        assertThat(lines.subList(0, 6)).noneMatch(line -> line.path("done").asBoolean());
    }

    @Test
    void generateHasTheToolCallsInItsLastLine() throws Exception {
        List<JsonNode> lines = lines(RawClient.post(EVERYTHING, "/api/generate", "{\"model\":\"m\",\"prompt\":\"x\"}"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0).path("thinking").asString()).isEqualTo("Hm");
        assertThat(lines.get(0).path("response").asString("none")).isEmpty();
        assertThat(lines.get(4).path("tool_calls")).hasSize(2);
        assertThat(lines.get(4).path("context").toString()).isEqualTo("[1,2,3]");
        assertThat(lines(RawClient.post(EVERYTHING, "/api/generate", "{\"model\":\"m\",\"raw\":true}")))
                .noneMatch(line -> line.has("context"));
    }

    @Test
    void aSingleDocumentJoinsEverything() throws Exception {
        RawClient.Response response = RawClient.post(
                EVERYTHING, "/api/chat", "{\"model\":\"m\",\"stream\":false,\"logprobs\":true,\"top_logprobs\":1}");
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
    void anErrorLineEndsTheStreamAndIsAStatusAtItsStart() throws Exception {
        Generation failing =
                Generation.create().tokens("a").error("out of memory").tokens("b");
        List<JsonNode> lines = lines(RawClient.post(failing.answer(), "/api/chat", "{}"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).hasToString("{\"error\":\"out of memory\"}");

        RawClient.Response single = RawClient.post(failing.answer(), "/api/chat", "{\"stream\":false}");
        assertThat(single.head().status()).isEqualTo(500);
        assertThat(single.body().text()).isEqualTo("{\"error\":\"out of memory\"}");

        RawClient.Response first =
                RawClient.post(Generation.create().error("no").answer(), "/api/chat", "{}");
        assertThat(first.head().status()).isEqualTo(500);
        assertThat(first.head().headers()).containsEntry("Content-Type", "application/json");
        assertThat(first.head().chunked()).isTrue();
        assertThat(first.body().text()).isEqualTo("{\"error\":\"no\"}");
    }

    @Test
    void aPauseIsKeptAtEveryPaceAndChunking() throws Exception {
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
    void theStreamContinuesAfterAPause() throws Exception {
        Answer answer = Generation.create()
                .tokens("a")
                .pause(Duration.ofMillis(30))
                .tokens("b")
                .answer();
        long before = System.nanoTime();
        assertThat(lines(RawClient.post(answer, "/api/chat", "{}"))).hasSize(3);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void modelNameAndMetricsCanBeOverridden() throws Exception {
        Answer answer = Generation.create()
                .model("upstream")
                .metrics(GenerationMetrics.NONE)
                .doneReason("")
                .answer();
        assertThat(withTimeOf(
                        RawClient.post(answer, "/api/chat", "{\"model\":\"m\"}")
                                .body()
                                .text(),
                        "{}"))
                .isEqualTo(
                        "{\"model\":\"upstream\",\"created_at\":\"\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                                + "\"done\":true}");
    }

    /** The lines of a stream, or the document. */
    private static List<JsonNode> documents(RawClient.Response response) {
        return response.body().text().lines().map(GenerationTest::json).toList();
    }

    private static List<Instant> times(RawClient.Response response) {
        return documents(response).stream()
                .map(line -> Instant.parse(line.path("created_at").asString()))
                .toList();
    }

    @Test
    void h16EachLineHasItsOwnTime() throws Exception {
        Instant before = Instant.now();
        Answer answer = Answer.tokens("a", "b", "c", "d");
        List<Instant> atOnce = times(RawClient.post(answer, "/api/chat", "{}"));
        assertThat(atOnce).hasSize(5).doesNotHaveDuplicates().isSorted();
        assertThat(atOnce.get(0)).isAfterOrEqualTo(before);
        assertThat(atOnce.get(4)).isBefore(Instant.now().plusMillis(1));
    }

    @Test
    void h16TimesFollowPausesAndPaces() throws Exception {
        Answer paused = Generation.create()
                .thinking("é")
                .pause(Duration.ofMillis(30))
                .tokens("a", "b")
                .answer();
        List<Instant> times = times(RawClient.post(paused, "/api/chat", "{\"model\":\"modèle\"}"));
        assertThat(Duration.between(times.get(0), times.get(1)))
                .isBetween(Duration.ofMillis(30), Duration.ofMillis(31));
        assertThat(Duration.between(times.get(1), times.get(2))).isLessThan(Duration.ofMillis(1));

        List<Instant> paced =
                times(RawClient.post(paused.pace(Pace.every(Duration.ofMillis(20))), "/api/generate", "{}"));
        assertThat(Duration.between(paced.get(0), paced.get(1)))
                .isBetween(Duration.ofMillis(50), Duration.ofMillis(51));
        assertThat(Duration.between(paced.get(2), paced.get(3)))
                .isBetween(Duration.ofMillis(20), Duration.ofMillis(21));
    }

    @Test
    void h16ASingleDocumentHasTheTimeOfItsEnd() throws Exception {
        Answer paused = Generation.create()
                .tokens("a")
                .pause(Duration.ofMillis(30))
                .tokens("b")
                .answer();
        Instant before = Instant.now();
        assertThat(times(RawClient.post(paused, "/api/chat", "{\"stream\":false}"))
                        .get(0))
                .isAfterOrEqualTo(before.plusMillis(30));
    }

    @Test
    void h16TimesStandAlsoInLinesOfOtherChunks() throws Exception {
        Answer answer = Answer.tokens("a", "b").with(Fault.lineAfter(1, "{\"created_at\":\"x\"}"));
        for (Chunking cuts : List.of(Chunking.allAtOnce(), Chunking.oneByte(), Chunking.random(7))) {
            String body = RawClient.post(answer.chunking(cuts), "/api/chat", "{}")
                    .body()
                    .text();
            assertThat(body.lines().toList().get(1)).isEqualTo("{\"created_at\":\"x\"}");
            assertThat(body)
                    .contains("\"created_at\":\"" + Instant.now().toString().substring(0, 10));
        }
    }

    /** The token that ends an answer counts, and isn't there when a limit ended it. */
    @Test
    void h16TheCountAtLengthIsThatOfTheTokensSent() throws Exception {
        Generation two = Generation.create().tokens("a", "b");
        for (String request : List.of("{}", "{\"stream\":false}")) {
            List<JsonNode> cut =
                    documents(RawClient.post(two.doneReason("length").answer(), "/api/chat", request));
            assertThat(cut.get(cut.size() - 1).path("eval_count").asInt()).isEqualTo(2);
            List<JsonNode> whole = documents(RawClient.post(two.answer(), "/api/chat", request));
            assertThat(whole.get(whole.size() - 1).path("eval_count").asInt()).isEqualTo(3);
        }
    }
}
