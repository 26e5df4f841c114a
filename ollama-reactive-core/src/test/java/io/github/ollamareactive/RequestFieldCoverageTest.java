// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.EndpointFields.Field;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.decision.Question;
import io.github.ollamareactive.embedding.EmbedInput;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
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
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every request field of the wire reference can be sent. */
@SuppressWarnings("deprecation") // older servers take the fields
final class RequestFieldCoverageTest {
    private static final ModelOptions OPTIONS = ModelOptions.create()
            .numCtx(1)
            .numBatch(2)
            .numGpu(3)
            .mainGpu(4)
            .useMmap(true)
            .numThread(5)
            .draftNumPredict(6)
            .numKeep(7)
            .numPredict(8)
            .temperature(0.1)
            .topK(9)
            .topP(0.2)
            .minP(0.3)
            .typicalP(0.4)
            .repeatLastN(10)
            .repeatPenalty(0.5)
            .presencePenalty(0.6)
            .frequencyPenalty(0.7)
            .seed(11)
            .stop("x");

    private static final ToolCall CALL = new ToolCall("id", 0, "f", JsonObject.EMPTY.with("a", 1));

    private static final Message MESSAGE = Message.assistant("x")
            .thinking("t")
            .image(new byte[] {1})
            .toolCalls(List.of(CALL))
            .toolName("f")
            .toolCallId("id");

    private static final Tool TOOL =
            Tool.function("f", "does f", JsonValue.parse("""
                            {"type":"object","required":["a"],"$defs":{},"items":{},"properties":{"a":{"type":"string",
                            "description":"d","enum":[1],"items":{},"anyOf":[],"properties":{},"required":[]}}}""")).with("items", Map.of());

    private static final Map<String, JsonObject> REQUESTS = Map.ofEntries(
            Map.entry(
                    "POST /api/generate",
                    GenerateRequest.of("m", "p").suffix("s").system("s").template("t").context(List.of(1)).stream(true)
                            .raw(false)
                            .format(Format.JSON)
                            .keepAlive(KeepAlive.FOREVER)
                            .image(new byte[] {1})
                            .options(OPTIONS)
                            .think(true)
                            .truncate(true)
                            .shift(true)
                            .logprobs(true)
                            .topLogprobs(1)
                            .debugRenderOnly(true)
                            .runner("r")
                            .width(1)
                            .height(1)
                            .steps(1)
                            .fields()),
            Map.entry(
                    "POST /api/chat",
                    ChatRequest.of("m", MESSAGE).tools(TOOL).stream(true)
                            .format(Format.JSON)
                            .keepAlive(KeepAlive.FOREVER)
                            .options(OPTIONS)
                            .think(Think.LOW)
                            .truncate(true)
                            .shift(true)
                            .logprobs(true)
                            .topLogprobs(1)
                            .debugRenderOnly(true)
                            .runner("r")
                            .fields()),
            Map.entry(
                    "POST /api/embed",
                    EmbedRequest.ofInputs(
                                    "m",
                                    EmbedInput.text("x")
                                            .andImage(new byte[] {1})
                                            .andAudio(new byte[] {1}))
                            .runner("r")
                            .truncate(true)
                            .dimensions(1)
                            .keepAlive(KeepAlive.FOREVER)
                            .options(OPTIONS)
                            .fields()),
            Map.entry(
                    "POST /api/embeddings",
                    EmbeddingsRequest.of("m", "x")
                            .runner("r")
                            .keepAlive(KeepAlive.FOREVER)
                            .options(OPTIONS)
                            .fields()),
            Map.entry(
                    "POST /api/show",
                    ShowRequest.of("m")
                            .runner("r")
                            .allManifests(true)
                            .verbose(true)
                            .system("s")
                            .options(OPTIONS)
                            .fields()),
            Map.entry(
                    "POST /api/create",
                    CreateRequest.of("m")
                            .from("f")
                            .file("f", "sha256:1")
                            .adapter("a", "sha256:3")
                            .draftFile("d", "sha256:2")
                            .draftQuantize("q")
                            .template("t")
                            .system("s")
                            .license("l")
                            .parameters(OPTIONS)
                            .messages(MESSAGE)
                            .quantize("q")
                            .renderer("r")
                            .parser("p")
                            .requires("1")
                            .capabilities("c")
                            .with("list", List.of("m"))
                            .remoteHost("h")
                            .info((JsonObject) JsonValue.parse("""
                                    {"capabilities":[],"model_family":"","base_name":"","quantization_level":"","parameter_size":"",
                                    "context_length":1,"embedding_length":1}"""))
                            .stream(true)
                            .fields()),
            Map.entry(
                    "POST /api/pull",
                    PullRequest.of("m").runner("r").insecure(true).stream(true).fields()),
            Map.entry(
                    "POST /api/push",
                    PushRequest.of("m").insecure(true).stream(true).fields()),
            Map.entry(
                    "POST /api/experimental/web_search",
                    WebSearchRequest.of("q").maxResults(1).fields()),
            Map.entry(
                    "POST /v1/systemone",
                    DecisionRequest.of("m", "s")
                            .ask("q", Question.choice("i", "a", "b"))
                            .image(new byte[] {1})
                            .keepAlive(KeepAlive.FOREVER)
                            .fields()),
            Map.entry(
                    "GET /api/usage",
                    UsageRequest.create().range("r").scope("s").fields()));

    /** What methods take as plain arguments; that they send them is for {@link #plainArgumentsAreSent}. */
    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "POST /api/copy", List.of("source", "destination"),
            "DELETE /api/delete", List.of("model"),
            "POST /api/experimental/web_fetch", List.of("url"),
            "HEAD /api/blobs/:digest", List.of(":digest"),
            "POST /api/blobs/:digest", List.of(":digest", "(body)"));

    static Stream<Field> requestFields() {
        return EndpointFields.all().stream().filter(Field::request);
    }

    @ParameterizedTest
    @MethodSource("requestFields")
    void theFieldCanBeSent(Field field) {
        if (ARGUMENTS.containsKey(field.endpoint())) {
            assertThat(ARGUMENTS.get(field.endpoint())).contains(field.path());
            return;
        }
        JsonObject document = REQUESTS.get(field.endpoint());
        assertThat(document).as(field.endpoint()).isNotNull();
        assertThat(field.isIn(document)).as("%s", field).isTrue();
    }

    @Test
    void plainArgumentsAreSent() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.otherwise(request -> request.method().equals("HEAD")
                    ? Answer.of(404)
                    : Answer.json(request.path().startsWith("/api/blobs") ? 201 : 200, "{}"));
            assertThat(CallResult.of(Flux.concat(
                                    client.copy("a", "b"),
                                    client.delete("c"),
                                    client.webFetch("http://d"),
                                    client.blobExists("sha256:e"),
                                    client.pushBlob("sha256:f", 2, Flux.just(ByteBuffer.wrap(new byte[] {'h', 'i'})))))
                            .error())
                    .isNull();
            assertThat(server.requests())
                    .extracting(r -> r.method() + " " + r.path() + " " + r.body())
                    .containsExactly(
                            "POST /api/copy {\"source\":\"a\",\"destination\":\"b\"}",
                            "DELETE /api/delete {\"model\":\"c\"}",
                            "POST /api/experimental/web_fetch {\"url\":\"http://d\"}",
                            "HEAD /api/blobs/sha256:e ",
                            "HEAD /api/blobs/sha256:f ",
                            "POST /api/blobs/sha256:f hi");
            assertThat(server.requests())
                    .filteredOn(r -> r.method().equals("DELETE"))
                    .allSatisfy(r -> assertThat(r.header("Content-Length")).hasValue("13"));
        }
    }

    @Test
    void loadingSendsAGenerationWithoutAPrompt() {
        assertThat(LoadRequest.of("m")
                        .options(OPTIONS)
                        .keepAlive(KeepAlive.FOREVER)
                        .fields()
                        .fields()
                        .keySet())
                .containsExactly("model", "options", "keep_alive");
    }
}
