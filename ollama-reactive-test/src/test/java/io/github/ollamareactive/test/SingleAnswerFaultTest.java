// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Faults of lines in answers to {@code "stream":false}. */
class SingleAnswerFaultTest {

    private static final String SINGLE = "{\"model\":\"m\",\"stream\":false}";
    private static final Answer ANSWER = Answer.tokens("Blue", " sky");

    private static RawClient.Response response(Fault fault) throws IOException {
        return RawClient.post(ANSWER.with(fault), "/api/chat", SINGLE);
    }

    private static JsonNode json(RawClient.Response response) {
        assertThat(response.truncated()).isFalse();
        return WireJson.JSON.readTree(response.body().text());
    }

    @Test
    void h9AnErrorLineIsStatus500() throws Exception {
        for (int lines : List.of(0, 1, 9)) {
            RawClient.Response failed = response(Fault.errorLineAfter(lines, "out of memory"));
            assertThat(failed.head().status()).isEqualTo(500);
            assertThat(failed.head().headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
            assertThat(failed.body().text()).isEqualTo("{\"error\":\"out of memory\"}");
        }
    }

    @Test
    void h9AnEarlyEndIsNotDone() throws Exception {
        JsonNode unfinished = json(response(Fault.endAfter(1)));
        assertThat(unfinished.at("/message/content").asString()).isEqualTo("Blue sky");
        assertThat(unfinished.path("done").asBoolean(true)).isFalse();
        assertThat(unfinished.has("done_reason") || unfinished.has("eval_count"))
                .isFalse();

        Answer pull = ProgressUpdates.pull("sha256:" + "1".repeat(64), 10).answer();
        assertThat(RawClient.post(pull.with(Fault.endAfter(0)), "/api/pull", SINGLE)
                        .body()
                        .text())
                .isEqualTo("{\"status\":\"verifying sha256 digest\"}");
    }

    @Test
    void h9AnotherLineReplacesTheDocument() throws Exception {
        assertThat(response(Fault.malformedLineAfter(2)).body().text())
                .isEqualTo("{\"message\":{\"content\":\"half a li");
        assertThat(json(response(Fault.lineAfter(0, "{\"x\":1}"))).toString()).isEqualTo("{\"x\":1}");
        assertThat(response(Fault.lineAfter(0, "")).body().size()).isZero();
    }

    @Test
    void h9AnOversizedDocumentIsValid() throws Exception {
        RawClient.Response large = response(Fault.oversizedLineAfter(1, 100_000));
        assertThat(large.body().size()).isEqualTo(100_000);
        assertThat(json(large).at("/message/content").asString()).startsWith("Blue skyxxx");
        assertThat(json(large).path("done").asBoolean()).isTrue();
        JsonNode generated =
                json(RawClient.post(ANSWER.with(Fault.oversizedLineAfter(1, 600)), "/api/generate", SINGLE));
        assertThat(generated.path("response").asString()).startsWith("Blue skyxxx");
    }

    @Test
    void h9AStalledModelHasSentNothing() throws Exception {
        for (Fault stall :
                List.of(Fault.stallBeforeFirstLine(), Fault.stallAfter(1), Fault.stallAfter(1, Duration.ofHours(1)))) {
            try (OllamaTestServer server = OllamaTestServer.start().answer("POST", "/api/chat", ANSWER.with(stall));
                    RawClient client = new RawClient(server).send("POST", "/api/chat", SINGLE)) {
                client.readTimeout(300);
                assertThatThrownBy(client::read).as("%s", stall).isInstanceOf(SocketTimeoutException.class);
            }
        }
        assertThat(json(response(Fault.stallAfter(1, Duration.ofMillis(20))))
                        .path("done")
                        .asBoolean())
                .isTrue();
    }

    /** A fault of bytes stays where it is, and several faults apply in order. */
    @Test
    void h9FaultsCombine() throws Exception {
        assertThat(response(Fault.closeAt(10)).truncated()).isTrue();
        Answer several = ANSWER.with(Fault.endAfter(1)).with(Fault.oversizedLineAfter(1, 700));
        JsonNode both = json(RawClient.post(several, "/api/chat", SINGLE));
        assertThat(both.path("done").asBoolean(true)).isFalse();
        assertThat(both.at("/message/content").asString()).endsWith("xxx");
        Answer refused = ANSWER.with(Fault.errorLineAfter(1, "e")).with(Fault.endAfter(1));
        assertThat(RawClient.post(refused, "/api/chat", SINGLE).head().status()).isEqualTo(500);
    }

    /** The same answer to a request for a stream keeps the lines' form. */
    @Test
    void h9ADocumentOfKnownLengthIsAStreamUnlessTheRequestSaysOtherwise() throws Exception {
        assertThat(RawClient.post(ANSWER.with(Fault.endAfter(1)), "/api/chat", "{\"model\":\"m\"}")
                        .body()
                        .text())
                .hasLineCount(1)
                .endsWith("\n");
    }

    @Test
    void randomFaultsAreReproducibleAndTold() throws Exception {
        List<String> names = new ArrayList<>();
        for (int seed = 0; seed < 60; seed++) {
            assertThat(Fault.random(seed)).hasToString(Fault.random(seed).toString());
            names.add(Fault.random(seed).toString().replaceAll(".*: | \\d+.*", ""));
        }
        assertThat(names.stream().distinct().count()).isGreaterThan(7);
        assertThat(Fault.random(7).toString()).startsWith("random, seed 7: ");
    }

    @Test
    void randomFaultsOfSomeResponsesAreReproducibleAndTold() throws Exception {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            List<String> told = new ArrayList<>();
            Answer flaky = Answer.json(200, "{}").with(Fault.random(0.5, 3));
            try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", flaky)) {
                for (int i = 0; i < 20; i++) {
                    try (RawClient client = new RawClient(server).get("/")) {
                        told.add(client.readHead().headers().getOrDefault("Ollama-Test-Fault", "none"));
                    } catch (IOException e) {
                        told.add("no head");
                    }
                }
            }
            runs.add(told);
        }
        assertThat(runs.get(0))
                .isEqualTo(runs.get(1))
                .contains("none")
                .anyMatch(told -> told.startsWith("random, seed"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.random(1.5, 1));
    }

    @Test
    void vectorsAndModelsAreAnswers() throws Exception {
        Answer vectors = Answer.embeddings(new float[] {0.5f, -1}, new float[] {1, 2});
        JsonNode rows = json(RawClient.post(vectors, "/api/embed", "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}"));
        assertThat(rows.path("embeddings").toString()).isEqualTo("[[0.5,-1.0],[1.0,2.0]]");
        assertThat(rows.path("model").asString()).isEqualTo("m");
        assertThat(json(RawClient.post(Answer.embedding(0.5f), "/api/embeddings", "{\"prompt\":\"a\"}"))
                        .toString())
                .isEqualTo("{\"embedding\":[0.5]}");
        JsonNode models = json(RawClient.post(Answer.models("llama3.2", "me/x:7b"), "/api/tags", "{}"));
        assertThat(models.path("models"))
                .extracting(model -> model.path("name").asString())
                .containsExactly("llama3.2:latest", "me/x:7b");
        assertThat(models.at("/models/0/digest").asString()).matches("[0-9a-f]{64}");
    }
}
