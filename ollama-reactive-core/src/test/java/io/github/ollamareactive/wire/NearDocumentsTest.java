// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.json;
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
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.BlobEvent.Uploading;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Answers in one document that are nearly right, and documents that are something else. The rows are those of the list of faults. */
final class NearDocumentsTest {
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
        calls.put("chat", client -> client.chat(ChatRequest.of("m", Message.user("q"))));
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
                CallResult.of(document("{'embedding':[]}").chunking(cuts), NearDocumentsTest::loadByEmbeddings)
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
}
