// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that fail: exit code 1, one clear line, and what had arrived stays. */
class FailedCallTest {
    private static final String HALF = "{\"message\":{\"role\":\"assistant\",\"content\":\"half an\"},\"done\":false}";
    private static final String THOUGHT =
            "{\"message\":{\"role\":\"assistant\",\"thinking\":\"hm\",\"content\":\"\"},\"done\":false}";

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Result chat(Answer answer, String... more) {
        server.answer("POST", "/api/chat", answer);
        List<String> args = new ArrayList<>(List.of("chat", "-m", "x", "Hi", "--host", server.baseUrl()));
        args.addAll(List.of(more));
        return new TestProgram().run(args.toArray(String[]::new));
    }

    private static JsonValue last(Result result) {
        List<JsonValue> events = result.events();
        return events.get(events.size() - 1);
    }

    private static void isOneLine(Result result) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith("ollama-reactive: ");
    }

    @Test
    void namedServerThatDoesNotAnswerIsNamed() {
        Result byOption = new TestProgram().run("list", "--host", TestProgram.NOBODY);
        isOneLine(byOption);
        assertThat(byOption.err()).contains(TestProgram.NOBODY).contains("refused");

        Result byVariable =
                new TestProgram().variable("OLLAMA_HOST", TestProgram.NOBODY).run("chat", "-m", "x", "Hi", "--events");
        isOneLine(byVariable);
        assertThat(last(byVariable).get("type")).hasToString("\"connection\"");
        assertThat(String.valueOf(last(byVariable).get("message"))).contains(TestProgram.NOBODY);

        assertThat(new TestProgram().variable("OLLAMA_PORT", "19").run("ping").err())
                .contains(TestProgram.NOBODY);
    }

    @Test
    void partialAnswerStaysOnStdout() {
        Result result = chat(Answer.ndjson(HALF, "{\"error\":\"the runner crashed\"}"));
        isOneLine(result);
        assertThat(result.out()).isEqualTo("half an\n");
        assertThat(result.err()).contains("the runner crashed");
    }

    @Test
    void errorEventIsTheLastLineAndCarriesThePartial() {
        Result result = chat(Answer.ndjson(THOUGHT, HALF, "{\"error\":\"the runner crashed\"}"), "--events");
        isOneLine(result);
        assertThat(result.lines())
                .containsExactly(
                        "{\"event\":\"thinking\",\"text\":\"hm\"}",
                        "{\"event\":\"token\",\"text\":\"half an\"}",
                        "{\"event\":\"error\",\"type\":\"stream\",\"message\":\"the runner crashed\","
                                + "\"partial\":\"half an\",\"partial_thinking\":\"hm\"}");
    }

    @Test
    void cutConnectionKeepsEveryEventThatCame() {
        Result result = chat(Answer.ndjson(HALF, HALF, HALF).thenClose(), "--events");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.events()).hasSize(4);
        assertThat(last(result).get("type")).hasToString("\"connection\"");
        assertThat(last(result).get("partial")).hasToString("\"half anhalf anhalf an\"");
    }

    @Test
    void malformedLineIsCounted() {
        Result result = chat(Answer.ndjson(HALF, "", "<html>"), "--events");
        assertThat(last(result).get("type")).hasToString("\"protocol\"");
        assertThat(last(result).get("line")).hasToString("3");
    }

    @Test
    void silenceIsATimeoutWithItsPhase() {
        Result before = chat(Answer.chunks().thenSilence(), "--events", "--timeout", "50ms");
        isOneLine(before);
        assertThat(last(before).get("type")).hasToString("\"timeout\"");
        assertThat(last(before).get("phase")).hasToString("\"first_event\"");
    }

    @Test
    void silenceInMidAnswerIsAnIdleTimeout() {
        Result within = chat(Answer.ndjson(HALF).thenSilence(), "--events", "--timeout", "1");
        assertThat(last(within).get("phase")).hasToString("\"idle\"");
        assertThat(last(within).get("partial")).hasToString("\"half an\"");
    }

    @Test
    void proxyPageIsOneShortLine() {
        String page = "<html>\n<head><title>502</title></head>\n" + "<p>Bad gateway, and a long page</p>\n".repeat(100);
        Result result = chat(Answer.of(502).contentType("text/html").body(page));
        isOneLine(result);
        assertThat(result.err()).contains("502").contains("<title>502</title>").hasSizeLessThan(600);
    }

    @Test
    void proxyPageIsWholeInTheEvent() {
        Result result = chat(Answer.of(502).contentType("text/html").body("<p>Bad\ngateway</p>"), "--events");
        assertThat(result.out())
                .isEqualTo("{\"event\":\"error\",\"type\":\"status\",\"kind\":\"server_error\",\"status\":502,"
                        + "\"message\":\"<p>Bad\\ngateway</p>\"}\n");
    }

    @Test
    void signInAddressIsTold() {
        Answer refusal = Answer.json(401, "{\"error\":\"unauthorized\",\"signin_url\":\"https://ollama.com/connect\"}");
        assertThat(chat(refusal).err()).contains("sign in at https://ollama.com/connect");
        assertThat(last(chat(refusal, "--events")).get("signin_url")).hasToString("\"https://ollama.com/connect\"");
    }

    @Test
    void redirectTellsItsLocation() {
        Answer redirect = Answer.of(307).header("Location", "https://elsewhere.example/api/chat");
        JsonValue error = last(chat(redirect, "--events"));
        assertThat(error.get("kind")).hasToString("\"redirect\"");
        assertThat(error.get("location")).hasToString("\"https://elsewhere.example/api/chat\"");
    }

    @Test
    void missingModelTellsHowToGetOne() {
        Result result = chat(Answer.json(404, "{\"error\":\"model 'x' not found\"}"));
        isOneLine(result);
        assertThat(result.err()).contains("model 'x' not found").contains("'ollama-reactive pull'");
    }

    @Test
    void pullWithoutSuccessFails() {
        server.answer("POST", "/api/pull", Answer.ndjson("{\"status\":\"pulling manifest\"}"));
        Result result = new TestProgram().run("pull", "x", "--host", server.baseUrl());
        isOneLine(result);
        assertThat(result.out()).isEqualTo("pulling manifest\n");
    }
}
