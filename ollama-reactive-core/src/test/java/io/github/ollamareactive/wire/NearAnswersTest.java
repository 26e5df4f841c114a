// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.done;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lastGenerateLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.FaultRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/**
 * Generations that are nearly right, and answers that are none. The rows are those of the list of faults, not those of the
 * tables of wire cases.
 */
final class NearAnswersTest {
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("q"));
    private static final Function<OllamaClient, Flux<?>> CHAT = client -> client.chat(REQUEST);

    private static Answer document(String singleQuoted) {
        return Answer.json(200, json(singleQuoted));
    }

    private static CallResult chat(Chunking cuts, String... lines) {
        return CallResult.of(stream(lines(lines)).chunking(cuts), CHAT);
    }

    /** The last line of an answer, with a field that can't be read. */
    private static CallResult ending(Chunking cuts, String field) {
        return chat(cuts, chatLine("a"), json("{'model':'m','message':{'content':'b'},'done':true," + field + "}"));
    }

    private static Done doneOf(String model, GenerationStats stats) {
        return new Done(model, null, null, null, stats, null, null, null, null);
    }

    static final List<FaultRow> ROWS = List.of(
            row("E3", "what only informs can't be read", cuts -> {
                for (String time : List.of(
                        "'2026-11-23T08:37:21'", "1795423041", "'2026-11-23T08:37:60Z'", "'yesterday'", "{}", "[1]")) {
                    ending(cuts, "'created_at':" + time)
                            .assertCompleted(token("a"), token("b"), doneOf("m", GenerationStats.NONE));
                }
                for (String number : List.of("1234.5", "'1s'", "''", "1e30", "99999999999999999999", "{}", "[[1]]")) {
                    for (String name : List.of(
                            "total_duration",
                            "load_duration",
                            "prompt_eval_count",
                            "prompt_eval_duration",
                            "eval_count",
                            "eval_duration")) {
                        CallResult outcome = ending(cuts, "'" + name + "':" + number);
                        assertThat(outcome.error()).as("%s %s", name, number).isNull();
                        Done done = (Done) outcome.events().get(2);
                        assertThat(done.model()).isEqualTo("m");
                        assertThat(done.stats()).as("%s %s", name, number).isEqualTo(GenerationStats.NONE);
                    }
                }
                for (String other : List.of("7", "{'a':[]}", "[]", "true")) {
                    for (String name : List.of("remote_model", "remote_host", "done_reason", "_debug_info")) {
                        ending(cuts, "'" + name + "':" + other).assertCompleted(token("a"), token("b"), done(null));
                    }
                    chat(cuts, json("{'model':" + other + ",'message':{'content':'a'},'done':true}"))
                            .assertCompleted(token("a"), doneOf(null, GenerationStats.NONE));
                }
            }),
            row("E3", "an error that is none", cuts -> {
                for (String none : List.of("''", "' '", "false", "null")) {
                    chat(cuts, chatLine("a"), json("{'error':" + none + ",'message':{'content':'b'},'done':true}"))
                            .assertCompleted(token("a"), token("b"), done(null));
                    CallResult.of(
                                    document("{'version':'1','error':" + none + "}")
                                            .chunking(cuts),
                                    OllamaClient::version)
                            .assertCompleted(new io.github.ollamareactive.server.ServerEvent.Version("1"));
                }
                chat(cuts, chatLine("a"), json("{'error':true}")).assertReported("true", "a", token("a"));
            }),
            row("E3", "log probabilities that can't be read", cuts -> {
                for (String number : List.of("null", "'-1'", "{}", "-1e999")) {
                    CallResult outcome = chat(
                            cuts,
                            json("{'message':{'content':'a'},'logprobs':[{'token':'a','logprob':" + number
                                    + ",'bytes':[3000000000],'top_logprobs':[{'token':'a','logprob':-0.5},{'token':'b','logprob':"
                                    + number + "}]}]}"),
                            lastChatLine(""));
                    Token token = (Token) outcome.events().get(0);
                    assertThat(token.text()).isEqualTo("a");
                    assertThat(token.logprobs())
                            .as(number)
                            .containsExactly(new Logprob(
                                    "a",
                                    Double.NaN,
                                    null,
                                    List.of(
                                            new Logprob("a", -0.5, null, List.of()),
                                            new Logprob("b", Double.NaN, null, List.of()))));
                    assertThat(outcome.error()).isNull();
                }
                for (String list : List.of("'x'", "{}", "[7,null]", "false")) {
                    chat(cuts, json("{'message':{'content':'a'},'logprobs':" + list + "}"), lastChatLine(""))
                            .assertCompleted(token("a"), done(null));
                }
            }),
            row("E3", "what is the answer itself stays strict", cuts -> {
                for (String line : List.of(
                        "{'message':{'content':7}}",
                        "{'message':{'thinking':7}}",
                        "{'response':['a']}",
                        "{'done':1}",
                        "{'done':'true'}",
                        "{'message':'text'}",
                        "{'message':{'tool_calls':'f'}}",
                        "{'message':{'tool_calls':[{'function':{'name':7}}]}}",
                        "{'image':7}")) {
                    chat(cuts, chatLine("a"), json(line), lastChatLine("")).assertMalformed(2, token("a"));
                }
            }),
            row("E4", "tool calls in the form of other servers", cuts -> {
                Map<String, ToolCalled> calls = new LinkedHashMap<>();
                calls.put("'arguments':'{\\'a\\':1}'", called(null, null, "f", "{'a':1}"));
                calls.put("'arguments':' {} '", called(null, null, "f", "{}"));
                calls.put("'arguments':''", called(null, null, "f", "{}"));
                calls.put("'arguments':' '", called(null, null, "f", "{}"));
                calls.put("'arguments':null", called(null, null, "f", "{}"));
                calls.put("'arguments':[]", called(null, null, "f", "{}"));
                calls.put("'index':'2'", called(null, 2, "f", "{}"));
                calls.put("'index':1.0", called(null, 1, "f", "{}"));
                calls.put("'index':'first'", called(null, null, "f", "{}"));
                calls.put("'index':3000000000", called(null, null, "f", "{}"));
                calls.forEach((field, call) -> chat(
                                cuts,
                                chatLine(
                                        "x",
                                        "'tool_calls':[{'type':'function','function':{'name':'f'," + field + "}}]"),
                                lastChatLine(""))
                        .assertCompleted(token("x"), call, done(null)));
                for (Map.Entry<String, String> id :
                        Map.of("7", "7", "'i'", "i", "{}", "").entrySet()) {
                    chat(
                                    cuts,
                                    chatLine("", "'tool_calls':[{'id':" + id.getKey() + ",'function':{'name':'f'}}]"),
                                    lastChatLine(""))
                            .assertCompleted(
                                    called(id.getValue().isEmpty() ? null : id.getValue(), null, "f", "{}"),
                                    done(null));
                }
                for (String none : List.of("'[1]'", "'nonsense'", "7", "[1]", "'{} {}'", "'{\\'a\\''")) {
                    assertThat(chat(
                                            cuts,
                                            chatLine("a"),
                                            chatLine(
                                                    "x",
                                                    "'tool_calls':[{'function':{'name':'f','arguments':" + none
                                                            + "}}]"))
                                    .assertMalformed(2, token("a")))
                            .hasMessageContaining("'arguments'");
                }
            }),
            row("E6", "lines in place of one answer", cuts -> {
                Answer lines = stream(lines(chatLine("a"), chatLine("b"), lastChatLine("c")))
                        .chunking(cuts);
                CallResult.of(lines, client -> client.chat(REQUEST.stream(false)))
                        .assertCompleted(token("a"), token("b"), token("c"), done(null));
                CallResult.of(
                                stream(lines(progressLine("pulling manifest"), progressLine("success")))
                                        .chunking(cuts),
                                client -> client.pull(PullRequest.of("m").stream(false)))
                        .assertCompleted(status("pulling manifest"), success());
            }),
            row("E6", "an indented document in place of lines", cuts -> {
                String first = "{\n  'message': {\n    'thinking': 'h }{',\n    'content': 'a\\n{b'\n  },\n"
                        + "  'logprobs': [\n  ],\n  'done': false\n}\n";
                String last = "\r\n{\r\n\t'message': { 'content': '' },\r\n\t'done': true }";
                for (String body : List.of(first + last, first + "\n" + first.replace("false", "true"))) {
                    CallResult outcome = CallResult.of(stream(json(body)).chunking(cuts), CHAT);
                    assertThat(outcome.error()).isNull();
                    assertThat(outcome.events()).startsWith(thinking("h }{"), token("a\n{b"));
                }
                CallResult.of(stream(json(last)).chunking(cuts), CHAT).assertCompleted(bareDone(null));
                CallResult.of(
                                stream(json("{ 'message':\n{'content':'a'},'done':true}"))
                                        .chunking(cuts),
                                CHAT)
                        .assertCompleted(token("a"), bareDone(null));
                CallResult.of(
                                stream(json("{\n\n'done':true\n\n}\n")).chunking(cuts),
                                client -> client.chat(REQUEST.stream(false)))
                        .assertCompleted(bareDone(null));
            }),
            row("E6", "an indented document that is wrong", cuts -> {
                String body = chatLine("a") + "\n\n{\n  'message': {'content': 7},\n  'done': true\n}\n{}";
                OllamaException.Protocol error =
                        CallResult.of(stream(json(body)).chunking(cuts), CHAT).assertMalformed(3, token("a"));
                assertThat(error.excerpt()).contains("'message'".replace('\'', '"'));
                CallResult.of(stream(chatLine("a") + "\n{\n \"message\": {\n").chunking(cuts), CHAT)
                        .assertIncomplete("a", 16, token("a"));
                // A line that no document begins with is known for what it is at once.
                CallResult.of(
                                stream(lines(chatLine("a"), "{bad", lastChatLine("")))
                                        .chunking(cuts),
                                CHAT)
                        .assertMalformed(2, token("a"));
                CallResult.of(
                                stream(lines(chatLine("a"), "{\"message\":\"x", lastChatLine("")))
                                        .chunking(cuts),
                                CHAT)
                        .assertMalformed(2, token("a"));
            }),
            row("E6", "an empty answer to a load", cuts -> {
                for (Function<OllamaClient, Flux<?>> call : List.<Function<OllamaClient, Flux<?>>>of(
                        client -> client.load(LoadRequest.of("m")), client -> client.unload("m"))) {
                    CallResult.of(document("{}").chunking(cuts), call).assertCompleted(bareDone(null));
                    CallResult.of(document("{'model':'m','done':false}").chunking(cuts), call)
                            .assertCompleted(doneOf("m", GenerationStats.NONE));
                    CallResult.of(
                                    Answer.json(200, lastGenerateLine("", "'done_reason':'load'"))
                                            .chunking(cuts),
                                    call)
                            .assertCompleted(done("load"));
                    CallResult.of(Answer.json(200, "").chunking(cuts), call).assertIncomplete("", 0);
                }
                CallResult.of(document("{}").chunking(cuts), CHAT).assertIncomplete("", 0);
            }),
            row("C2", "an answer in another encoding, then good ones", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start()) {
                    for (Charset charset : List.of(
                            StandardCharsets.UTF_16LE,
                            StandardCharsets.UTF_16BE,
                            Charset.forName("UTF-32LE"),
                            Charset.forName("UTF-32BE"),
                            StandardCharsets.UTF_8)) {
                        for (String mark : List.of("", "\ufeff", "\ufeff\ufeff")) {
                            byte[] body = (mark + chatLine("a") + "\n" + lastChatLine("b") + "\n").getBytes(charset);
                            server.answer(
                                    "POST",
                                    "/api/chat",
                                    Answer.chunks(body).chunking(cuts),
                                    stream(lines(chatLine("\u4f60"), lastChatLine("b")))
                                            .chunking(cuts));
                            CallResult first = CallResult.of(server, CHAT);
                            if (charset != StandardCharsets.UTF_8 || mark.length() == 2) {
                                assertThat(first.events())
                                        .as("%s %s", charset, mark.length())
                                        .isEmpty();
                                assertThat(first.error()).isInstanceOf(OllamaException.class);
                            } else {
                                first.assertCompleted(token("a"), token("b"), done(null));
                            }
                            CallResult.of(server, CHAT).assertCompleted(token("\u4f60"), token("b"), done(null));
                        }
                    }
                }
            }));

    static Stream<Arguments> rows() {
        return FaultRow.underEveryCut(ROWS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void passes(FaultRow row, Chunking cuts) {
        row.run(cuts);
    }

    /** The values are as JSON has them. */
    @ParameterizedTest(name = "E4 {0}")
    @MethodSource("numbers")
    void argumentsInTextKeepTheirLiterals(String number) {
        ToolCalled call = (ToolCalled) chat(
                        Chunking.asWritten(),
                        chatLine(
                                "",
                                "'tool_calls':[{'function':{'name':'f','arguments':'{\\'z\\':" + number
                                        + ",\\'a\\':1}'}}]"),
                        lastChatLine(""))
                .events()
                .get(0);
        assertThat(call.call().arguments().get("z")).isEqualTo(JsonValue.parse(number));
        assertThat(call.call().arguments().fields().keySet()).containsExactly("z", "a");
    }

    static Stream<String> numbers() {
        return Stream.of("1.50", "1e400", "18446744073709551616");
    }

    private static String progressLine(String status) {
        return "{\"status\":\"" + status + "\"}";
    }

    private static Thinking thinking(String text) {
        return new Thinking(text, List.of());
    }

    private static ToolCalled called(@Nullable String id, @Nullable Integer index, String name, String arguments) {
        return new ToolCalled(new ToolCall(id, index, name, (JsonObject) JsonValue.parse(json(arguments))));
    }

    /** The end of an answer that names neither model nor time. */
    private static Done bareDone(@Nullable String reason) {
        return new Done(null, null, reason, null, GenerationStats.NONE, null, null, null, null);
    }

    private static ProgressEvent status(String words) {
        return new ProgressEvent.Status(words);
    }

    private static ProgressEvent success() {
        return new ProgressEvent.Success();
    }
}
