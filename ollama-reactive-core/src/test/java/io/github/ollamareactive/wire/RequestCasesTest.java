// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What calls send, and what single answers give: the table {@code requests.txt}, and what doesn't fit into a table. */
final class RequestCasesTest {
    static Stream<WireCase> requests() {
        return WireTable.read("requests").stream();
    }

    /** By a server that isn't ours, so that no mistake of the test server hides one of the client. */
    @ParameterizedTest(name = "{0}, as another server receives it")
    @MethodSource("requests")
    void theRequestIsExactlyTheOneInTheTable(WireCase exchange) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().body("{\"done\":true}\n").build());
            server.start();
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                    .baseUrl(server.url("/").toString());
            try (OllamaClient client = OllamaClient.create(config)) {
                CallResult.of(WireCalls.call(exchange.call()).apply(client));
            }
            RecordedRequest sent = server.takeRequest();
            String body = sent.getBody() == null ? "" : sent.getBody().utf8();
            assertThat((sent.getMethod() + " " + sent.getTarget() + " " + body).strip())
                    .as("%s", exchange)
                    .isEqualTo(exchange.sends());
            assertThat(sent.getRequestLine()).endsWith(" HTTP/1.1");
            assertHeadersFit(sent.getHeaders(), body);
            RequestFields<?> request = WireRequests.byName().get(exchange.call());
            if (request != null) {
                assertThat(request.fields()).hasToString(body);
            }
        }
    }

    private static void assertHeadersFit(Headers headers, String body) {
        if (body.isEmpty()) {
            assertThat(headers.get("Content-Type")).isNull();
        } else {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            assertThat(headers.values("Content-Length")).containsExactly(String.valueOf(length));
            assertThat(headers.values("Content-Type")).containsExactly("application/json");
            assertThat(headers.get("Accept")).contains("application/x-ndjson");
        }
        assertThat(headers.get("Transfer-Encoding")).isNull();
        assertThat(headers.get("User-Agent")).startsWith("ollama-reactive/");
        assertThat(headers.get("Origin")).isNull();
        assertThat(headers.get("Authorization")).isNull();
    }

    static Stream<Arguments> answers() {
        return WireCase.underEveryCut("requests");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("answers")
    void theAnswerGivesTheEventsInTheTable(WireCase exchange, Chunking cuts) {
        exchange.run(cuts);
    }

    @Test
    void everyNamedCallIsInATable() {
        assertThat(Stream.of("requests", "streams", "errors", "faults")
                        .flatMap(table -> WireTable.read(table).stream())
                        .map(WireCase::call))
                .containsAll(WireCalls.names());
    }

    @ParameterizedTest(name = "W41 everything that show may tell, {0}")
    @EveryCut
    void showKeepsNumbersTextsAndTimesAsTheServerWroteThem(Chunking cuts) {
        String info = json(
                "{'general.parameter_count':80263006720000,'a.eps':1e-6,'a.small':0.000001,'a.on':false,'z':[],'b':null,'a.text':'x'}");
        ModelEvent.Shown shown = shown(
                cuts,
                json("{'parameters':'stop \\'<a>\\'\\nstop \\'<b>\\'','details':{'families':null},'model_info':")
                        + info
                        + json(",'modified_at':'2024-12-02T17:58:38.1234567+08:00'}"));
        assertThat(shown.license()).isNull();
        assertThat(shown.details().families()).isNull();
        assertThat(shown.parameters()).isEqualTo("stop \"<a>\"\nstop \"<b>\"");
        assertThat(shown.modelInfo()).hasToString(info);
        assertThat(shown.modelInfo().get("general.parameter_count").asLong()).isEqualTo(80_263_006_720_000L);
        assertThat(shown.modelInfo().get("a.eps").asDouble()).isEqualTo(1e-6);
        assertThat(shown.modifiedAt()).isEqualTo(OffsetDateTime.parse("2024-12-02T17:58:38.1234567+08:00"));

        assertThat(shown(cuts, "{}").modifiedAt()).isNull();
    }

    private static ModelEvent.Shown shown(Chunking cuts, String document) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/show", Answer.json(200, document).chunking(cuts));
            CallResult result = CallResult.of(server, client -> client.show(ShowRequest.of("m")));
            assertThat(result.error()).isNull();
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).isEqualTo("{\"model\":\"m\"}"));
            assertThat(result.events()).hasSize(1);
            return (ModelEvent.Shown) result.events().get(0);
        }
    }

    @ParameterizedTest(name = "W51 a turn with tool calls, there and back, {0}")
    @EveryCut
    void aTurnWithToolCallsIsSentAsItWasReceived(Chunking cuts) {
        String call =
                json("{'id':'call_1','function':{'index':0,'name':'f','arguments':{'z':1.50,'a':{'c':[],'b':null}}}}");
        String other = json("{'function':{'name':'g','arguments':{}}}");
        String answer =
                lines(chatLine("x"), chatLine("", "'tool_calls':[" + call + "," + other + "]"), lastChatLine(""));
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", stream(answer).chunking(cuts));
            Message turn = client.chat(WireRequests.CHAT)
                    .as(Tokens::collect)
                    .block(CallResult.LIMIT)
                    .message();
            CallResult.of(client.chat(ChatRequest.of("m", Message.user("q"), turn)));
            assertThat(server.requests().get(1).body())
                    .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'q'},"
                                    + "{'role':'assistant','content':'x','tool_calls':[")
                            + call + "," + other + "]}]}");
        }
    }

    @Test
    @DisplayName("W55 whether a server is there")
    void aliveTellsWhetherAServerIsThere() {
        OllamaTestServer server = OllamaTestServer.start();
        server.answer("HEAD", "/", Answer.of(200));
        CallResult.of(server, OllamaClient::alive).assertCompleted(new ServerEvent.Alive());
        assertThat(server.requests().get(0).body()).isEmpty();
        server.close();
        CallResult.of(server, OllamaClient::alive).assertDisconnected(Problem.REFUSED);
    }
}
