// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReplayRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts make servers answer, and what is said of invalid ones. */
class ServerScriptTest {

    private static String answer(String answer) {
        return "{\"answers\":[{\"path\":\"/api/chat\",\"answer\":" + answer + "}]}";
    }

    private static HttpResponse<String> chat(String answer, String body) throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            ServerScript.read(answer(answer)).applyTo(server);
            return new HttpCalls(server).post("/api/chat", body);
        }
    }

    @Test
    void everyKindOfContentIsAnswered() throws Exception {
        assertThat(chat("\"Hi\"", "{}").body()).contains("\"content\":\"Hi\"").contains("\"done\":true");
        assertThat(chat("{\"tokens\":[\"a\",\"b\"],\"doneReason\":\"length\",\"model\":\"m\"}", "{}")
                        .body()
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.contains("\"model\":\"m\""))
                .last()
                .asString()
                .contains("\"done_reason\":\"length\"");
        assertThat(chat(
                                "{\"steps\":[{\"thinking\":\"Hm\"},{\"token\":\"a\",\"logprob\":-0.5,\"top\":{\"b\":-1}},"
                                        + "{\"toolCall\":{\"name\":\"f\",\"arguments\":{\"x\":1}}},{\"error\":\"bang\"}]}",
                                "{}")
                        .body())
                .contains("\"thinking\":\"Hm\"", "-0.5", "\"arguments\":{\"x\":1}", "{\"error\":\"bang\"}");
        assertThat(chat("{\"steps\":[{\"token\":\"a\"}],\"metrics\":{\"evalCount\":7,\"evalDuration\":\"2s\"}}", "{}")
                        .body())
                .contains("\"eval_count\":7", "\"eval_duration\":2000000000");
        assertThat(chat(
                                "{\"progress\":[\"pulling manifest\",{\"status\":\"pulling\",\"digest\":\"sha256:1\","
                                        + "\"total\":4,\"completed\":[2,4]},{\"pause\":\"1ms\"},{\"status\":\"success\"}]}",
                                "{}")
                        .body()
                        .lines())
                .hasSize(4);
        assertThat(chat("{\"json\":{\"version\":\"1\"}}", "").body()).isEqualTo("{\"version\":\"1\"}");
        assertThat(chat("{\"ndjson\":[{\"done\":true},\"not json\"]}", "").body())
                .isEqualTo("{\"done\":true}\nnot json\n");
        assertThat(chat("{\"body\":\"text\",\"status\":418,\"headers\":{\"X-A\":\"b\"}}", ""))
                .satisfies(response -> {
                    assertThat(response.statusCode()).isEqualTo(418);
                    assertThat(response.headers().firstValue("X-A")).hasValue("b");
                    assertThat(response.body()).isEqualTo("text");
                });
        assertThat(chat("{\"recording\":\"chat-stream\"}", "").body()).contains("\"done\":true");
        assertThat(chat("{\"status\":204}", "").statusCode()).isEqualTo(204);
        assertThat(chat("{\"error\":\"overloaded\"}", "").statusCode()).isEqualTo(503);
        assertThat(chat("{\"error\":\"modelNotFound:a,b\"}", "").body()).contains("'a,b'");
        assertThat(chat("{\"error\":\"what you want\",\"status\":499}", "").body())
                .isEqualTo("{\"error\":\"what you want\"}");
    }

    @Test
    void answersHaveFaultsPacesAndChunkings() throws Exception {
        assertThat(chat("{\"tokens\":[\"a\",\"b\"],\"faults\":[\"endAfter:1\"],\"delay\":\"1ms\"}", "{}")
                        .body()
                        .lines())
                .hasSize(1);
        assertThat(chat(
                                "{\"tokens\":\"a\",\"faults\":{\"errorLineAfter\":{\"lines\":1,\"message\":\"a, b: c\"}},"
                                        + "\"pace\":{\"every\":\"1ms\"},\"chunking\":\"random:7\"}",
                                "{}")
                        .body())
                .endsWith("{\"error\":\"a, b: c\"}\n");
        assertThat(chat("{\"tokens\":\"a\",\"faults\":\"errorLineAfter:1,a, b: c\"}", "{}")
                        .body())
                .endsWith("{\"error\":\"a, b: c\"}\n");
    }

    @Test
    void partsOfRequestsAreExpected() throws Exception {
        String script = """
                {"expectations": [{
                  "request": {"path": "/api/chat", "lastUserMessageContains": "sky", "lastUserMessageMatches": "Why.*",
                              "systemMessageContains": "brief", "tool": "look", "picture": true,
                              "fieldsContain": {"/messages/0/role": "sys"}, "fieldsMatch": {"model": "m[0-9]"}},
                  "answer": "found"}]}
                """;
        String request = """
                {"model": "m1", "messages": [{"role": "system", "content": "Be brief."},
                 {"role": "user", "content": "Why is the sky blue?", "images": ["aGk="]}],
                 "tools": [{"type": "function", "function": {"name": "look"}}]}
                """;
        try (OllamaTestServer server = OllamaTestServer.start()) {
            ServerScript.read(script).applyTo(server);
            HttpCalls client = new HttpCalls(server);
            for (String part : List.of("sky", "Why", "brief", "look", "images", "m1", "sys")) {
                assertThat(client.post("/api/chat", request.replace(part, "x")).body())
                        .as(part)
                        .doesNotContain("\"content\":\"found");
            }
            assertThat(client.post("/api/chat", request).body()).contains("\"content\":\"found");
        }
    }

    @Test
    void expectationsAreVerified() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            ServerScript.read("""
                            {"expectations": [{
                              "request": {"path": "/api/chat", "model": "m", "lastUserMessage": "Hi",
                                          "fields": {"/options/seed": 42}, "without": "think",
                                          "body": {"options": {"seed": 42}}, "headers": {"X-A": "b"}},
                              "times": 1, "answers": ["Hello"]}],
                             "models": ["llama3.2:3b"]}""").applyTo(server);
            HttpCalls client = new HttpCalls(server);
            assertThat(client.get("/api/tags").body()).contains("llama3.2:3b");
            assertThatThrownBy(server::verify).hasMessageContaining("received 0");
            assertThat(client.post("/api/chat", "{\"model\":\"llama3.2:3b\",\"messages\":[]}")
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(server::verify).hasMessageContaining("seed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    []                                          | the script: expected an object with expectations, answers, models
                    {                                           | not JSON, line 1, column 2: Unexpected end-of-input: expected close marker for Object
                    {"expectations":[{"request":{"path":"/a","picture":false},"answer":"x"}]} | /expectations/0/request/picture: expected true
                    {"expectations":[{"request":{"path":"/a","fields":{"options/seed":4}},"answer":"x"}]} | 'options/seed' is no name of a field
                    {"expectations":[{"request":{"path":"/a"},"answer":{"tokens":["a"],"headers":{"X":"a\\nb"}}}]} | /expectations/0/answer/headers/X: the value of the header X has control characters
                    {"expectations":[{"request":{"path":"/a"},"answer":{"tokens":["a"],"headers":{"X y":"a"}}}]} | 'X y' is no name of a header
                    {"expectations":[{"request":{"path":"/a"},"answer":{"tokens":["a"],"headers":{"Content-Length":"5"}}}]} | /expectations/0/answer/headers/Content-Length: the server sets
                    {"expectation":[]}                          | unknown field expectation; known are expectations, answers, models
                    {"expectations":{}}                         | at /expectations: expected a list
                    {"expectations":[{}]}                       | at /expectations/0: the field request is missing
                    {"expectations":[{"request":{"path":"x"},"answer":""}]} | at /expectations/0/request/path: expected a path that begins with /
                    {"expectations":[{"request":{"path":"/"},"answers":[]}]} | at /expectations/0/answers: expected at least one
                    {"expectations":[{"request":{"path":"/"}}]} | at /expectations/0: expected exactly one of answer, answers
                    {"expectations":[{"request":{"path":"/","fields":{"a/b":null}},"answer":""}]} | at /expectations/0/request/fields/a~1b: expected a value
                    {"expectations":[{"request":{"path":"/"},"times":0,"answer":""}]} | at /expectations/0/times: count must be positive
                    {"expectations":[{"request":{"path":"/"},"optional":1,"answer":""}]} | at /expectations/0/optional: expected true or false
                    {"answers":[{"path":"/","method":"get","answer":""}]} | at /answers/0/method: expected a method
                    {"models":["a b"]}                          | at /models: invalid model name
                    {"models":"a"}                              | at /models: expected a list
                    {"a":1,"a":2}                               | not JSON, line 1
                    {"models":[]} {}                            | not JSON, line 1
                    {"models":[                                 | not JSON, line 1
                    ``                                          | the script: empty
                    """)
    void invalidScriptsSayWhereAndWhatIsAllowed(String script, String message) {
        assertThatThrownBy(() -> ServerScript.read(script))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("REDACTED")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    7                                         | expected an object with tokens, steps
                    {}                                        | expected exactly one of tokens, steps
                    {"tokens":["a"],"json":{}}                | but there are tokens, json
                    {"tokens":[1]}                            | /tokens/0: expected a text but was 1
                    {"json":{},"doneReason":"stop"}           | are for answers with tokens or steps only
                    {"steps":[{"tokn":"a"}]}                  | /steps/0: unknown field tokn; known are token, logprob
                    {"steps":[{"token":"a","pause":"1s"}]}    | /steps/0: expected exactly one of
                    {"steps":[{"pause":"soon"}]}              | /steps/0/pause: expected a duration such as
                    {"steps":[{"pause":"-1s"}]}               | /steps/0/pause: expected a duration
                    {"tokens":"a","delay":300}                | /delay: expected a duration such as
                    {"tokens":"a","delay":"2"}                | /delay: expected a duration such as
                    {"tokens":"a","metrics":{"evalDuration":290000000}} | /metrics/evalDuration: expected a duration
                    {"tokens":"a","delay":"999999999h"}       | /delay: expected a duration up to 292 years
                    {"tokens":"a","pace":"every:50"}          | expected a duration such as
                    {"error":"overlodad"}                     | /error: no error is named 'overlodad'; there are modelNotFound:model
                    {"status":99}                             | /status: expected a status from 200 to 599
                    {"recording":"none"}                      | no bundled recording is named 'none'
                    {"tokens":"a","faults":["endAfter"]}      | /faults/0: the field lines is missing
                    {"tokens":"a","faults":["endAfter:-1"]}   | expected a whole number, not negative
                    {"tokens":"a","faults":["endAfter:1,2"]}  | expected a whole number
                    {"tokens":"a","faults":["closeAfterwards:1"]} | closeAfterwards has no parameters
                    {"tokens":"a","faults":[{"endAfter":{"line":1}}]} | /faults/0/endAfter: unknown field line; known are lines
                    {"tokens":"a","faults":[{"endAfter":1,"drip":1}]} | expected an object with one field
                    {"tokens":"a","faults":[{"lineAfter":1}]} | expected an object with lines, line
                    {"tokens":"a","faults":["oversizedLineAfter:1,2"]} | bytes must be at least 512
                    {"tokens":"a","pace":"scaled:-1"}         | factor must be finite and not negative
                    {"tokens":"a","pace":7}                   | /pace: expected a text
                    {"tokens":"a","chunking":"random:x"}      | expected a whole number
                    {"tokens":"a","headers":{"X":1}}          | /headers/X: expected a text
                    """)
    void invalidAnswersSayWhereAndWhatIsAllowed(String answer, String message) {
        assertThatThrownBy(() -> ServerScript.read(answer(answer)))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("the script at /answers/0/answer")
                .hasMessageContaining(message);
    }

    @Test
    void filesAreNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("script.json");
        assertThatThrownBy(() -> ServerScript.read(file)).isInstanceOf(UncheckedIOException.class);
        Files.writeString(file, "{\"x\":1}");
        assertThatThrownBy(() -> ServerScript.read(file)).hasMessageStartingWith(file + ": unknown field x");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> ServerScript.read(file)).hasMessage(file + ": not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endAfter:2",
                "stallAfter:2",
                "stallAfter:2,1s",
                "stallBeforeHeaders",
                "drip:1ms",
                "errorLineAfter:2,out of memory",
                "rateLimited:2s",
                "redirect:307,http://x/y",
                "flaky:2,overloaded"
            })
    void textFormsOfFaults(String text) {
        assertThat(TextForms.fault(text)).isNotNull();
    }

    @Test
    void textFormsOfTheRest() {
        assertThat(TextForms.pace("every:50ms")).hasToString("every PT0.05S");
        assertThat(TextForms.pace("tokens:200ms,40,0.2,7")).isNotNull();
        assertThat(TextForms.pace("tokens:1s,20")).isNotNull();
        assertThat(TextForms.fault("random:7,0.5")).isNotNull();
        assertThat(TextForms.chunking("random:7")).hasToString("random by seed 7");
        assertThat(TextForms.replayRule("model+lastUserMessage+field:/options/seed"))
                .hasToString("model and last user message and /options/seed");
        for (String text : List.of("", ":", "none", "every:", "every:x", "scaled:1e999")) {
            assertThat(catchThrowable(() -> TextForms.pace(text)))
                    .as(text)
                    .isInstanceOf(ScriptException.class)
                    .hasMessageStartingWith("pace '" + text + "'");
        }
        assertThatThrownBy(() -> TextForms.replayRule("model+")).hasMessageContaining("there are model | prompt");
        assertThat(TextForms.faults()).contains("stallAfter:lines,duration?");
        assertThat(List.of(TextForms.paces(), TextForms.chunkings(), TextForms.replayRules()))
                .noneMatch(List::isEmpty);
    }

    /** What the kit can do, a script can ask for. */
    @Test
    void everyFactoryMethodHasAWord() {
        assertThat(names(Vocabularies.FAULTS)).containsAll(factories(Fault.class));
        assertThat(names(Vocabularies.PACES)).containsAll(factories(Pace.class));
        assertThat(names(Vocabularies.CHUNKINGS)).containsAll(factories(Chunking.class));
        assertThat(names(Vocabularies.REPLAY_RULES)).containsAll(factories(ReplayRule.class));
        // An error with a status and a message has these two fields.
        assertThat(names(Vocabularies.ERRORS))
                .containsAll(factories(Errors.class).stream()
                        .filter(name -> !name.equals("of"))
                        .toList());
    }

    private static List<String> names(Vocabulary<?> vocabulary) {
        return vocabulary.forms().stream().map(form -> form.split(":")[0]).toList();
    }

    private static List<String> factories(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .distinct()
                .toList();
    }

    @Test
    void theScriptOfTheReadmeIsValid() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String script = readme.substring(readme.indexOf("```json\n") + 8);
        assertThat(ServerScript.read(script.substring(0, script.indexOf("```"))))
                .isNotNull();
    }
}
