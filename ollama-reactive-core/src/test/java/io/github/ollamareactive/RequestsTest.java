// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.PullRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What goes onto the wire: method, path, headers, and a body with exactly the fields that were set. */
final class RequestsTest {
    private static final String DONE = "{\"response\":\"\",\"done\":true}\n";
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("q"));
    private static final GenerateRequest GENERATE = GenerateRequest.of("m", "p");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OllamaClientConfig config() {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.url("/").toString());
    }

    private RecordedRequest sent(OllamaClientConfig config, Function<OllamaClient, Flux<?>> call)
            throws InterruptedException {
        server.enqueue(new MockResponse.Builder().body(DONE).build());
        try (OllamaClient client = OllamaClient.create(config)) {
            call.apply(client).onErrorComplete().blockLast(Duration.ofSeconds(20));
        }
        return server.takeRequest();
    }

    static Stream<Arguments> documents() {
        JsonObject schema = (JsonObject)
                JsonValue.parse(
                        "{\"title\":\"T\",\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"},\"a\":{\"type\":[\"integer\",\"null\"]}}}");
        ToolCall call = new ToolCall("call_1", 0, "f", (JsonObject) JsonValue.parse("{\"z\":1,\"a\":{\"b\":2.50}}"));
        return Stream.of(
                Arguments.of(CHAT, "{'model':'m','messages':[{'role':'user','content':'q'}]}"),
                Arguments.of(GENERATE, "{'model':'m','prompt':'p'}"),
                Arguments.of(LoadRequest.of("m"), "{'model':'m'}"),
                Arguments.of(PullRequest.of("m"), "{'model':'m'}"),
                Arguments.of(
                        PullRequest.of("m").insecure(true).stream(false),
                        "{'model':'m','insecure':true,'stream':false}"),
                Arguments.of(GENERATE.stream(false), "{'model':'m','prompt':'p','stream':false}"),
                Arguments.of(GENERATE.think(true), "{'model':'m','prompt':'p','think':true}"),
                Arguments.of(GENERATE.think(false), "{'model':'m','prompt':'p','think':false}"),
                Arguments.of(GENERATE.think(Think.of("low")), "{'model':'m','prompt':'p','think':'low'}"),
                Arguments.of(GENERATE.think(Think.MEDIUM), "{'model':'m','prompt':'p','think':'medium'}"),
                Arguments.of(GENERATE.think(Think.HIGH), "{'model':'m','prompt':'p','think':'high'}"),
                Arguments.of(GENERATE.think(Think.MAX), "{'model':'m','prompt':'p','think':'max'}"),
                Arguments.of(GENERATE.format(Format.JSON), "{'model':'m','prompt':'p','format':'json'}"),
                Arguments.of(GENERATE.format(schema), "{'model':'m','prompt':'p','format':" + schema + "}"),
                Arguments.of(GENERATE.keepAlive(KeepAlive.FOREVER), "{'model':'m','prompt':'p','keep_alive':-1}"),
                Arguments.of(GENERATE.keepAlive(KeepAlive.UNLOAD), "{'model':'m','prompt':'p','keep_alive':0}"),
                Arguments.of(
                        GENERATE.keepAlive(Duration.ofSeconds(10)), "{'model':'m','prompt':'p','keep_alive':'10s'}"),
                Arguments.of(GENERATE.keepAlive(Duration.ofMinutes(5)), "{'model':'m','prompt':'p','keep_alive':'5m'}"),
                Arguments.of(GENERATE.keepAlive(Duration.ofHours(2)), "{'model':'m','prompt':'p','keep_alive':'2h'}"),
                Arguments.of(
                        GENERATE.keepAlive(Duration.ofMillis(1500)),
                        "{'model':'m','prompt':'p','keep_alive':'1500ms'}"),
                Arguments.of(GENERATE.keepAlive(Duration.ofSeconds(-5)), "{'model':'m','prompt':'p','keep_alive':-1}"),
                Arguments.of(GENERATE.keepAlive(KeepAlive.seconds(42)), "{'model':'m','prompt':'p','keep_alive':42}"),
                Arguments.of(
                        GENERATE.keepAlive(KeepAlive.seconds(42.5)), "{'model':'m','prompt':'p','keep_alive':42.5}"),
                Arguments.of(
                        GENERATE.suffix("s")
                                .system("y")
                                .template("t")
                                .context(List.of(1, 2, 3))
                                .raw(true),
                        "{'model':'m','prompt':'p','suffix':'s','system':'y','template':'t','context':[1,2,3],'raw':true}"),
                Arguments.of(
                        GENERATE.logprobs(true)
                                .topLogprobs(3)
                                .truncate(false)
                                .shift(false)
                                .debugRenderOnly(true),
                        "{'model':'m','prompt':'p','logprobs':true,'top_logprobs':3,'truncate':false,'shift':false,'_debug_render_only':true}"),
                Arguments.of(
                        GENERATE.image("ABC".getBytes(StandardCharsets.US_ASCII))
                                .imageBase64("QUJD"),
                        "{'model':'m','prompt':'p','images':['QUJD','QUJD']}"),
                Arguments.of(
                        GENERATE.width(1).height(2).steps(3),
                        "{'model':'m','prompt':'p','width':1,'height':2,'steps':3}"),
                Arguments.of(
                        GENERATE.options(ModelOptions.create()
                                .topP(100)
                                .topK(50)
                                .temperature(0.5)
                                .frequencyPenalty(0.1)
                                .presencePenalty(0.2)
                                .stop("stop me")
                                .with("no_such_option", true)),
                        "{'model':'m','prompt':'p','options':{'top_p':100.0,'top_k':50,'temperature':0.5,'frequency_penalty':0.1,"
                                + "'presence_penalty':0.2,'stop':['stop me'],'no_such_option':true}}"),
                Arguments.of(
                        ChatRequest.of("m", Message.of("somerandomrole", "x")).with("newer", Map.of("a", 1)),
                        "{'model':'m','messages':[{'role':'somerandomrole','content':'x'}],'newer':{'a':1}}"),
                Arguments.of(
                        CHAT.tools(Tool.function("f", "does f", schema)),
                        "{'model':'m','messages':[{'role':'user','content':'q'}],'tools':[{'type':'function','function':"
                                + "{'name':'f','description':'does f','parameters':" + schema + "}}]}"),
                Arguments.of(
                        ChatRequest.of(
                                "m",
                                Message.system("s"),
                                Message.user("look").image("ABC".getBytes(StandardCharsets.US_ASCII)),
                                Message.assistant("").thinking("hm").toolCalls(List.of(call)),
                                Message.tool(call, "42")),
                        "{'model':'m','messages':[{'role':'system','content':'s'},"
                                + "{'role':'user','content':'look','images':['QUJD']},"
                                + "{'role':'assistant','content':'','thinking':'hm','tool_calls':[{'id':'call_1','function':"
                                + "{'index':0,'name':'f','arguments':{'z':1,'a':{'b':2.50}}}}]},"
                                + "{'role':'tool','content':'42','tool_name':'f','tool_call_id':'call_1'}]}"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void sendsExactlyWhatWasSet(RequestFields<?> request, String json) throws Exception {
        String expected = json.replace('\'', '"');
        assertThat(request.fields().toString()).isEqualTo(expected);

        RecordedRequest sent = sent(config(), client -> send(client, request));
        assertThat(sent.getBody().utf8()).isEqualTo(expected);
        assertThat(sent.getMethod()).isEqualTo("POST");
        assertThat(sent.getHeaders().values("Content-Length"))
                .containsExactly(String.valueOf(expected.getBytes(StandardCharsets.UTF_8).length));
        assertThat(sent.getHeaders().get("Transfer-Encoding")).isNull();
        assertThat(sent.getHeaders().values("Content-Type")).containsExactly("application/json");
        assertThat(sent.getHeaders().get("Accept")).contains("application/x-ndjson");
        assertThat(sent.getHeaders().get("User-Agent")).startsWith("ollama-reactive/");
        assertThat(sent.getHeaders().get("Origin")).isNull();
        assertThat(sent.getHeaders().get("Authorization")).isNull();
    }

    private static Flux<?> send(OllamaClient client, RequestFields<?> request) {
        if (request instanceof ChatRequest r) {
            return client.chat(r);
        } else if (request instanceof GenerateRequest r) {
            return client.generate(r);
        } else if (request instanceof LoadRequest r) {
            return client.load(r);
        }
        return client.pull((PullRequest) request);
    }

    @Test
    void unloadAsksForNothingAndKeepsItZeroSeconds() throws Exception {
        RecordedRequest sent = sent(config(), client -> client.unload("m"));
        assertThat(sent.getTarget()).isEqualTo("/api/generate");
        assertThat(sent.getBody().utf8()).isEqualTo("{\"model\":\"m\",\"keep_alive\":0}");
    }

    @Test
    void callsWithoutABodySendNone() throws Exception {
        assertThat(sent(config(), OllamaClient::models).getRequestLine()).isEqualTo("GET /api/tags HTTP/1.1");
        assertThat(sent(config(), OllamaClient::running).getRequestLine()).isEqualTo("GET /api/ps HTTP/1.1");
        assertThat(sent(config(), OllamaClient::version).getRequestLine()).isEqualTo("GET /api/version HTTP/1.1");
        RecordedRequest alive = sent(config(), OllamaClient::alive);
        assertThat(alive.getRequestLine()).isEqualTo("HEAD / HTTP/1.1");
        assertThat(alive.getHeaders().get("Content-Type")).isNull();
    }

    @Test
    void aBasePathIsKept() throws Exception {
        OllamaClientConfig config = config().baseUrl(server.url("/ollama/").toString());
        assertThat(sent(config, OllamaClient::version).getTarget()).isEqualTo("/ollama/api/version");
        assertThat(sent(config, OllamaClient::alive).getTarget()).isEqualTo("/ollama/");
    }

    @Test
    void headersOfTheCallWinOverTheClientsAndNoneDoubles() throws Exception {
        OllamaClientConfig config = config().header("X-Who", "client")
                .header("x-who", "client again")
                .header("User-Agent", "mine/1")
                .header("Content-Type", "text/plain");
        RecordedRequest sent = sent(
                config, client -> client.with(c -> c.header("X-WHO", "call")).chat(CHAT));
        assertThat(sent.getHeaders().values("X-Who")).containsExactly("call");
        assertThat(sent.getHeaders().values("User-Agent")).containsExactly("mine/1");
        assertThat(sent.getHeaders().values("Content-Type")).containsExactly("application/json");
    }

    @Test
    void whatDescribesTheBodyIsNeverTheUsers() throws Exception {
        OllamaClientConfig config = config().header("Content-Length", "1")
                .header("Transfer-Encoding", "chunked")
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "text/plain");
        RecordedRequest sent = sent(config, client -> client.chat(CHAT));
        assertThat(sent.getHeaders().values("Content-Length"))
                .containsExactly(String.valueOf(CHAT.fields().toString().length()));
        assertThat(sent.getHeaders().values("Content-Type")).containsExactly("application/json");
        for (RecordedRequest request : List.of(sent, sent(config, OllamaClient::version))) {
            assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
            assertThat(request.getHeaders().get("Content-Encoding")).isNull();
        }
    }

    @Test
    void theHeaderSourceIsAskedForEachSubscription() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        OllamaClientConfig config = config().header("X-Token", "fixed")
                .headerSource(Mono.fromSupplier(() -> Map.of("X-Token", "t" + asked.incrementAndGet())));
        server.enqueue(new MockResponse.Builder().body(DONE).build());
        server.enqueue(new MockResponse.Builder().body(DONE).build());
        try (OllamaClient client = OllamaClient.create(config)) {
            client.chat(CHAT).repeat(1).blockLast(Duration.ofSeconds(20));
        }
        assertThat(server.takeRequest().getHeaders().values("X-Token")).containsExactly("t1");
        assertThat(server.takeRequest().getHeaders().values("X-Token")).containsExactly("t2");
    }

    @Test
    void credentialsAreSent() throws Exception {
        assertThat(sent(config().apiKey("k"), OllamaClient::version)
                        .getHeaders()
                        .get("Authorization"))
                .isEqualTo("Bearer k");
        String host = "http://user:pa%40ss@" + server.getHostName() + ":" + server.getPort();
        assertThat(sent(config().baseUrl(host), OllamaClient::version)
                        .getHeaders()
                        .get("Authorization"))
                .isEqualTo("Basic dXNlcjpwYUBzcw==");
    }

    @Test
    void imagesComeFromFilesToo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.png"), "ABC");
        assertThat(Message.user("x").image(file).fields().get("images")).hasToString("[\"QUJD\"]");
        assertThat(GENERATE.image(file).fields().get("images")).hasToString("[\"QUJD\"]");
        assertThatThrownBy(() -> GENERATE.image(folder.resolve("none.png")))
                .isInstanceOf(java.io.UncheckedIOException.class)
                .hasMessageContaining("none.png");
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedBeforeAnythingIsSent() {
        refused("model", () -> ChatRequest.of(" ", Message.user("x")));
        refused("model", () -> GenerateRequest.of("", "x"));
        refused("model", () -> LoadRequest.of(""));
        refused("model", () -> PullRequest.of(""));
        refused("role", () -> Message.of("", "x"));
        refused("name", () -> Tool.function("", "x", JsonObject.EMPTY));
        refused("top_logprobs", () -> CHAT.topLogprobs(21));
        refused("top_logprobs", () -> GENERATE.topLogprobs(-1));
        refused("think", () -> Think.of("hard"));
        refused("images", () -> GENERATE.imageBase64("data:image/png;base64,QUJD"));
        refused("images", () -> GENERATE.imageBase64("QU\nJD"));
        refused("images", () -> Message.user("x").imageBase64("***"));
        refused("images", () -> Message.user("x").imageBase64("QUI"));
        assertThat(server.getRequestCount()).isZero();
    }

    private static void refused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(field);
    }

    @Test
    void requestsAreValues() {
        assertThat(GENERATE.raw(true))
                .isEqualTo(GenerateRequest.of("m", "p").raw(true))
                .isNotEqualTo(GENERATE);
        assertThat(GENERATE.raw(true).with("raw", null)).isEqualTo(GENERATE).hasSameHashCodeAs(GENERATE);
        assertThat(GENERATE).hasToString("GenerateRequest{\"model\":\"m\",\"prompt\":\"p\"}");
        assertThat(LoadRequest.of("m")).isNotEqualTo(PullRequest.of("m"));
    }
}
