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
import static io.github.ollamareactive.wire.FaultRow.once;
import static io.github.ollamareactive.wire.FaultRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
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
import io.github.ollamareactive.server.BlobEvent.Uploading;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.ByteBuffer;
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
 * Answers that are nearly right, and answers that are none. The rows are those of the list of faults, not those of the
 * tables of wire cases.
 */
final class NearAnswersTest {
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("q"));
    private static final Function<OllamaClient, Flux<?>> CHAT = client -> client.chat(REQUEST);
    private static final Function<OllamaClient, Flux<?>> EMBED_TWO =
            client -> client.embed(EmbedRequest.of("m", "a", "b"));
    private static final EmbeddingEvent.Done EMBEDDED = new EmbeddingEvent.Done("m", null, null, null);
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    /** Every endpoint whose answer has a body. */
    private static final Map<String, Function<OllamaClient, Flux<?>>> CALLS = calls();

    /** Where the status says it all: any JSON besides it is let pass. */
    private static final List<String> STATUS_ONLY = List.of("copy", "delete", "signOut", "pushBlob");

    @SuppressWarnings("deprecation")
    private static Map<String, Function<OllamaClient, Flux<?>>> calls() {
        Map<String, Function<OllamaClient, Flux<?>>> calls = new LinkedHashMap<>();
        calls.put("generate", client -> client.generate(GenerateRequest.of("m", "p")));
        calls.put("generate, one answer", client -> client.generate(GenerateRequest.of("m", "p").stream(false)));
        calls.put("chat", CHAT);
        calls.put("load", client -> client.load(LoadRequest.of("m")));
        calls.put("unload", client -> client.unload("m"));
        calls.put("embed", client -> client.embed(EmbedRequest.of("m", "t")));
        calls.put("embeddings", client -> client.embeddings(EmbeddingsRequest.of("m", "t")));
        calls.put("pull", client -> client.pull(PullRequest.of("m")));
        calls.put("push", client -> client.push(PushRequest.of("m")));
        calls.put("create", client -> client.create(CreateRequest.of("m").from("n")));
        calls.put("models", OllamaClient::models);
        calls.put("running", OllamaClient::running);
        calls.put("show", client -> client.show(ShowRequest.of("m")));
        calls.put("copy", client -> client.copy("m", "n"));
        calls.put("delete", client -> client.delete("m"));
        calls.put("version", OllamaClient::version);
        calls.put("status", OllamaClient::status);
        calls.put("me", OllamaClient::me);
        calls.put("signOut", OllamaClient::signOut);
        calls.put("webSearch", client -> client.webSearch(WebSearchRequest.of("q")));
        calls.put("webFetch", client -> client.webFetch("http://example.org"));
        calls.put("recommendations", OllamaClient::recommendations);
        calls.put("pushBlob", client -> client.pushBlob(DIGEST, 1, Flux.just(ByteBuffer.wrap(new byte[1]))));
        return calls;
    }

    /** The answer of every POST, GET and DELETE; no blob is there yet. */
    private static CallResult ofAny(Answer answer, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server = OllamaTestServer.start()
                .otherwise(request -> request.method().equals("HEAD") ? Answer.of(404) : answer)) {
            return CallResult.of(server, call);
        }
    }

    /** Of an upload, its progress comes before its answer. */
    private static List<Object> before(CallResult outcome) {
        return outcome.events().stream().filter(Uploading.class::isInstance).toList();
    }

    private static Answer document(String singleQuoted) {
        return Answer.json(200, json(singleQuoted));
    }

    private static void embedFails(Chunking cuts, String body, String words, Object... before) {
        OllamaException.Protocol error =
                CallResult.of(document(body).chunking(cuts), EMBED_TWO).assertMalformed(0, before);
        assertThat(error).as(body).hasMessageContaining(words);
        assertThat(error.excerpt()).isNotBlank();
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
            row("E1", "fewer or more vectors than texts, or of different sizes", cuts -> {
                Vector one = Vector.of(0, 1, 2);
                Vector two = Vector.of(1, 3, 4);
                embedFails(cuts, "{'model':'m','embeddings':[[1,2]]}", "1 vector for 2 texts", one);
                embedFails(cuts, "{'model':'m','embeddings':[]}", "0 vectors for 2 texts");
                embedFails(cuts, "{'embeddings':[[1,2],[3,4],[5,6]]}", "3 vectors for 2 texts", one, two);
                embedFails(cuts, "{'embeddings':[[1,2],[3,4,5]]}", "vector 1 has 3 dimensions, vector 0 has 2", one);
                embedFails(cuts, "{'embeddings':[[1,2],[]]}", "vector 1 has 0 dimensions, vector 0 has 2", one);
                embedFails(cuts, "{'embeddings':[[],[]]}", "vector 0 has no dimensions");
                embedFails(cuts, "{'embeddings':[[1,2],null]}", "list of numbers", one);
                embedFails(cuts, "{'embeddings':[1,2]}", "list of numbers");
            }),
            row("E1", "no list of vectors at all", cuts -> {
                embedFails(cuts, "{'model':'m','embeddings':null}", "0 vectors for 2 texts");
                embedFails(cuts, "{'model':'m'}", "0 vectors for 2 texts");
                embedFails(cuts, "{'embeddings':{'0':[1]}}", "'embeddings' is not a list");
                embedFails(cuts, "{'embedding':[1,2]}", "0 vectors for 2 texts");
                embedFails(
                        cuts,
                        "{'object':'list','data':[{'object':'embedding','embedding':[1],'index':0},{'embedding':[2],'index':1}]}",
                        "0 vectors for 2 texts");
            }),
            row("E1", "as many vectors as texts", cuts -> {
                Answer two =
                        document("{'embeddings':[[1,2],[3,4]],'model':'m'}").chunking(cuts);
                CallResult.of(two, EMBED_TWO).assertCompleted(Vector.of(0, 1, 2), Vector.of(1, 3, 4), EMBEDDED);
                Answer one = document("{'model':'m','embeddings':[[1]]}").chunking(cuts);
                CallResult.of(one, client -> client.embed(EmbedRequest.of("m").with("input", "text")))
                        .assertCompleted(Vector.of(0, 1), EMBEDDED);
                for (String none : List.of("[]", "null")) {
                    Answer loaded =
                            document("{'model':'m','embeddings':" + none + "}").chunking(cuts);
                    CallResult.of(loaded, client -> client.embed(EmbedRequest.of("m")))
                            .assertCompleted(EMBEDDED);
                    CallResult.of(
                                    loaded,
                                    client -> client.embed(EmbedRequest.of("m").with("input", "")))
                            .assertCompleted(EMBEDDED);
                }
            }),
            row("E1", "the older endpoint: a vector for a prompt", cuts -> {
                for (String body : List.of("{'embedding':[]}", "{'embedding':null}", "{}", "{'embeddings':[[1]]}")) {
                    CallResult.of(document(body).chunking(cuts), CALLS.get("embeddings"))
                            .assertMalformed(0);
                }
                CallResult.of(document("{'embedding':[]}").chunking(cuts), NearAnswersTest::loadByEmbeddings)
                        .assertCompleted(new EmbeddingEvent.Done(null, null, null, null));
            }),
            row("D5", "a number that no float holds", cuts -> {
                embedFails(cuts, "{'embeddings':[[1,2],[3,1e39]]}", "no 32-bit float", Vector.of(0, 1, 2));
                embedFails(cuts, "{'embeddings':[[-1e999]]}", "no 32-bit float");
                CallResult.of(document("{'embedding':[1,3.5e38]}").chunking(cuts), CALLS.get("embeddings"))
                        .assertMalformed(0);
            }),
            row("E2", "a document without its list", cuts -> {
                for (String name : List.of("models", "running", "webSearch", "recommendations")) {
                    String list = name.equals("running") ? "models" : name.equals("webSearch") ? "results" : name;
                    for (String body : List.of("{'data':[]}", "{}", "{'" + list + "':{}}", "{'" + list + "':7}")) {
                        assertThat(CallResult.of(document(body).chunking(cuts), CALLS.get(name))
                                        .assertMalformed(0))
                                .as(name)
                                .hasMessageContaining("'" + list + "'");
                    }
                    for (String none : List.of("[]", "null")) {
                        CallResult.of(document("{'" + list + "':" + none + "}").chunking(cuts), CALLS.get(name))
                                .assertCompleted();
                    }
                }
            }),
            once("E2", "a portal's page with status 200 for every endpoint", cuts -> {
                String page = "<!DOCTYPE html>\n<html><title>Sign in</title></html>\n";
                Answer portal = Answer.of(200).contentType("text/html").body(page);
                CALLS.forEach((name, call) -> {
                    CallResult outcome = ofAny(portal, call);
                    assertThat(outcome.error()).as(name).isInstanceOf(OllamaException.Protocol.class);
                    assertThat(((OllamaException.Protocol) outcome.error()).excerpt())
                            .as(name)
                            .startsWith("<!DOCTYPE html>");
                    assertThat(outcome.events()).as(name).isEqualTo(before(outcome));
                });
            }),
            once("E2", "an error with status 200 for every endpoint", cuts -> {
                Answer error = document("{'error':'it broke'}");
                CALLS.forEach((name, call) -> {
                    CallResult outcome = ofAny(error, call);
                    assertThat(outcome.error()).as(name).isInstanceOf(OllamaException.Stream.class);
                    assertThat(((OllamaException.Stream) outcome.error()).serverMessage())
                            .as(name)
                            .isEqualTo("it broke");
                    assertThat(outcome.events()).as(name).isEqualTo(before(outcome));
                });
            }),
            once("E2", "a success with or without a body", cuts -> {
                for (String name : STATUS_ONLY) {
                    for (String body : List.of("", " \r\n", "{}", "null", "{'status':'success'}", "{'error':null}")) {
                        CallResult outcome = ofAny(document(body), CALLS.get(name));
                        assertThat(outcome.error()).as("%s %s", name, body).isNull();
                        assertThat(outcome.events()
                                        .get(outcome.events().size() - 1)
                                        .toString())
                                .containsPattern("Copied|Deleted|SignedOut|AlreadyThere");
                    }
                }
            }),
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
                                    CALLS.get("version"))
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
            row("E5", "empty and unreadable fields of models", cuts -> {
                String odd = "{'name':'a','modified_at':'','expires_at':'','size':'','size_vram':'big','digest':7,"
                        + "'details':{'family':'','families':null,'context_length':'','embedding_length':1.5}}";
                Installed a = (Installed)
                        CallResult.of(document("{'models':[" + odd + "]}").chunking(cuts), OllamaClient::models)
                                .events()
                                .get(0);
                assertThat(a.name()).isEqualTo("a");
                assertThat(a.modifiedAt()).isNull();
                assertThat(a.size()).isNull();
                assertThat(a.digest()).isNull();
                assertThat(a.details().family()).isEmpty();
                assertThat(a.details().contextLength()).isNull();
                Running b = (Running)
                        CallResult.of(document("{'models':[" + odd + "]}").chunking(cuts), OllamaClient::running)
                                .events()
                                .get(0);
                assertThat(b.expiresAt()).isNull();
                assertThat(b.sizeVram()).isNull();
                Shown shown = (Shown) CallResult.of(
                                document("{'modified_at':'','license':['MIT'],'template':'t','details':{'family':7}}")
                                        .chunking(cuts),
                                CALLS.get("show"))
                        .events()
                        .get(0);
                assertThat(shown.template()).isEqualTo("t");
                assertThat(shown.modifiedAt()).isNull();
                assertThat(shown.license()).isNull();
            }),
            row("E5", "a bad model beside good ones", cuts -> {
                CallResult outcome = CallResult.of(
                        document("{'models':[{'name':'a'},{'name':7},{'size':1},null,{'model':'b'},{'name':'c'}]}")
                                .chunking(cuts),
                        OllamaClient::models);
                assertThat(outcome.events())
                        .extracting(event -> ((Installed) event).name())
                        .containsExactly("a", "b", "c");
                assertThat(outcome.error())
                        .isInstanceOf(OllamaException.Protocol.class)
                        .hasMessageContaining("models[1]")
                        .hasMessageContaining("'name'");
                assertThat(((OllamaException) outcome.error()).partial().events())
                        .isEqualTo(3);
                for (String field : List.of("details", "capabilities")) {
                    assertThat(CallResult.of(
                                            document("{'models':[{'name':'a','" + field + "':7}]}")
                                                    .chunking(cuts),
                                            OllamaClient::models)
                                    .assertMalformed(0))
                            .hasMessageContaining("models[0]")
                            .hasMessageContaining("'" + field + "'");
                }
                assertThat(CallResult.of(document("{'tensors':[{'name':'n'}]}").chunking(cuts), CALLS.get("show"))
                                .assertMalformed(0))
                        .hasMessageContaining("'type'");
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
                for (String name : List.of("load", "unload")) {
                    CallResult.of(document("{}").chunking(cuts), CALLS.get(name))
                            .assertCompleted(bareDone(null));
                    CallResult.of(document("{'model':'m','done':false}").chunking(cuts), CALLS.get(name))
                            .assertCompleted(doneOf("m", GenerationStats.NONE));
                    CallResult.of(
                                    Answer.json(200, lastGenerateLine("", "'done_reason':'load'"))
                                            .chunking(cuts),
                                    CALLS.get(name))
                            .assertCompleted(done("load"));
                    CallResult.of(Answer.json(200, "").chunking(cuts), CALLS.get(name))
                            .assertIncomplete("", 0);
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

    @SuppressWarnings("deprecation")
    private static Flux<?> loadByEmbeddings(OllamaClient client) {
        return client.embeddings(EmbeddingsRequest.of("m", ""));
    }

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
