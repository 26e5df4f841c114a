// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.errorLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.ResponseHead;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.decision.Question;
import io.github.ollamareactive.embedding.EmbedInput;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.OllamaException.Stream.Reason;
import io.github.ollamareactive.protocol.RetryAttempt;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** How servers since 0.33.3, and the cloud, refuse: quotas, payment, the repeat guard, what an endpoint doesn't take. */
@SuppressWarnings("deprecation") // older servers take the fields
final class LaterErrorCasesTest {
    private static final String REPEATED = "prediction aborted, token repeat limit reached";

    /** The refusal, which must have been asked for once: there are two more answers, which nobody may get. */
    private static Status askedOnce(Answer refusal, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> refusal)) {
            CallResult result = CallResult.of(server, call);
            assertThat(server.requests()).hasSize(1);
            return result.assertFailed(Status.class);
        }
    }

    private static Status refused(int status, String words, Function<OllamaClient, Flux<?>> call) {
        Status refusal = askedOnce(Answer.json(status, errorLine(words)), call);
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.serverMessage()).isEqualTo(words);
        return refusal;
    }

    private static Status refusedChat(int status, String words) {
        return refused(status, words, client -> client.chat(CHAT));
    }

    @ParameterizedTest(name = "D06 the repeat guard behind a text, {0}")
    @EveryCut
    void theRepeatGuardBehindAText(Chunking cuts) {
        OllamaException.Stream error = CallResult.of(
                        stream(lines(chatLine("x"), errorLine(REPEATED))).chunking(cuts), client -> client.chat(CHAT))
                .assertReported(REPEATED, "x", token("x"));
        assertThat(error.reason()).isEqualTo(Reason.REPEAT_LIMIT);
        assertThat(CallResult.of(stream(lines(errorLine("other"))).chunking(cuts), client -> client.chat(CHAT))
                        .error(OllamaException.Stream.class)
                        .reason())
                .isEqualTo(Reason.REPORTED);
        assertThat(CallResult.of(stream(lines(chatLine("x"))).chunking(cuts), client -> client.chat(CHAT))
                        .error(OllamaException.Stream.class)
                        .reason())
                .isEqualTo(Reason.INCOMPLETE);
    }

    @Test
    @DisplayName("D07 the repeat guard of a single answer")
    void theRepeatGuardOfASingleAnswer() {
        assertThat(refused(500, REPEATED, client -> client.chat(CHAT.stream(false)))
                        .kind())
                .isEqualTo(Kind.REPEAT_LIMIT);
    }

    @ParameterizedTest(name = "D08 a spent quota of a session is asked once: {0}")
    @ValueSource(
            strings = {"upgrade for higher limits: https://ollama.com/upgrade", "please wait or upgrade to continue"})
    void aSpentQuotaOfASessionIsAskedOnce(String advice) {
        assertQuota("you (ann) have reached your session usage limit, " + advice, "session");
    }

    @Test
    @DisplayName("D09 spent quotas of other times")
    void spentQuotasOfOtherTimes() {
        assertQuota(
                "you (ann) have reached your weekly usage limit, or add usage: https://ollama.com/settings (ref: 1b2c)",
                "weekly");
        assertQuota("you've reached your hourly usage limit, please wait or upgrade to continue", "hourly");
        assertQuota("You (ann b.) have reached your Usage Limit", null);
        assertQuota("you (ann) have reached your monthly usage limits", "monthly");
        assertQuota("you (ann) have reached the 5-hour usage limit", "5-hour");
        assertQuota("the account usage limit is reached", null);
    }

    private static void assertQuota(String words, @Nullable String window) {
        Status refusal = refusedChat(429, words);
        assertThat(refusal.kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
        assertThat(refusal.quotaWindow()).isEqualTo(window);
        assertThat(refusal).message().containsIgnoringCase("usage limit").doesNotContain("ann");
    }

    @Test
    @DisplayName("D10 a rate limit is repeated when the server says")
    void aRateLimitIsRepeatedWhenTheServerSays() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer(
                    "POST",
                    "/api/chat",
                    Answer.json(429, errorLine("too many requests")).header("Retry-After", "3"),
                    stream(lines(AnswerLines.lastChatLine("a"))));
            Queue<RetryAttempt> attempts = new ConcurrentLinkedQueue<>();
            CallResult result = CallResult.of(
                    server,
                    config -> config.retryDelay(Duration.ofMillis(1), Duration.ofMillis(5))
                            .onRetry(attempts::add),
                    client -> client.chat(CHAT));
            assertThat(result.error()).isNull();
            assertThat(attempts).hasSize(1);
            Status limited = (Status) attempts.element().error();
            assertThat(limited.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(3));
            assertThat(limited.quotaWindow()).isNull();
        }
    }

    @Test
    @DisplayName("D11 a spent quota through a local server, streamed")
    void aSpentQuotaThroughALocalServer() {
        Answer ndjson = Answer.ndjson(errorLine("you (ann) have reached your weekly usage limit"))
                .status(429);
        assertThat(askedOnce(ndjson, client -> client.chat(CHAT)).kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
    }

    @Test
    @DisplayName("D12 payment required")
    void paymentRequired() {
        assertThat(refusedChat(402, "payment required").kind()).isEqualTo(Kind.PAYMENT_REQUIRED);
    }

    @ParameterizedTest(name = "D13 a subscription is required, also under 200, {0}")
    @EveryCut
    void aSubscriptionIsRequired(Chunking cuts) {
        String words = "this model requires a subscription, upgrade for access: https://ollama.com/upgrade";
        assertThat(refusedChat(403, words).kind()).isEqualTo(Kind.FORBIDDEN);
        CallResult.of(stream(lines(errorLine(words))).chunking(cuts), client -> client.chat(CHAT))
                .assertReported(words, "");
    }

    @Test
    @DisplayName("D15 a think value of a wrong type, refused with the values there are")
    void aThinkValueOfAWrongType() {
        String words = "think must be a boolean or string; supported values: [false,\"low\",\"medium\",\"xhigh\"]";
        Status refusal = refused(400, words, client -> client.chat(CHAT.with("think", 1)));
        assertThat(refusal.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(refusal).hasMessageContaining(words);
    }

    @Test
    @DisplayName("D16 a level that an older server doesn't know")
    void aLevelThatAnOlderServerDoesNotKnow() {
        String words =
                "invalid think value: \"xhigh\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)";
        assertThat(refused(400, words, client -> client.chat(CHAT.think(Think.of("xhigh"))))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    private static Flux<?> decide(OllamaClient client) {
        return client.decide(DecisionRequest.of("nimble", "s").ask("q", Question.yesNo("i")));
    }

    @Test
    @DisplayName("D30 larger than the endpoint takes")
    void largerThanTheEndpointTakes() {
        assertThat(refused(413, "request body must not exceed 64 KiB without images", LaterErrorCasesTest::decide)
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    @DisplayName("D31 endpoints that an older server doesn't have")
    void endpointsThatAnOlderServerDoesNotHave() {
        Answer unknown = Answer.of(404).contentType("text/plain").body("404 page not found");
        List<Function<OllamaClient, Flux<?>>> calls = List.of(
                LaterErrorCasesTest::decide, client -> client.usage(UsageRequest.create()), OllamaClient::balance);
        for (Function<OllamaClient, Flux<?>> call : calls) {
            assertThat(askedOnce(unknown, call).kind()).isEqualTo(Kind.NOT_FOUND);
        }
    }

    @Test
    @DisplayName("D32 a decision model that isn't installed")
    void aDecisionModelThatIsNotInstalled() {
        assertThat(refused(404, "model \"nimble\" not found, try pulling it first", LaterErrorCasesTest::decide)
                        .kind())
                .isEqualTo(Kind.MODEL_NOT_FOUND);
    }

    @Test
    @DisplayName("D33 a model that can't decide")
    void aModelThatCannotDecide() {
        for (String words : List.of(
                "host/library/llama3.2:latest does not support decision",
                "model \"m\" is not supported by System One; use a local Nimble or Tev GGUF model")) {
            assertThat(refused(400, words, LaterErrorCasesTest::decide).kind()).isEqualTo(Kind.UNSUPPORTED);
        }
    }

    @Test
    @DisplayName("D34 a question that the server refuses")
    void aQuestionThatTheServerRefuses() {
        assertThat(refused(400, "question \"q\": type must be choice, noul, or score", LaterErrorCasesTest::decide)
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    @DisplayName("D48 a variant that isn't there")
    void aVariantThatIsNotThere() {
        assertThat(refused(
                                400,
                                "no compatible manifest found for runners: mlx",
                                client -> client.show(ShowRequest.of("m").runner("mlx")))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    @DisplayName("D52 a server that embeds no pictures")
    void aServerThatEmbedsNoPictures() {
        assertThat(refused(
                                400,
                                "invalid input type",
                                client -> client.embed(EmbedRequest.ofInputs("m", EmbedInput.image(new byte[] {1}))))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    @DisplayName("D53 a server without sockets")
    void aServerWithoutSockets() {
        String words = "Post \"http://127.0.0.1:4711/tokenize\": dial tcp 127.0.0.1:4711: connectex: no more sockets";
        assertThat(refused(400, words, client -> client.embed(EmbedRequest.of("m", "x")))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    @DisplayName("D54 what create no longer takes")
    void whatCreateNoLongerTakes() {
        for (String words : List.of(
                "LoRA adapters are no longer supported",
                "create-time quantization is only supported for safetensors imports; use another tool")) {
            assertThat(refused(
                                    400,
                                    words,
                                    client ->
                                            client.create(CreateRequest.of("m").quantize("Q4_K_M")))
                            .kind())
                    .isEqualTo(Kind.BAD_REQUEST);
        }
    }

    @Test
    @DisplayName("D55 a runtime that isn't there stays away; a busy server doesn't")
    void aRuntimeThatIsNotThereStaysAway() {
        Status refusal = refused(
                503, "MLX runtime is not available on this machine", client -> client.create(CreateRequest.of("m")));
        assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED);
        for (String busy :
                List.of("server busy, please try again", "mlx runner is busy", "MLX runtime is still loading")) {
            try (OllamaTestServer server = OllamaTestServer.start()
                    .answer(
                            "POST",
                            "/api/create",
                            Answer.json(503, errorLine(busy)),
                            Answer.ndjson("{\"status\":\"success\"}"))) {
                assertThat(CallResult.of(server, client -> client.create(CreateRequest.of("m")))
                                .error())
                        .as(busy)
                        .isNull();
                assertThat(server.requests()).hasSize(2);
            }
        }
    }

    @Test
    @DisplayName("D57 typical_p of servers that don't take it, of those that do, and unset")
    void typicalPIsSentWhenItIsSet() {
        ModelOptions options = ModelOptions.create().typicalP(0.9);
        assertThat(refused(400, "typical_p is no longer supported", client -> client.chat(CHAT.options(options)))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
        assertThat(CHAT.options(options).fields())
                .hasToString(CHAT.fields()
                        .with("options", ModelOptions.create().with("typical_p", 0.9))
                        .toString());
        assertThat(ModelOptions.create().toJson()).hasToString("{}");
    }

    @Test
    void theHeadOfEveryResponseIsHeardOf() {
        try (OllamaTestServer server = OllamaTestServer.start()
                .answer(
                        "POST",
                        "/api/chat",
                        Answer.json(503, errorLine("busy")).header("X-Request-Id", "1"),
                        stream(lines(AnswerLines.lastChatLine("a"))).header("X-Request-Id", "2"))) {
            Queue<ResponseHead> heads = new ConcurrentLinkedQueue<>();
            CallResult result = CallResult.of(
                    server,
                    config -> config.onResponse(head -> {
                        heads.add(head);
                        throw new IllegalStateException("of the hook");
                    }),
                    client -> client.chat(CHAT));
            assertThat(result.error()).isNull();
            assertThat(heads)
                    .extracting(head -> head.endpoint() + " " + head.status() + " " + head.header("x-request-ID"))
                    .containsExactly("POST /api/chat 503 1", "POST /api/chat 200 2");
            assertThat(heads.element().header("absent")).isNull();
            assertThat(heads.element()).hasToString("ResponseHead[POST /api/chat: 503]");
        }
    }
}
