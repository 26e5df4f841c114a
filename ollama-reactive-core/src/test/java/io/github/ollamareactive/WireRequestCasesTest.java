// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.WireCase.once;
import static io.github.ollamareactive.WireLines.answer;
import static io.github.ollamareactive.WireLines.c;
import static io.github.ollamareactive.WireLines.called;
import static io.github.ollamareactive.WireLines.d;
import static io.github.ollamareactive.WireLines.done;
import static io.github.ollamareactive.WireLines.error;
import static io.github.ollamareactive.WireLines.gd;
import static io.github.ollamareactive.WireLines.json;
import static io.github.ollamareactive.WireLines.lines;
import static io.github.ollamareactive.WireLines.message;
import static io.github.ollamareactive.WireLines.p;
import static io.github.ollamareactive.WireLines.success;
import static io.github.ollamareactive.WireLines.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.JsonSchema;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebEvent;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** The W rows: what goes onto the wire, exactly, and what comes of a single answer. */
final class WireRequestCasesTest {
    private static final byte[] ABC = "ABC".getBytes(StandardCharsets.US_ASCII);
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("q"));
    private static final GenerateRequest GENERATE = GenerateRequest.of("m", "p");
    private static final String CHAT_JSON = "'model':'m','messages':[{'role':'user','content':'q'}]";
    private static final String GENERATE_JSON = "'model':'m','prompt':'p'";
    private static final String DIGEST = "sha256:b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78";
    private static final String EMPTY_DIGEST =
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SYSTEM = "\nYou are Mario.\nAnswer as \"Mario\",\tthe assistant, only.\n";

    /** As a user writes it, keys in no particular order. */
    private static final String SCHEMA =
            json("{'title':'Person','type':'object','properties':{'name':{'title':'Name','type':'string'},"
                    + "'age':{'title':'Age','type':['integer','null'],'exclusiveMinimum':0.50}},'required':['name','age'],"
                    + "'additionalProperties':false}");

    private static final String PARAMETERS = json(
            "{'type':'object','$defs':{'unit':{'enum':['c','f',1,null,{'k':[true]}]}},'required':['city'],"
                    + "'properties':{'city':{'type':['string','null'],'description':'a \\u00fc'},'unit':{'$ref':'#/$defs/unit'},"
                    + "'days':{'type':'array','items':{'anyOf':[{'type':'integer'},{'type':'object','properties':{'z':{},'a':{}}}]}}}}");

    private static final String LOGPROBS = "'logprobs':[{'token':'a','logprob':-0.25,'top_logprobs':["
            + "{'token':'a','logprob':-0.25},{'token':'b','logprob':-1.5}]},"
            + "{'token':'c','logprob':-0.5,'top_logprobs':[{'token':'c','logprob':-0.5},{'token':'d','logprob':-2}]}]";
    private static final List<Logprob> LOGPROB_VALUES = List.of(
            logprob("a", -0.25, logprob("a", -0.25), logprob("b", -1.5)),
            logprob("c", -0.5, logprob("c", -0.5), logprob("d", -2)));

    private record NoArguments() {}

    private record Weather(
            String city, java.util.Optional<Integer> days, List<String> units, Map<String, Integer> more) {}

    static final List<WireCase> ROWS = List.of(
            row(
                    "W01",
                    "an answer without done is delivered, then incomplete",
                    client -> client.chat(CHAT.stream(false)),
                    "POST /api/chat",
                    "{" + CHAT_JSON + ",'stream':false,'(tools)':[]}",
                    document("{'model':'m'," + message("a") + "}"),
                    outcome -> outcome.incomplete("a", 0, token("a"))),
            row(
                    "W02",
                    "log probabilities of a chat, without bytes",
                    client -> client.chat(CHAT.stream(false).logprobs(true).topLogprobs(3)),
                    "POST /api/chat",
                    "{" + CHAT_JSON + ",'stream':false,'logprobs':true,'top_logprobs':3}",
                    document("{'model':'m'," + message("ac") + "," + LOGPROBS + "}"),
                    outcome -> outcome.incomplete("ac", 0, new Token("ac", LOGPROB_VALUES))),
            once(
                    "W03",
                    "pictures of a message, from bytes, from a file, from base64",
                    cuts -> inFolder(folder -> {
                        Path file = Files.write(folder.resolve("a.png"), ABC);
                        for (Message message : List.of(
                                Message.user("q").image(ABC),
                                Message.user("q").image(file),
                                Message.user("q").imageBase64("QUJD"))) {
                            sends(
                                    client -> client.chat(ChatRequest.of("m", message)),
                                    "POST /api/chat",
                                    "{'model':'m','messages':[{'role':'user','content':'q','images':['QUJD']}]}");
                        }
                        byte[] large = new byte[10_000];
                        sends(
                                client -> client.chat(
                                        ChatRequest.of("m", Message.user("q").image(large))),
                                "POST /api/chat",
                                "{'model':'m','messages':[{'role':'user','content':'q','images':['"
                                        + java.util.Base64.getEncoder().encodeToString(large) + "']}]}");
                    })),
            row(
                    "W04",
                    "the format json, and content left as it is",
                    client -> client.chat(CHAT.format(Format.JSON)),
                    "POST /api/chat",
                    "{" + CHAT_JSON + ",'format':'json'}",
                    answer(lines(d("{\"a\": 1 }\n"))),
                    gives(token("{\"a\": 1 }\n"), done(null))),
            row(
                    "W05",
                    "a schema as format, as the user wrote it",
                    client -> client.chat(CHAT.format(JsonSchema.parse(SCHEMA))),
                    "POST /api/chat",
                    "{" + CHAT_JSON + ",'format':" + SCHEMA + "}",
                    answer(lines(d("{}"))),
                    gives(token("{}"), done(null))),
            row(
                    "W06",
                    "generate with nothing else, an answer with nothing else",
                    client -> client.generate(GENERATE.stream(false)),
                    "POST /api/generate",
                    "{" + GENERATE_JSON + ",'stream':false}",
                    document("{'model':'m','response':'a'}"),
                    outcome -> outcome.incomplete("a", 0, token("a"))),
            row(
                    "W07",
                    "log probabilities of generate",
                    client -> client.generate(
                            GENERATE.stream(false).logprobs(true).topLogprobs(2)),
                    "POST /api/generate",
                    "{" + GENERATE_JSON + ",'stream':false,'logprobs':true,'top_logprobs':2}",
                    document("{'model':'m','response':'ac'," + LOGPROBS + "}"),
                    outcome -> outcome.incomplete("ac", 0, new Token("ac", LOGPROB_VALUES))),
            once(
                    "W08",
                    "pictures of generate, from bytes, from a file, from base64",
                    cuts -> inFolder(folder -> {
                        Path file = Files.write(folder.resolve("a.png"), ABC);
                        sends(
                                client -> client.generate(
                                        GENERATE.image(ABC).image(file).imageBase64("QUJD")),
                                "POST /api/generate",
                                "{" + GENERATE_JSON + ",'images':['QUJD','QUJD','QUJD']}");
                    })),
            once(
                    "W09",
                    "a picture that can't be sent, before anything is",
                    cuts -> inFolder(folder -> {
                        try (OllamaTestServer server = OllamaTestServer.start();
                                OllamaClient client = OllamaClient.create(server.baseUrl())) {
                            Path none = folder.resolve("none.png");
                            assertThatThrownBy(() -> client.generate(GENERATE.image(none)))
                                    .isInstanceOf(java.io.UncheckedIOException.class)
                                    .hasMessageContaining("none.png");
                            assertThatThrownBy(() -> client.chat(ChatRequest.of(
                                            "m", Message.user("q").image(none))))
                                    .isInstanceOf(java.io.UncheckedIOException.class);
                            for (String bad : List.of("data:image/png;base64,QUJD", "QU\nJD", "invalid!", "QUJ")) {
                                assertThatThrownBy(() -> client.generate(GENERATE.imageBase64(bad)))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining("images");
                            }
                            assertThat(server.connectionsAccepted()).isZero();
                        }
                    })),
            row(
                    "W10",
                    "formats of generate",
                    List.of(
                            part(
                                    client -> client.generate(GENERATE.format(Format.JSON)),
                                    "POST /api/generate",
                                    "{" + GENERATE_JSON + ",'format':'json'}",
                                    answer(lines(gd("{\"a\": 1}"))),
                                    gives(token("{\"a\": 1}"), done(null))),
                            part(
                                    client -> client.generate(GENERATE.format(JsonValue.parse(SCHEMA))),
                                    "POST /api/generate",
                                    "{" + GENERATE_JSON + ",'format':" + SCHEMA + "}",
                                    answer(lines(gd("{}"))),
                                    gives(token("{}"), done(null))))),
            row(
                    "W11",
                    "an image",
                    client -> client.generate(GENERATE.width(64).height(32).steps(4).stream(false)),
                    "POST /api/generate",
                    "{" + GENERATE_JSON + ",'width':64,'height':32,'steps':4,'stream':false}",
                    document("{'model':'m','image':'QUJD','done':true,'done_reason':'stop'}"),
                    outcome -> {
                        assertThat(outcome.error()).isNull();
                        assertThat(outcome.events()).hasSize(2);
                        assertThat(((Image) outcome.events().get(0)).bytes()).isEqualTo(ByteBuffer.wrap(ABC));
                        assertThat(outcome.events().get(1)).hasFieldOrPropertyWithValue("reason", "stop");
                    }),
            row(
                    "W12",
                    "a pull in one answer",
                    client -> client.pull(PullRequest.of("m").stream(false)),
                    "POST /api/pull",
                    "{'model':'m','stream':false,'(insecure)':false}",
                    document(p("success")),
                    gives(success())),
            row(
                    "W13",
                    "a push in one answer",
                    client -> client.push(PushRequest.of("m").stream(false)),
                    "POST /api/push",
                    "{'model':'m','stream':false,'(insecure)':false}",
                    document(p("success")),
                    gives(success())),
            row(
                    "W14",
                    "creation from a blob",
                    client -> client.create(CreateRequest.of("m").file("model.gguf", DIGEST).stream(false)),
                    "POST /api/create",
                    "{'model':'m','files':{'model.gguf':'" + DIGEST + "'},'stream':false}",
                    document(p("success")),
                    gives(success())),
            row(
                    "W15",
                    "creation with all",
                    client -> client.create(CreateRequest.of("m")
                            .quantize("q4_k_m")
                            .from("n")
                            .adapter("adapter.gguf", DIGEST)
                            .template("{{ .Prompt }}")
                            .license("MIT")
                            .system(SYSTEM)
                            .parameters(ModelOptions.create()
                                    .stop("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>")
                                    .with("pi", 3.14159))
                            .messages(Message.user("Hello!"), Message.assistant("Hi!"))
                            .stream(false)),
                    "POST /api/create",
                    "{'model':'m','quantize':'q4_k_m','from':'n','adapters':{'adapter.gguf':'" + DIGEST
                            + "'},'template':'{{ .Prompt }}','license':'MIT',"
                            + "'system':'\\nYou are Mario.\\nAnswer as \\'Mario\\',\\tthe assistant, only.\\n',"
                            + "'parameters':{'stop':['[INST]','[/INST]','<<SYS>>','<</SYS>>'],'pi':3.14159},"
                            + "'messages':[{'role':'user','content':'Hello!'},{'role':'assistant','content':'Hi!'}],"
                            + "'stream':false}",
                    document(p("success")),
                    gives(success())),
            row(
                    "W16",
                    "creation from a model alone",
                    client -> client.create(CreateRequest.of("m").from("n").stream(false)),
                    "POST /api/create",
                    "{'model':'m','from':'n','stream':false}",
                    document(p("success")),
                    gives(success())),
            once("W17", "one licence, or several", cuts -> {
                sends(
                        client -> client.create(CreateRequest.of("m").license("MIT")),
                        "POST /api/create",
                        "{'model':'m','license':'MIT'}");
                sends(
                        client -> client.create(CreateRequest.of("m").license("MIT", "Apache")),
                        "POST /api/create",
                        "{'model':'m','license':['MIT','Apache']}");
            }),
            once(
                    "W18",
                    "messages of a creation",
                    cuts -> sends(
                            client -> client.create(CreateRequest.of("m")
                                    .messages(Message.system("s"), Message.user("q"), Message.assistant("a"))),
                            "POST /api/create",
                            "{'model':'m','messages':[{'role':'system','content':'s'},{'role':'user','content':'q'},{'role':'assistant','content':'a'}]}")),
            once(
                    "W19",
                    "an upload: a file, an empty file, bytes of a known digest",
                    cuts -> inFolder(folder -> {
                        Path file = Files.write(folder.resolve("abc"), ABC);
                        Path empty = Files.createFile(folder.resolve("empty"));
                        assertThat(uploaded(201, client -> client.pushBlob(file), DIGEST, ABC))
                                .containsExactly(new BlobEvent.Uploading(DIGEST, 3, 3), new BlobEvent.Stored(DIGEST));
                        assertThat(uploaded(201, client -> client.pushBlob(empty), EMPTY_DIGEST, new byte[0]))
                                .containsExactly(new BlobEvent.Stored(EMPTY_DIGEST));
                        Flux<ByteBuffer> pieces = Flux.just(ByteBuffer.wrap(ABC, 0, 1), ByteBuffer.wrap(ABC, 1, 2));
                        assertThat(uploaded(201, client -> client.pushBlob(DIGEST, 3, pieces), DIGEST, ABC))
                                .endsWith(new BlobEvent.Stored(DIGEST));
                    })),
            once(
                    "W20",
                    "an upload of what came meanwhile",
                    cuts -> inFolder(folder -> {
                        Path file = Files.write(folder.resolve("abc"), ABC);
                        List<Object> events = uploaded(200, client -> client.pushBlob(file), DIGEST, ABC);
                        assertThat(events).endsWith(new BlobEvent.AlreadyThere(DIGEST));
                    })),
            once("W21", "whether a blob is there", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start()) {
                    server.answer("HEAD", "/api/blobs/" + DIGEST, Answer.of(200), Answer.of(404));
                    Outcome.of(server, client -> client.blobExists(DIGEST)).gives(new BlobEvent.Found(DIGEST));
                    Outcome.of(server, client -> client.blobExists(DIGEST)).gives(new BlobEvent.Missing(DIGEST));
                    assertThat(server.requests())
                            .extracting(ReceivedRequest::method)
                            .containsExactly("HEAD", "HEAD");
                }
            }),
            WireCase.row("W22", "an upload under a wrong digest", cuts -> {
                try (OllamaTestServer server = OllamaTestServer.start()) {
                    String words = "digest mismatch, expected \"" + DIGEST + "\"";
                    server.answer("HEAD", "/api/blobs/" + DIGEST, Answer.of(404));
                    server.answer(
                            "POST",
                            "/api/blobs/" + DIGEST,
                            Answer.json(400, error(words)).chunking(cuts));
                    Outcome outcome = Outcome.of(
                            server,
                            client -> client.pushBlob(DIGEST, 2, Flux.just(ByteBuffer.wrap(ABC, 0, 2)))
                                    .ignoreElements()
                                    .flux());
                    outcome.refused(400, Kind.BAD_REQUEST, words);
                }
                for (int length : new int[] {2, 4}) {
                    try (OllamaTestServer server = OllamaTestServer.start()) {
                        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
                        Outcome outcome = Outcome.of(
                                server,
                                client -> client.pushBlob(DIGEST, length, Flux.just(ByteBuffer.wrap(ABC)))
                                        .ignoreElements()
                                        .flux());
                        assertThat(outcome.fails(OllamaException.LocalFile.class))
                                .hasMessageContaining("than " + length);
                        assertThat(server.requests())
                                .extracting(ReceivedRequest::method)
                                .containsExactly("HEAD");
                    }
                }
            }),
            row(
                    "W23",
                    "a deletion, with a body",
                    client -> client.delete("m"),
                    "DELETE /api/delete",
                    "{'model':'m'}",
                    Answer.of(200),
                    gives(new ModelEvent.Deleted("m"))),
            row(
                    "W24",
                    "a copy",
                    client -> client.copy("m", "n"),
                    "POST /api/copy",
                    "{'source':'m','destination':'n'}",
                    Answer.of(200),
                    gives(new ModelEvent.Copied("m", "n"))),
            row(
                    "W25",
                    "a deletion of what isn't there",
                    client -> client.delete("m"),
                    "DELETE /api/delete",
                    "{'model':'m'}",
                    Answer.json(404, error("model 'm' not found")),
                    outcome -> outcome.refused(404, Kind.MODEL_NOT_FOUND, "model 'm' not found")),
            once("W26", "headers of every call, those of the user, and those that stay ours", cuts -> {
                ReceivedRequest plain = request(config -> config, client -> client.chat(CHAT));
                assertThat(plain.header("Accept").orElseThrow())
                        .contains("application/x-ndjson")
                        .contains("application/json");
                assertThat(plain.header("Content-Type")).hasValue("application/json");
                assertThat(plain.header("User-Agent").orElseThrow()).startsWith("ollama-reactive/");
                UnaryOperator<OllamaClientConfig> mine = config -> config.header("X-Mine", "1")
                        .header("User-Agent", "mine/2")
                        .header("Content-Type", "text/plain")
                        .header("Content-Length", "1")
                        .header("Transfer-Encoding", "chunked");
                ReceivedRequest custom = request(mine, client -> client.chat(CHAT));
                assertThat(custom.header("X-Mine")).hasValue("1");
                assertThat(custom.header("User-Agent")).hasValue("mine/2");
                assertThat(custom.header("Content-Type")).hasValue("application/json");
                assertThat(custom.header("Content-Length")).hasValue(String.valueOf(custom.bodyBytes().length));
                assertThat(custom.header("Transfer-Encoding")).isEmpty();
                assertThat(custom.body()).isEqualTo(json("{" + CHAT_JSON + "}"));
                // A call without a body says nothing of one.
                ReceivedRequest bodyless = request(mine, OllamaClient::version);
                assertThat(bodyless.header("X-Mine")).hasValue("1");
                assertThat(bodyless.header("Accept")).hasValue("application/json");
                assertThat(bodyless.header("Content-Type")).isEmpty();
                assertThat(bodyless.header("Content-Length").orElse("0")).isEqualTo("0");
                assertThat(bodyless.header("Transfer-Encoding")).isEmpty();
            }),
            once("W27", "a header of the call in place of the client's", cuts -> {
                ReceivedRequest request = request(
                        config -> config.header("X-A", "client").header("X-B", "client"),
                        client -> client.with(config -> config.header("x-a", "call"))
                                .chat(CHAT));
                assertThat(values(request, "X-A")).containsExactly("call");
                assertThat(values(request, "X-B")).containsExactly("client");
            }),
            once("W28", "the environment's key to the cloud alone, an explicit one to any host", cuts -> {
                Map<String, String> environment = Map.of("OLLAMA_API_KEY", "env", "OLLAMA_HOST", "example.com");
                Function<OllamaClientConfig, ReceivedRequest> asked =
                        config -> request(base -> config.baseUrl(base.baseUrl()), OllamaClient::version);
                OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment);
                assertThat(asked.apply(config).header("Authorization")).isEmpty();
                assertThat(asked.apply(config.apiKey("mine")).header("Authorization"))
                        .hasValue("Bearer mine");
                assertThat(cloud(environment, c -> c, client -> client.webFetch("https://a"), "{}")
                                .getHeaders()
                                .values("Authorization"))
                        .containsExactly("Bearer env");
                assertThat(cloud(environment, c -> c.apiKey("mine"), client -> client.webFetch("https://a"), "{}")
                                .getHeaders()
                                .values("Authorization"))
                        .containsExactly("Bearer mine");
            }),
            once("W29", "the cloud without a key", cuts -> {
                List<Object> connected = new ArrayList<>();
                OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                        .baseUrl("https://ollama.com")
                        .httpClient(http -> http.doOnChannelInit((o, channel, address) -> connected.add(address)));
                try (OllamaClient client = OllamaClient.create(config)) {
                    assertThatThrownBy(() -> client.webSearch(WebSearchRequest.of("x")))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("OLLAMA_API_KEY");
                    assertThatThrownBy(() -> client.webFetch("https://a")).isInstanceOf(IllegalStateException.class);
                }
                assertThat(connected).isEmpty();
            }),
            once("W30", "a search in the cloud", cuts -> {
                List<Object> events = new ArrayList<>();
                RecordedRequest request = cloud(
                        Map.of("OLLAMA_API_KEY", "k"),
                        config -> config,
                        client -> client.webSearch(WebSearchRequest.of("x").maxResults(2))
                                .doOnNext(events::add),
                        "{'results':[{'title':'T','url':'https://a','content':'C'},{'title':'U','url':'https://b','content':'D'}]}");
                assertThat(request.getRequestLine()).isEqualTo("POST /api/web_search HTTP/1.1");
                SameJson.check(request.getBody().utf8(), "{'query':'x','max_results':2}");
                assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer k");
                assertThat(events)
                        .containsExactly(
                                new WebEvent.Result("T", "https://a", "C"), new WebEvent.Result("U", "https://b", "D"));
            }),
            once("W31", "a page by the cloud, with and without links", cuts -> {
                for (boolean links : new boolean[] {true, false}) {
                    List<Object> events = new ArrayList<>();
                    RecordedRequest request = cloud(
                            Map.of("OLLAMA_API_KEY", "k"),
                            config -> config,
                            client -> client.webFetch("https://a").doOnNext(events::add),
                            "{'title':'T','content':'C'" + (links ? ",'links':['https://b']" : "") + "}");
                    assertThat(request.getRequestLine()).isEqualTo("POST /api/web_fetch HTTP/1.1");
                    SameJson.check(request.getBody().utf8(), "{'url':'https://a'}");
                    assertThat(events)
                            .containsExactly(new WebEvent.Page("T", "C", links ? List.of("https://b") : null));
                }
            }),
            row(
                    "W32",
                    "both by a server",
                    List.of(
                            part(
                                    client -> client.webSearch(
                                            WebSearchRequest.of("x").maxResults(3)),
                                    "POST /api/experimental/web_search",
                                    "{'query':'x','max_results':3}",
                                    document("{'results':[{'title':'T','url':'https://a','content':'C'}]}"),
                                    gives(new WebEvent.Result("T", "https://a", "C"))),
                            part(
                                    client -> client.webFetch("https://a"),
                                    "POST /api/experimental/web_fetch",
                                    "{'url':'https://a'}",
                                    document("{'title':'T','content':'C','links':[]}"),
                                    gives(new WebEvent.Page("T", "C", List.of()))))),
            once("W33", "the encodings of think", cuts -> {
                sendsChat(CHAT, "");
                sendsChat(CHAT.think(true), ",'think':true");
                sendsChat(CHAT.think(false), ",'think':false");
                sendsChat(CHAT.think(Think.LOW), ",'think':'low'");
                sendsChat(CHAT.think(Think.MEDIUM), ",'think':'medium'");
                sendsChat(CHAT.think(Think.HIGH), ",'think':'high'");
                sendsChat(CHAT.think(Think.of("max")), ",'think':'max'");
                assertThatThrownBy(() -> Think.of("hard"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("think");
            }),
            row(
                    "W34",
                    "options, as numbers, and no key that isn't set",
                    client -> client.chat(CHAT.options(ModelOptions.create()
                            .topP(100)
                            .topK(50)
                            .temperature(0.5)
                            .frequencyPenalty(0.1)
                            .presencePenalty(0.2)
                            .stop("stop me"))),
                    "POST /api/chat",
                    "{" + CHAT_JSON
                            + ",'options':{'top_p':100,'top_k':50,'temperature':0.5,'frequency_penalty':0.1,'presence_penalty':0.2,'stop':['stop me']}}",
                    answer(d("a")),
                    gives(token("a"), done(null))),
            once("W35", "the encodings of keep_alive", cuts -> {
                sendsChat(CHAT.keepAlive(KeepAlive.FOREVER), ",'keep_alive':-1");
                sendsChat(CHAT.keepAlive(KeepAlive.UNLOAD), ",'keep_alive':0");
                sendsChat(CHAT.keepAlive(Duration.ZERO), ",'keep_alive':0");
                sendsChat(CHAT.keepAlive(Duration.ofSeconds(10)), ",'keep_alive':'10s'");
                sendsChat(CHAT.keepAlive(Duration.ofMinutes(5)), ",'keep_alive':'5m'");
                sendsChat(CHAT.keepAlive(Duration.ofHours(2)), ",'keep_alive':'2h'");
                sendsChat(CHAT.keepAlive(Duration.ofMillis(-1)), ",'keep_alive':-1");
                sendsChat(CHAT.keepAlive(Duration.ofDays(-1_000_000)), ",'keep_alive':-1");
                sendsChat(CHAT.keepAlive(KeepAlive.seconds(42)), ",'keep_alive':42");
                sendsChat(CHAT.keepAlive(KeepAlive.seconds(42.5)), ",'keep_alive':42.5");
                sendsChat(CHAT.keepAlive(KeepAlive.seconds(-7)), ",'keep_alive':-1");
            }),
            once(
                    "W36",
                    "options and fields that we don't know",
                    cuts -> sendsChat(
                            CHAT.options(ModelOptions.create()
                                            .with("mirostat", 2)
                                            .with("my", List.of(1, "x")))
                                    .with("newer", Map.of("a", 1)),
                            ",'options':{'mirostat':2,'my':[1,'x']},'newer':{'a':1}")),
            once(
                    "W37",
                    "a role that we don't know",
                    cuts -> sends(
                            client -> client.chat(ChatRequest.of("m", Message.of("somerandomrole", "q"))),
                            "POST /api/chat",
                            "{'model':'m','messages':[{'role':'somerandomrole','content':'q'}]}")),
            once(
                    "W39",
                    "the context of generate",
                    cuts -> sends(
                            client -> client.generate(GENERATE.context(List.of(1, 2, 3))),
                            "POST /api/generate",
                            "{" + GENERATE_JSON + ",'context':[1,2,3]}")),
            once("W40", "verbose of show", cuts -> {
                sends(
                        client -> client.show(ShowRequest.of("m").verbose(true)),
                        "POST /api/show",
                        "{'model':'m','verbose':true}");
                sends(client -> client.show(ShowRequest.of("m")), "POST /api/show", "{'model':'m'}");
            }),
            row(
                    "W41",
                    "all that show may tell",
                    List.of(
                            part(
                                    client -> client.show(ShowRequest.of("m")),
                                    "POST /api/show",
                                    "{'model':'m'}",
                                    document(
                                            "{'parameters':'stop \\'<a>\\'\\nstop \\'<b>\\'','details':{'families':null},"
                                                    + "'model_info':{'general.parameter_count':80263006720000,'a.eps':1e-6,'a.small':0.000001,"
                                                    + "'a.on':false,'z':[],'b':null,'a.text':'x'},'modified_at':'2024-12-02T17:58:38.1234567+08:00'}"),
                                    outcome -> {
                                        ModelEvent.Shown shown = shown(outcome);
                                        assertThat(shown.license()).isNull();
                                        assertThat(shown.details().families()).isNull();
                                        assertThat(shown.parameters()).isEqualTo("stop \"<a>\"\nstop \"<b>\"");
                                        assertThat(shown.modelInfo())
                                                .hasToString(
                                                        json(
                                                                "{'general.parameter_count':80263006720000,'a.eps':1e-6,'a.small':0.000001,'a.on':false,'z':[],'b':null,'a.text':'x'}"));
                                        assertThat(shown.modelInfo()
                                                        .get("general.parameter_count")
                                                        .asLong())
                                                .isEqualTo(80_263_006_720_000L);
                                        assertThat(shown.modelInfo()
                                                        .get("a.eps")
                                                        .asDouble())
                                                .isEqualTo(1e-6);
                                        assertThat(shown.modifiedAt())
                                                .isEqualTo(OffsetDateTime.parse("2024-12-02T17:58:38.1234567+08:00"));
                                    }),
                            part(
                                    client -> client.show(ShowRequest.of("m")),
                                    "POST /api/show",
                                    "{'model':'m'}",
                                    document("{}"),
                                    outcome -> assertThat(shown(outcome).modifiedAt())
                                            .isNull()))),
            row(
                    "W43",
                    "no models, in either way to say so",
                    List.of(
                            part(OllamaClient::models, "GET /api/tags", null, document("{'models':[]}"), gives()),
                            part(OllamaClient::models, "GET /api/tags", null, document("{'models':null}"), gives()))),
            row(
                    "W45",
                    "a vector, pretty-printed",
                    client -> client.embed(EmbedRequest.of("m", "t")),
                    "POST /api/embed",
                    "{'model':'m','input':['t']}",
                    document("""
                            {
                              'model': 'm',
                              'embeddings': [
                                [
                                  0.010071029,
                                  -0.0017594862,
                                  1e-7 ,
                                  3,
                                  -4.5E+2
                                ]
                              ]
                            }
                            """),
                    gives(
                            Vector.of(0, 0.010071029f, -0.0017594862f, 1e-7f, 3, -450),
                            new EmbeddingEvent.Done("m", null, null, null))),
            row(
                    "W46",
                    "no texts, no vectors",
                    client -> client.embed(EmbedRequest.of("m")),
                    "POST /api/embed",
                    "{'model':'m','input':[]}",
                    document("{'model':'m','embeddings':[]}"),
                    gives(new EmbeddingEvent.Done("m", null, null, null))),
            row(
                    "W47",
                    "a vector the old way, or none",
                    List.of(
                            part(
                                    client -> client.embeddings(EmbeddingsRequest.of("m", "t")),
                                    "POST /api/embeddings",
                                    "{'model':'m','prompt':'t'}",
                                    // The server's 32-bit numbers, widened to 64 bit: they come back as they were.
                                    document("{'embedding':[0.0010000000474974513,-1.5,0.3333333432674408]}"),
                                    gives(
                                            Vector.of(0, 0.001f, -1.5f, 1 / 3f),
                                            new EmbeddingEvent.Done(null, null, null, null))),
                            part(
                                    client -> client.embeddings(EmbeddingsRequest.of("m", "")),
                                    "POST /api/embeddings",
                                    "{'model':'m','prompt':''}",
                                    document("{'embedding':[]}"),
                                    gives(new EmbeddingEvent.Done(null, null, null, null))))),
            once("W49", "the schema of a tool, as the user wrote it", cuts -> {
                Tool tool = Tool.function("f", "does f", JsonSchema.parse(PARAMETERS));
                ReceivedRequest request = sendsChat(
                        CHAT.tools(tool),
                        ",'tools':[{'type':'function','function':{'name':'f','description':'does f','parameters':"
                                + PARAMETERS + "}}]");
                // Not only the same tree: the same order of keys, and the same digits.
                assertThat(request.body()).contains(PARAMETERS.replace("\\u00fc", "\u00fc"));
            }),
            WireCase.row("W51", "a turn with tool calls, there and back", cuts -> {
                String call = json(
                        "{'id':'call_1','function':{'index':0,'name':'f','arguments':{'z':1.50,'a':{'c':[],'b':null}}}}");
                String other = json("{'function':{'name':'g','arguments':{}}}");
                try (OllamaTestServer server = OllamaTestServer.start();
                        OllamaClient client = OllamaClient.create(server.baseUrl())) {
                    server.answer(
                            "POST",
                            "/api/chat",
                            answer(lines(c("x"), c("", "'tool_calls':[" + call + "," + other + "]"), d("")))
                                    .chunking(cuts));
                    Message turn = client.chat(CHAT)
                            .as(Tokens::collect)
                            .block(Outcome.LIMIT)
                            .message();
                    Outcome.of(client.chat(ChatRequest.of("m", Message.user("q"), turn)));
                    assertThat(server.requests().get(1).body())
                            .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'q'},"
                                            + "{'role':'assistant','content':'x','tool_calls':[")
                                    + call + "," + other + "]}]}");
                }
            }),
            once("W52", "the result of a tool, and the thinking of the turn before", cuts -> {
                ToolCall call = ((io.github.ollamareactive.generation.GenerationEvent.ToolCalled)
                                called("call_1", 0, "f", "{'a':1}"))
                        .call();
                sends(
                        client -> client.chat(ChatRequest.of(
                                "m",
                                Message.user("q"),
                                Message.assistant("").thinking("hm").toolCalls(List.of(call)),
                                Message.tool(call, "42"),
                                Message.tool(new ToolCall(null, null, "g", JsonObject.EMPTY), "43"))),
                        "POST /api/chat",
                        "{'model':'m','messages':[{'role':'user','content':'q'},"
                                + "{'role':'assistant','content':'','thinking':'hm','tool_calls':[{'id':'call_1','function':{'index':0,'name':'f','arguments':{'a':1}}}]},"
                                + "{'role':'tool','content':'42','tool_name':'f','tool_call_id':'call_1'},"
                                + "{'role':'tool','content':'43','tool_name':'g'}]}");
            }),
            // What shapes of records give stands in JsonSchemaTest and its golden files; here, that it reaches the
            // wire.
            once("W53", "the schema of a record", cuts -> {
                sendsChat(
                        CHAT.tools(Tool.function("f", "does f", Weather.class)),
                        ",'tools':[{'type':'function','function':{'name':'f','description':'does f','parameters':"
                                + "{'type':'object','properties':{'city':{'type':'string'},'days':{'type':'integer'},"
                                + "'units':{'type':'array','items':{'type':'string'}},"
                                + "'more':{'type':'object','additionalProperties':{'type':'integer'}}},"
                                + "'required':['city','units','more']}}}]");
                sendsChat(
                        CHAT.tools(Tool.function("g", "does g", NoArguments.class)),
                        ",'tools':[{'type':'function','function':{'name':'g','description':'does g','parameters':"
                                + "{'type':'object','properties':{},'(required)':[]}}}]");
            }),
            once("W55", "whether the server is there", cuts -> {
                OllamaTestServer server = OllamaTestServer.start();
                server.answer("HEAD", "/", Answer.of(200));
                Outcome.of(server, OllamaClient::alive).gives(new ServerEvent.Alive());
                assertThat(server.requests().get(0).body()).isEmpty();
                server.close();
                Outcome.of(server, OllamaClient::alive).disconnected(Problem.REFUSED);
            }));

    private static Logprob logprob(String token, double logprob, Logprob... top) {
        return new Logprob(token, logprob, null, List.of(top));
    }

    private static ModelEvent.Shown shown(Outcome outcome) {
        assertThat(outcome.error()).isNull();
        assertThat(outcome.events()).hasSize(1);
        return (ModelEvent.Shown) outcome.events().get(0);
    }

    private static Answer document(String body) {
        return Answer.json(200, json(body));
    }

    private static Consumer<Outcome> gives(Object... events) {
        return outcome -> outcome.gives(events);
    }

    /** A request, what it has to be on the wire, an answer, and what has to come of it. */
    private record Part(
            Function<OllamaClient, Flux<?>> call, String line, String body, Answer answer, Consumer<Outcome> expected) {
        ReceivedRequest run(Chunking cuts) {
            try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> answer.chunking(cuts))) {
                Outcome outcome = Outcome.of(server, call);
                ReceivedRequest request = server.requests().get(0);
                assertThat(request.method() + " " + request.path()).isEqualTo(line);
                if (body == null) {
                    assertThat(request.body()).isEmpty();
                } else {
                    SameJson.check(request.body(), body);
                    assertThat(request.header("Content-Length")).hasValue(String.valueOf(request.bodyBytes().length));
                    assertThat(request.header("Transfer-Encoding")).isEmpty();
                }
                expected.accept(outcome);
                assertThat(server.requests()).hasSize(1);
                return request;
            }
        }
    }

    private static Part part(
            Function<OllamaClient, Flux<?>> call, String line, String body, Answer answer, Consumer<Outcome> expected) {
        return new Part(call, line, body, answer, expected);
    }

    private static WireCase row(
            String number,
            String says,
            Function<OllamaClient, Flux<?>> call,
            String line,
            String body,
            Answer answer,
            Consumer<Outcome> expected) {
        return row(number, says, List.of(part(call, line, body, answer, expected)));
    }

    private static WireCase row(String number, String says, List<Part> parts) {
        return WireCase.row(number, says, cuts -> parts.forEach(part -> part.run(cuts)));
    }

    /** For rows that are about the request alone. */
    private static ReceivedRequest sends(Function<OllamaClient, Flux<?>> call, String line, String body) {
        return part(call, line, body, document("{'done':true,'status':'success'}"), outcome -> {})
                .run(Chunking.asWritten());
    }

    private static ReceivedRequest sendsChat(ChatRequest request, String more) {
        return sends(client -> client.chat(request), "POST /api/chat", "{" + CHAT_JSON + more + "}");
    }

    private static ReceivedRequest request(
            UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server =
                OllamaTestServer.start().otherwise(request -> document("{'done':true,'version':'1'}"))) {
            assertThat(Outcome.of(server, change, call).error()).isNull();
            return server.requests().get(0);
        }
    }

    private static List<String> values(ReceivedRequest request, String name) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    /** Uploads to a server that lacks the blob; checks the requests. */
    private static List<Object> uploaded(
            int status, Function<OllamaClient, Flux<?>> call, String digest, byte[] content) {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            String path = "/api/blobs/" + digest;
            server.answer("HEAD", path, Answer.of(404)).answer("POST", path, Answer.of(status));
            Outcome outcome = Outcome.of(server, call);
            assertThat(outcome.error()).isNull();
            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.path())
                    .containsExactly("HEAD " + path, "POST " + path);
            ReceivedRequest upload = server.requests().get(1);
            assertThat(upload.bodyBytes()).isEqualTo(content);
            assertThat(upload.header("Content-Type")).hasValue("application/octet-stream");
            assertThat(upload.header("Content-Length")).hasValue(String.valueOf(content.length));
            return outcome.events();
        }
    }

    /** A call to https://ollama.com, which is played by a server of ours. */
    private static RecordedRequest cloud(
            Map<String, String> environment,
            UnaryOperator<OllamaClientConfig> change,
            Function<OllamaClient, Flux<?>> call,
            String answer)
            throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("ollama.com")
                .build();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());
            server.enqueue(new MockResponse.Builder().body(json(answer)).build());
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            var trust = SslContextBuilder.forClient()
                    .trustManager(certificate.certificate())
                    .build();
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment)
                    .baseUrl("https://ollama.com:" + server.getPort())
                    .httpClient(
                            http -> http.secure(spec -> spec.sslContext(trust)).resolver(LoopbackResolver.INSTANCE));
            try (OllamaClient client = OllamaClient.create(change.apply(config))) {
                assertThat(Outcome.of(call.apply(client)).error()).isNull();
            }
            return server.takeRequest();
        }
    }

    private interface InFolder {
        void run(Path folder) throws Exception;
    }

    private static void inFolder(InFolder test) throws Exception {
        Path folder = Files.createTempDirectory("wire-cases");
        try {
            test.run(folder);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    static Stream<Arguments> rows() {
        return WireCase.underEveryCut(ROWS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void goesAndComes(WireCase row, Chunking cuts) {
        row.run(cuts);
    }
}
