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

/** Failed calls: exit code 1, one line on standard error, and the partial answer is kept. */
class FailedCallTest {
    private static final String PARTIAL =
            "{\"message\":{\"role\":\"assistant\",\"content\":\"half an\"},\"done\":false}";
    private static final String THINKING =
            "{\"message\":{\"role\":\"assistant\",\"thinking\":\"hm\",\"content\":\"\"},\"done\":false}";

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Result chat(Answer answer, String... options) {
        server.answer("POST", "/api/chat", answer);
        List<String> args = new ArrayList<>(List.of("chat", "-m", "x", "Hi", "--host", server.baseUrl()));
        args.addAll(List.of(options));
        return new TestProgram().run(args.toArray(String[]::new));
    }

    private static JsonValue lastEvent(Result result) {
        List<JsonValue> events = result.events();
        return events.get(events.size() - 1);
    }

    private static void assertFailedWithOneLine(Result result) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith("ollama-reactive: ");
    }

    @Test
    void unreachableServerIsNamed() {
        Result byOption = new TestProgram().run("list", "--host", TestProgram.UNREACHABLE_URL);
        assertFailedWithOneLine(byOption);
        assertThat(byOption.err()).contains(TestProgram.UNREACHABLE_URL).contains("refused");

        Result byVariable = new TestProgram()
                .variable("OLLAMA_HOST", TestProgram.UNREACHABLE_URL)
                .run("chat", "-m", "x", "Hi", "--events");
        assertFailedWithOneLine(byVariable);
        assertThat(lastEvent(byVariable).get("type")).hasToString("\"connection\"");
        assertThat(String.valueOf(lastEvent(byVariable).get("message"))).contains(TestProgram.UNREACHABLE_URL);

        assertThat(new TestProgram().variable("OLLAMA_PORT", "19").run("ping").err())
                .contains(TestProgram.UNREACHABLE_URL);
    }

    /** I11: the program's advice fits how the server was named, and no event has any. */
    @Test
    void i11AdviceFitsHowTheServerWasNamed() {
        String url = TestProgram.UNREACHABLE_URL;
        assertThat(new TestProgram().run("list", "--host", url).err())
                .endsWith("/api/tags); run 'ollama serve' there, or check the address in --host\n");
        assertThat(new TestProgram().variable("OLLAMA_HOST", url).run("list").err())
                .endsWith("/api/tags); run 'ollama serve' there, or check the address in OLLAMA_HOST\n");
        assertThat(new TestProgram().variable("OLLAMA_PORT", "19").run("list").err())
                .endsWith("/api/tags); run 'ollama serve' there, or check the address in OLLAMA_PORT\n");
        assertThat(new TestProgram()
                        .variable("OLLAMA_HOST", "not used")
                        .run("list", "--host", "no-such-host.invalid")
                        .err())
                .contains("is not known")
                .endsWith("; run 'ollama serve' there, or check the address in --host\n");
        Result events = new TestProgram().run("list", "--host", url, "--events");
        assertThat(events.events()).hasSize(1);
        assertThat(events.out()).contains(": connection refused (GET ").doesNotContain("ollama serve", "--host");
        server.answer("GET", "/api/tags", Answer.json(200, "{\"models\":[]}"));
        Result noModel = new TestProgram().run(server, "chat", "Hi", "--events");
        assertThat(String.valueOf(lastEvent(noModel).get("message")))
                .endsWith("installed at " + server.baseUrl() + "\"");
        assertThat(noModel.err()).contains("download one with 'ollama-reactive pull gemma3:270m'");
    }

    @Test
    void partialAnswerIsKeptOnStdout() {
        Result result = chat(Answer.ndjson(PARTIAL, "{\"error\":\"the runner crashed\"}"));
        assertFailedWithOneLine(result);
        assertThat(result.out()).isEqualTo("half an\n");
        assertThat(result.err()).contains("the runner crashed");
    }

    @Test
    void errorEventIsTheLastLineAndHasThePartialAnswer() {
        Result result = chat(Answer.ndjson(THINKING, PARTIAL, "{\"error\":\"the runner crashed\"}"), "--events");
        assertFailedWithOneLine(result);
        assertThat(result.lines())
                .containsExactly(
                        "{\"event\":\"thinking\",\"text\":\"hm\"}",
                        "{\"event\":\"token\",\"text\":\"half an\"}",
                        "{\"event\":\"error\",\"type\":\"stream\",\"message\":\"the runner crashed\","
                                + "\"partial\":\"half an\",\"partial_thinking\":\"hm\"}");
    }

    @Test
    void lostConnectionKeepsAllReceivedEvents() {
        Result result = chat(Answer.ndjson(PARTIAL, PARTIAL, PARTIAL).thenClose(), "--events");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.events()).hasSize(4);
        assertThat(lastEvent(result).get("type")).hasToString("\"connection\"");
        assertThat(lastEvent(result).get("partial")).hasToString("\"half anhalf anhalf an\"");
    }

    @Test
    void malformedLineIsReportedWithItsNumber() {
        Result result = chat(Answer.ndjson(PARTIAL, "", "<html>"), "--events");
        assertThat(lastEvent(result).get("type")).hasToString("\"protocol\"");
        assertThat(lastEvent(result).get("line")).hasToString("3");
    }

    @Test
    void silenceBeforeTheFirstEventIsATimeout() {
        Result result = chat(Answer.chunks().thenSilence(), "--events", "--timeout", "50ms");
        assertFailedWithOneLine(result);
        assertThat(lastEvent(result).get("type")).hasToString("\"timeout\"");
        assertThat(lastEvent(result).get("phase")).hasToString("\"first_event\"");
    }

    @Test
    void silenceDuringTheAnswerIsAnIdleTimeout() {
        Result result = chat(Answer.ndjson(PARTIAL).thenSilence(), "--events", "--timeout", "1");
        assertThat(lastEvent(result).get("phase")).hasToString("\"idle\"");
        assertThat(lastEvent(result).get("partial")).hasToString("\"half an\"");
    }

    @Test
    void errorPageOfAProxyIsShortenedToOneLine() {
        String page = "<html>\n<head><title>502</title></head>\n" + "<p>Bad gateway, and a long page</p>\n".repeat(100);
        Result result = chat(Answer.of(502).contentType("text/html").body(page));
        assertFailedWithOneLine(result);
        assertThat(result.err()).contains("502").contains("<title>502</title>").hasSizeLessThan(600);
    }

    @Test
    void errorPageOfAProxyIsCompleteInTheEvent() {
        Result result = chat(Answer.of(502).contentType("text/html").body("<p>Bad\ngateway</p>"), "--events");
        assertThat(result.out())
                .isEqualTo("{\"event\":\"error\",\"type\":\"status\",\"kind\":\"server_error\",\"status\":502,"
                        + "\"message\":\"<p>Bad\\ngateway</p>\"}\n");
    }

    @Test
    void signInUrlIsReported() {
        Answer refusal = Answer.json(401, "{\"error\":\"unauthorized\",\"signin_url\":\"https://ollama.com/connect\"}");
        assertThat(chat(refusal).err()).contains("sign in at https://ollama.com/connect");
        assertThat(lastEvent(chat(refusal, "--events")).get("signin_url"))
                .hasToString("\"https://ollama.com/connect\"");
    }

    @Test
    void redirectIsReportedWithItsLocation() {
        Answer redirect = Answer.of(307).header("Location", "https://elsewhere.example/api/chat");
        JsonValue error = lastEvent(chat(redirect, "--events"));
        assertThat(error.get("kind")).hasToString("\"redirect\"");
        assertThat(error.get("location")).hasToString("\"https://elsewhere.example/api/chat\"");
    }

    @Test
    void missingModelSuggestsPull() {
        Result result = chat(Answer.json(404, "{\"error\":\"model 'x' not found\"}"));
        assertFailedWithOneLine(result);
        assertThat(result.err()).contains("model 'x' not found").contains("'ollama-reactive pull'");
    }

    @Test
    void pullWithoutSuccessFails() {
        server.answer("POST", "/api/pull", Answer.ndjson("{\"status\":\"pulling manifest\"}"));
        Result result = new TestProgram().run(server, "pull", "x");
        assertFailedWithOneLine(result);
        assertThat(result.out()).isEqualTo("pulling manifest\n");
    }
}
