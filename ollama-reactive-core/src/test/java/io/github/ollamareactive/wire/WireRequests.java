// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.JsonSchema;
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
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests that the tables of wire cases name. */
@SuppressWarnings("deprecation") // older servers take the fields
final class WireRequests {
    static final ChatRequest CHAT = ChatRequest.of("m", Message.user("q"));
    static final GenerateRequest GENERATE = GenerateRequest.of("m", "p");

    private static final byte[] ABC = "ABC".getBytes(StandardCharsets.US_ASCII);
    private static final String DIGEST_OF_ABC =
            "sha256:b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78";
    private static final ModelOptions OPTIONS = ModelOptions.create()
            .topP(100)
            .topK(50)
            .temperature(0.5)
            .frequencyPenalty(0.1)
            .presencePenalty(0.2)
            .stop("stop me");

    /** Documents as a user writes them: keys in no particular order, a number with a trailing zero, an escaped character. */
    private static final String PERSON = """
            {"title":"Person","type":"object","properties":{"name":{"title":"Name","type":"string"},
            "age":{"title":"Age","type":["integer","null"],"exclusiveMinimum":0.50}},"required":["name","age"],
            "additionalProperties":false}""";

    private static final String FORECAST = """
            {"type":"object","$defs":{"unit":{"enum":["c","f",1,null,{"k":[true]}]}},"required":["city"],
            "properties":{"city":{"type":["string","null"],"description":"a \\u00fc"},"unit":{"$ref":"#/$defs/unit"},
            "days":{"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"object","properties":{"z":{},"a":{}}}]}}}}""";

    private static final JsonValue PAIR = JsonValue.parse("""
            {"title":"T","type":"object","properties":{"b":{"type":"string"},"a":{"type":["integer","null"]}}}""");

    private record NoArguments() {}

    private record Weather(String city, Optional<Integer> days, List<String> units, Map<String, Integer> more) {}

    private static final Map<String, RequestFields<?>> BY_NAME = new LinkedHashMap<>();

    static {
        chats();
        chatsWithThinkAndKeepAlive();
        generations();
        generationsWithThinkAndKeepAlive();
        embeddings();
        models();
    }

    private WireRequests() {}

    static Map<String, RequestFields<?>> byName() {
        return Map.copyOf(BY_NAME);
    }

    private static void put(String name, RequestFields<?> request) {
        if (BY_NAME.put(name, request) != null) {
            throw new IllegalStateException("two requests are called " + name);
        }
    }

    private static void chats() {
        put("chat", CHAT);
        put("chat, stream false", CHAT.stream(false));
        put(
                "chat, stream false, logprobs, top_logprobs 3",
                CHAT.stream(false).logprobs(true).topLogprobs(3));
        put("chat, format json", CHAT.format(Format.JSON));
        put("chat, format schema", CHAT.format(JsonSchema.parse(PERSON)));
        put("chat, options", CHAT.options(OPTIONS));
        put(
                "chat, unknown options and fields",
                CHAT.options(ModelOptions.create().with("mirostat", 2).with("my", List.of(1, "x")))
                        .with("newer", Map.of("a", 1)));
        put("chat, no model", CHAT.with("model", null));
        put("chat, unknown role", ChatRequest.of("m", Message.of("somerandomrole", "q")));
        put(
                "chat, unknown role and field",
                ChatRequest.of("m", Message.of("somerandomrole", "x")).with("newer", Map.of("a", 1)));
        put("chat, tool with a schema", CHAT.tools(Tool.function("f", "does f", JsonSchema.parse(FORECAST))));
        put("chat, tool with a schema, keys in another order", CHAT.tools(Tool.function("f", "does f", PAIR)));
        put("chat, tool with a record", CHAT.tools(Tool.function("f", "does f", Weather.class)));
        put("chat, tool without arguments", CHAT.tools(Tool.function("g", "does g", NoArguments.class)));
        ToolCall call = new ToolCall("call_1", 0, "f", JsonObject.EMPTY.with("a", 1));
        put(
                "chat, results of tools",
                ChatRequest.of(
                        "m",
                        Message.user("q"),
                        Message.assistant("").thinking("hm").toolCalls(List.of(call)),
                        Message.tool(call, "42"),
                        Message.tool(new ToolCall(null, null, "g", JsonObject.EMPTY), "43")));
        ToolCall precise = new ToolCall("call_1", 0, "f", (JsonObject) JsonValue.parse("{\"z\":1,\"a\":{\"b\":2.50}}"));
        put(
                "chat, system, image, tool call and its result",
                ChatRequest.of(
                        "m",
                        Message.system("s"),
                        Message.user("look").image(ABC),
                        Message.assistant("").thinking("hm").toolCalls(List.of(precise)),
                        Message.tool(precise, "42")));
    }

    private static void chatsWithThinkAndKeepAlive() {
        put("chat, think true", CHAT.think(true));
        put("chat, think false", CHAT.think(false));
        put("chat, think low", CHAT.think(Think.LOW));
        put("chat, think medium", CHAT.think(Think.MEDIUM));
        put("chat, think high", CHAT.think(Think.HIGH));
        put("chat, think max", CHAT.think(Think.of("max")));
        put("chat, unload", ChatRequest.of("m").keepAlive(KeepAlive.UNLOAD));
        put("chat, keep_alive forever", CHAT.keepAlive(KeepAlive.FOREVER));
        put("chat, keep_alive unload", CHAT.keepAlive(KeepAlive.UNLOAD));
        put("chat, keep_alive of no time", CHAT.keepAlive(Duration.ZERO));
        put("chat, keep_alive of 10 s", CHAT.keepAlive(Duration.ofSeconds(10)));
        put("chat, keep_alive of 5 min", CHAT.keepAlive(Duration.ofMinutes(5)));
        put("chat, keep_alive of 2 h", CHAT.keepAlive(Duration.ofHours(2)));
        put("chat, keep_alive of -1 ms", CHAT.keepAlive(Duration.ofMillis(-1)));
        put("chat, keep_alive of -1000000 days", CHAT.keepAlive(Duration.ofDays(-1_000_000)));
        put("chat, keep_alive 42", CHAT.keepAlive(KeepAlive.seconds(42)));
        put("chat, keep_alive 42.5", CHAT.keepAlive(KeepAlive.seconds(42.5)));
        put("chat, keep_alive -7", CHAT.keepAlive(KeepAlive.seconds(-7)));
    }

    private static void generations() {
        put("generate", GENERATE);
        put("load", LoadRequest.of("m"));
        put("generate, stream false", GENERATE.stream(false));
        put(
                "generate, stream false, logprobs, top_logprobs 2",
                GENERATE.stream(false).logprobs(true).topLogprobs(2));
        put("generate, format json", GENERATE.format(Format.JSON));
        put("generate, format schema", GENERATE.format(JsonValue.parse(PERSON)));
        put("generate, format schema, keys in another order", GENERATE.format(PAIR));
        put("generate, context", GENERATE.context(List.of(1, 2, 3)));
        put("generate, options", GENERATE.options(OPTIONS.with("no_such_option", true)));
        put(
                "generate, suffix, system, template, context, raw",
                GENERATE.suffix("s")
                        .system("y")
                        .template("t")
                        .context(List.of(1, 2, 3))
                        .raw(true));
        put(
                "generate, logprobs, top_logprobs 3, truncate, shift, debug",
                GENERATE.logprobs(true)
                        .topLogprobs(3)
                        .truncate(false)
                        .shift(false)
                        .debugRenderOnly(true));
        put("generate, two images", GENERATE.image(ABC).imageBase64("QUJD"));
        put("generate, an image of 64 x 32 in 4 steps", GENERATE.width(64).height(32).steps(4).stream(false));
        put(
                "generate, an image of 1 x 2 in 3 steps, streamed",
                GENERATE.width(1).height(2).steps(3));
    }

    private static void generationsWithThinkAndKeepAlive() {
        put("generate, think true", GENERATE.think(true));
        put("generate, think false", GENERATE.think(false));
        put("generate, think low", GENERATE.think(Think.of("low")));
        put("generate, think medium", GENERATE.think(Think.MEDIUM));
        put("generate, think high", GENERATE.think(Think.HIGH));
        put("generate, think max", GENERATE.think(Think.MAX));
        put("generate, keep_alive forever", GENERATE.keepAlive(KeepAlive.FOREVER));
        put("generate, keep_alive unload", GENERATE.keepAlive(KeepAlive.UNLOAD));
        put("generate, keep_alive of 10 s", GENERATE.keepAlive(Duration.ofSeconds(10)));
        put("generate, keep_alive of 5 min", GENERATE.keepAlive(Duration.ofMinutes(5)));
        put("generate, keep_alive of 2 h", GENERATE.keepAlive(Duration.ofHours(2)));
        put("generate, keep_alive of 1.5 s", GENERATE.keepAlive(Duration.ofMillis(1500)));
        put("generate, keep_alive of -5 s", GENERATE.keepAlive(Duration.ofSeconds(-5)));
        put("generate, keep_alive 42", GENERATE.keepAlive(KeepAlive.seconds(42)));
        put("generate, keep_alive 42.5", GENERATE.keepAlive(KeepAlive.seconds(42.5)));
    }

    private static void embeddings() {
        put("embed", EmbedRequest.of("m", "t"));
        put("embed, no texts", EmbedRequest.of("m"));
        put("embeddings", EmbeddingsRequest.of("m", "t"));
        put("embeddings, empty prompt", EmbeddingsRequest.of("m", ""));
    }

    private static void models() {
        put("pull", PullRequest.of("m"));
        put("pull, stream false", PullRequest.of("m").stream(false));
        put("pull, insecure, stream false", PullRequest.of("m").insecure(true).stream(false));
        put("push", PushRequest.of("m"));
        put("push, stream false", PushRequest.of("m").stream(false));
        put("show", ShowRequest.of("m"));
        put("show, verbose", ShowRequest.of("m").verbose(true));
        put("webSearch, max_results 3", WebSearchRequest.of("x").maxResults(3));
        put("create", CreateRequest.of("m").from("n"));
        put("create, from a model, stream false", CreateRequest.of("m").from("n").stream(false));
        put("create, from a blob", CreateRequest.of("m").file("model.gguf", DIGEST_OF_ABC).stream(false));
        put("create, one licence", CreateRequest.of("m").license("MIT"));
        put("create, two licences", CreateRequest.of("m").license("MIT", "Apache"));
        put(
                "create, messages",
                CreateRequest.of("m").messages(Message.system("s"), Message.user("q"), Message.assistant("a")));
        put(
                "create, all fields",
                CreateRequest.of("m")
                        .quantize("q4_k_m")
                        .from("n")
                        .adapter("adapter.gguf", DIGEST_OF_ABC)
                        .template("{{ .Prompt }}")
                        .license("MIT")
                        .system("\nYou are Mario.\nAnswer as \"Mario\",\tthe assistant, only.\n")
                        .parameters(ModelOptions.create()
                                .stop("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>")
                                .with("pi", 3.14159))
                        .messages(Message.user("Hello!"), Message.assistant("Hi!"))
                        .stream(false));
    }
}
