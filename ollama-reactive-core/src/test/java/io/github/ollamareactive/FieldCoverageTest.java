// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every field of the wire reference is in a request or in an event; what isn't has a reason in the list. */
final class FieldCoverageTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A line of the list. */
    record Field(String endpoint, boolean request, String path) {}

    private static final List<Field> FIELDS = fields();

    private static List<Field> fields() {
        try (InputStream in = FieldCoverageTest.class.getResourceAsStream("/endpoint-fields.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .filter(line -> {
                        int reason = line.indexOf("# left out: ");
                        assertThat(reason < 0 ? "x" : line.substring(reason + 12))
                                .as(line)
                                .isNotBlank();
                        return reason < 0;
                    })
                    .map(line -> line.strip().split("\\s+"))
                    .map(words -> new Field(words[0] + " " + words[1], words[2].equals("request"), words[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- requests

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
                            .fields()),
            Map.entry(
                    "POST /api/embed",
                    EmbedRequest.of("m", "x")
                            .truncate(true)
                            .dimensions(1)
                            .keepAlive(KeepAlive.FOREVER)
                            .options(OPTIONS)
                            .fields()),
            Map.entry(
                    "POST /api/embeddings",
                    EmbeddingsRequest.of("m", "x")
                            .keepAlive(KeepAlive.FOREVER)
                            .options(OPTIONS)
                            .fields()),
            Map.entry(
                    "POST /api/show",
                    ShowRequest.of("m")
                            .verbose(true)
                            .system("s")
                            .options(OPTIONS)
                            .fields()),
            Map.entry(
                    "POST /api/create",
                    CreateRequest.of("m")
                            .from("f")
                            .file("f", "sha256:1")
                            .adapter("a", Path.of("x"))
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
                            .remoteHost("h")
                            .info((JsonObject) JsonValue.parse("""
                                    {"capabilities":[],"model_family":"","base_name":"","quantization_level":"","parameter_size":"",
                                    "context_length":1,"embedding_length":1}"""))
                            .stream(true)
                            .fields()),
            Map.entry(
                    "POST /api/pull",
                    PullRequest.of("m").insecure(true).stream(true).fields()),
            Map.entry(
                    "POST /api/push",
                    PushRequest.of("m").insecure(true).stream(true).fields()),
            Map.entry(
                    "POST /api/experimental/web_search",
                    WebSearchRequest.of("q").maxResults(1).fields()));

    /** What methods take as plain arguments; that they send them is for {@link #plainArgumentsAreSent}. */
    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "POST /api/copy", List.of("source", "destination"),
            "DELETE /api/delete", List.of("model"),
            "POST /api/experimental/web_fetch", List.of("url"),
            "HEAD /api/blobs/:digest", List.of(":digest"),
            "POST /api/blobs/:digest", List.of(":digest", "(body)"));

    static Stream<Field> requestFields() {
        return FIELDS.stream().filter(Field::request);
    }

    @ParameterizedTest
    @MethodSource("requestFields")
    void requestsCanSend(Field field) {
        if (ARGUMENTS.containsKey(field.endpoint())) {
            assertThat(ARGUMENTS.get(field.endpoint())).contains(field.path());
            return;
        }
        JsonObject document = REQUESTS.get(field.endpoint());
        assertThat(document).as(field.endpoint()).isNotNull();
        assertThat(has(document, Arrays.asList(field.path().split("\\."))))
                .as("%s", field)
                .isTrue();
    }

    /** Dots lead through objects and, by themselves, through lists; a star is any name. */
    private static boolean has(JsonValue value, List<String> path) {
        if (value instanceof JsonArray array) {
            return path.isEmpty() || array.items().stream().anyMatch(item -> has(item, path));
        } else if (path.isEmpty()) {
            return true;
        } else if (value instanceof JsonObject object) {
            List<String> rest = path.subList(1, path.size());
            JsonValue field = object.get(path.get(0));
            return path.get(0).equals("*")
                    ? object.fields().values().stream().anyMatch(item -> has(item, rest))
                    : field != null && has(field, rest);
        }
        return false;
    }

    @Test
    void plainArgumentsAreSent() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.otherwise(request -> request.method().equals("HEAD")
                    ? Answer.of(404)
                    : Answer.json(request.path().startsWith("/api/blobs") ? 201 : 200, "{}"));
            Flux.concat(
                            client.copy("a", "b"),
                            client.delete("c"),
                            client.webFetch("http://d"),
                            client.blobExists("sha256:e"),
                            client.pushBlob("sha256:f", 2, Flux.just(ByteBuffer.wrap(new byte[] {'h', 'i'}))))
                    .blockLast(LIMIT);
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

    // --- responses

    private static final String GENERATION = """
            "model":"v-model","created_at":"2026-01-01T00:00:01Z","done":%s,"done_reason":"v-reason",
            "total_duration":1001,"load_duration":1002,"prompt_eval_count":1003,"prompt_eval_duration":1004,
            "eval_count":1005,"eval_duration":1006,"remote_model":"v-remote","remote_host":"v-host",
            "_debug_info":{"rendered_template":"v-rendered","image_count":1007},
            "logprobs":[{"token":"v-token","logprob":-0.25,"bytes":[201],"top_logprobs":[{"token":"v-top","logprob":-0.75,"bytes":[202]}]}]""";
    private static final String CALLS =
            "[{\"id\":\"v-id\",\"function\":{\"index\":1008,\"name\":\"v-name\",\"arguments\":{\"v-argument\":1009}}}]";
    private static final String DETAILS = """
            {"parent_model":"v-parent","format":"v-format","family":"v-family","families":["v-families"],
            "parameter_size":"v-size","quantization_level":"v-level","context_length":1012,"embedding_length":1013}""";

    /** An answer that has every field, each with a value of its own, and the call that it answers. */
    record Sample(String json, Function<OllamaClient, Flux<?>> call) {}

    @SuppressWarnings("deprecation")
    private static Map<String, Sample> samples() {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put(
                "POST /api/generate",
                new Sample(
                        "{" + GENERATION.formatted(true) + ",\"response\":\"v-response\",\"thinking\":\"v-thinking\","
                                + "\"context\":[1010],\"tool_calls\":" + CALLS
                                + ",\"completed\":1011,\"total\":1014,\"image\":\"di1pbWFnZQ==\"}",
                        c -> c.generate(GenerateRequest.of("m", "p"))));
        samples.put(
                "POST /api/chat",
                new Sample(
                        "{" + GENERATION.formatted(true)
                                + ",\"message\":{\"role\":\"assistant\",\"content\":\"v-content\",\"thinking\":\"v-thinking\","
                                + "\"tool_calls\":" + CALLS + "}}",
                        c -> c.chat(ChatRequest.of("m"))));
        samples.put(
                "POST /api/embed",
                new Sample(
                        "{\"model\":\"v-model\",\"embeddings\":[[0.015625]],\"total_duration\":1001,\"load_duration\":1002,\"prompt_eval_count\":1003}",
                        c -> c.embed(EmbedRequest.of("m", "x"))));
        samples.put(
                "POST /api/embeddings",
                new Sample("{\"embedding\":[0.015625]}", c -> c.embeddings(EmbeddingsRequest.of("m", "x"))));
        samples.put(
                "GET /api/tags",
                new Sample(
                        "{\"models\":[{\"name\":\"v-name\",\"model\":\"v-model\",\"modified_at\":\"2026-01-01T00:00:01Z\",\"size\":1001,"
                                + "\"digest\":\"v-digest\",\"capabilities\":[\"v-capability\"],\"remote_model\":\"v-remote\",\"remote_host\":\"v-host\",\"details\":"
                                + DETAILS + "}]}",
                        OllamaClient::models));
        samples.put(
                "GET /api/ps",
                new Sample(
                        "{\"models\":[{\"name\":\"v-name\",\"model\":\"v-model\",\"expires_at\":\"2026-01-01T00:00:01Z\",\"size\":1001,"
                                + "\"size_vram\":1002,\"context_length\":1003,\"digest\":\"v-digest\",\"details\":"
                                + DETAILS + "}]}",
                        OllamaClient::running));
        samples.put("POST /api/show", new Sample("""
                        {"license":"v-license","modelfile":"v-modelfile","parameters":"v-parameters","template":"v-template","system":"v-system",
                        "renderer":"v-renderer","parser":"v-parser","details":%s,"messages":[{"role":"v-role","content":"v-content"}],
                        "remote_model":"v-remote","remote_host":"v-host","model_info":{"v-key":1001},"projector_info":{"v-projector":1002},
                        "tensors":[{"name":"v-tensor","type":"v-type","shape":[1003]}],"capabilities":["v-capability"],
                        "modified_at":"2026-01-01T00:00:01Z","requires":"v-requires"}""".formatted(DETAILS), c -> c.show(ShowRequest.of("m"))));
        String progress = "{\"status\":\"v-status\",\"digest\":\"v-digest\",\"total\":1001,\"completed\":1002}";
        samples.put("POST /api/create", new Sample(progress, c -> c.create(CreateRequest.of("m"))));
        samples.put(
                "POST /api/pull",
                new Sample(progress + "\n{\"status\":\"success\"}", c -> c.pull(PullRequest.of("m"))));
        samples.put(
                "POST /api/push",
                new Sample(progress + "\n{\"status\":\"success\"}", c -> c.push(PushRequest.of("m"))));
        samples.put("GET /api/version", new Sample("{\"version\":\"v-version\"}", OllamaClient::version));
        samples.put(
                "GET /api/status",
                new Sample("{\"cloud\":{\"disabled\":true,\"source\":\"v-source\"}}", OllamaClient::status));
        samples.put("POST /api/me", new Sample("""
                        {"id":"v-id","email":"v-email","name":"v-name","bio":"v-bio","avatarurl":"v-avatar","firstname":"v-first",
                        "lastname":"v-last","plan":"v-plan"}""", OllamaClient::me));
        samples.put(
                "POST /api/experimental/web_search",
                new Sample(
                        "{\"results\":[{\"title\":\"v-title\",\"url\":\"v-url\",\"content\":\"v-content\"}]}",
                        c -> c.webSearch(WebSearchRequest.of("q"))));
        samples.put(
                "POST /api/experimental/web_fetch",
                new Sample(
                        "{\"title\":\"v-title\",\"content\":\"v-content\",\"links\":[\"v-link\"]}",
                        c -> c.webFetch("http://x")));
        samples.put("GET /api/experimental/model-recommendations", new Sample("""
                        {"recommendations":[{"model":"v-model","description":"v-description","context_length":1001,
                        "max_output_tokens":1002,"vram_bytes":1003,"required_plan":"v-plan"}]}""", OllamaClient::recommendations));
        return samples;
    }

    static Stream<String> endpointsThatAnswer() {
        return FIELDS.stream().filter(f -> !f.request()).map(Field::endpoint).distinct();
    }

    @ParameterizedTest
    @MethodSource("endpointsThatAnswer")
    void eventsShow(String endpoint) {
        Sample sample = samples().get(endpoint);
        assertThat(sample).as(endpoint).isNotNull();
        JsonObject first = (JsonObject) JsonValue.parse(sample.json()
                .lines()
                .filter(line -> !line.equals("{\"status\":\"success\"}"))
                .collect(Collectors.joining("\n")));
        FIELDS.stream()
                .filter(f -> !f.request()
                        && f.endpoint().equals(endpoint)
                        && !f.path().equals("signin_url"))
                .forEach(f -> assertThat(has(first, Arrays.asList(f.path().split("\\."))))
                        .as("the sample has %s", f)
                        .isTrue());

        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            String[] words = endpoint.split(" ");
            String body = sample.json().replace(",\n", ",").replace(" \n", " ");
            server.answer(
                    words[0],
                    words[1],
                    Answer.of(200).contentType("application/json").body(body));
            String shown = sample.call()
                    .apply(client)
                    .map(FieldCoverageTest::text)
                    .collectList()
                    .block(LIMIT)
                    .toString();
            TreeSet<String> missing = new TreeSet<>();
            leaves(first, missing);
            missing.removeIf(leaf -> shown.contains(leaf)
                    || leaf.matches("\\d+")
                            && shown.contains(
                                    Duration.ofNanos(Long.parseLong(leaf)).toString())
                    || leaf.startsWith("2026")
                            && shown.contains(OffsetDateTime.parse(leaf).toString()));
            // That it is done is what the last event says by being there; a picture is shown decoded; the role is left
            // out.
            missing.removeAll(List.of("true", "di1pbWFnZQ==", "assistant"));
            assertThat(missing).as("not in %s", shown).isEmpty();
        }
    }

    private static void leaves(JsonValue value, TreeSet<String> leaves) {
        if (value instanceof JsonObject object) {
            object.fields().values().forEach(v -> leaves(v, leaves));
        } else if (value instanceof JsonArray array) {
            array.items().forEach(v -> leaves(v, leaves));
        } else {
            leaves.add(
                    value instanceof JsonNumber n
                            ? n.literal()
                            : value.toString().replace("\"", ""));
        }
    }

    private static String text(Object event) {
        if (event instanceof Vector vector) {
            return Arrays.toString(vector.toArray());
        } else if (event instanceof Image image) {
            byte[] bytes = new byte[image.bytes().remaining()];
            image.bytes().get(bytes);
            assertThat(Base64.getEncoder().encodeToString(bytes)).isEqualTo("di1pbWFnZQ==");
            return "image";
        }
        return event.toString();
    }

    @Test
    void theSigninUrlIsInTheError() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/me", Answer.json(401, "{\"error\":\"unauthorized\",\"signin_url\":\"v-url\"}"));
            Throwable error = client.me().then().materialize().block(LIMIT).getThrowable();
            assertThat(((OllamaException.Status) error).signinUrl()).isEqualTo("v-url");
        }
    }

    @Test
    void loadSendsAGeneration() {
        assertThat(LoadRequest.of("m")
                        .options(OPTIONS)
                        .keepAlive(KeepAlive.FOREVER)
                        .fields()
                        .fields()
                        .keySet())
                .containsExactly("model", "options", "keep_alive");
    }
}
