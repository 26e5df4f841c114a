// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static io.github.ollamareactive.wire.WireRequests.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.decision.Question;
import io.github.ollamareactive.embedding.EmbedInput;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What calls send to servers since 0.33.3. */
final class LaterRequestCasesTest {
    private static final DecisionRequest DECISION = DecisionRequest.of("nimble", "s");

    private static ReceivedRequest sent(Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(404))) {
            CallResult.of(server, call);
            assertThat(server.requests()).hasSize(1);
            return server.requests().get(0);
        }
    }

    private static String body(Function<OllamaClient, Flux<?>> call) {
        return sent(call).body();
    }

    @Test
    @DisplayName("D14 a level of the model's own")
    void aLevelOfTheModelsOwn() {
        assertThat(body(client -> client.chat(CHAT.think(Think.of("xhigh"))))).contains(json("'think':'xhigh'"));
        assertThatThrownBy(() -> Think.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("D20 think unset, false, and null")
    void thinkUnsetFalseAndNull() {
        assertThat(body(client -> client.chat(CHAT))).doesNotContain("think");
        assertThat(body(client -> client.chat(CHAT.think(false)))).contains(json("'think':false"));
        assertThat(body(client -> client.generate(GENERATE.think(Think.OFF)))).contains(json("'think':false"));
        assertThat(body(client -> client.chat(CHAT.think(true).with("think", null))))
                .doesNotContain("think");
    }

    @Test
    @DisplayName("D21 a choice: null stays, and the order of the options")
    void aChoice() {
        Map<String, @Nullable String> options = new LinkedHashMap<>();
        options.put("b", "x");
        options.put("a", null);
        ReceivedRequest request = sent(client -> client.decide(DECISION.ask("q", Question.choice("i", options))));
        assertThat(request.path()).isEqualTo("/v1/systemone");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body())
                .isEqualTo(json("{'model':'nimble','state':'s','questions':{'q':{'type':'choice','instructions':'i',"
                        + "'criteria':{'b':'x','a':null}}}}"));
        assertThat(Question.choice("i", "b", "a").fields().get("criteria")).hasToString(json("{'b':null,'a':null}"));
    }

    @Test
    @DisplayName("D28 a document as the state, yes or no without criteria")
    void aDocumentAsTheState() {
        JsonObject state = JsonObject.EMPTY.with("ticket", "x");
        assertThat(body(client -> client.decide(DecisionRequest.of("m", state).ask("q", Question.yesNo("i")))))
                .isEqualTo(json(
                        "{'model':'m','state':{'ticket':'x'},'questions':{'q':{'type':'noul','instructions':'i'}}}"));
        assertThat(Question.yesNo("i", "no", "yes").fields().get("criteria"))
                .hasToString(json("{'false':'no','true':'yes'}"));
        assertThat(Question.score("i", "low", "high").fields())
                .hasToString(json("{'type':'score','instructions':'i','criteria':['low','high']}"));
    }

    @Test
    @DisplayName("D29 what is beyond the limits is refused before it is sent")
    void whatIsBeyondTheLimitsIsRefused() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            refused("options", () -> Question.choice("i", "a"));
            refused(
                    "26, not 27",
                    () -> Question.choice(
                            "i",
                            IntStream.range(0, 27).mapToObj(String::valueOf).toArray(String[]::new)));
            refused("26, not 1", () -> Question.score("i", "low"));
            refused("twice", () -> Question.choice("i", "a", "a"));
            refused("option", () -> Question.choice("i", "a", " "));
            refused("instructions", () -> Question.yesNo(" "));
            refused("name", () -> DECISION.ask(" ", Question.yesNo("i")));
            refused("state", () -> DecisionRequest.of("m", " "));
            DecisionRequest most = DECISION;
            for (int i = 0; i < DecisionRequest.MAX_QUESTIONS; i++) {
                most = most.ask("q" + i, Question.yesNo("i"));
            }
            DecisionRequest full = most;
            refused("64", () -> full.ask("more", Question.yesNo("i")));
            refused("questions", () -> client.decide(DECISION));
            DecisionRequest small = DECISION.ask("q", Question.yesNo("i"));
            int rest = DecisionRequest.MAX_BYTES - small.fields().toString().length() + 1;
            DecisionRequest large =
                    DecisionRequest.of("nimble", "s".repeat(rest + 1)).ask("q", Question.yesNo("i"));
            refused("65537 bytes, the server takes 65536", () -> client.decide(large));
            assertThat(CallResult.of(client.decide(large.image(new byte[] {1}))).error())
                    .isNotNull();
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static void refused(String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
    }

    @Test
    @DisplayName("D35 a picture for all questions")
    void aPictureForAllQuestions() {
        DecisionRequest request = DECISION.ask("q", Question.yesNo("i")).image(new byte[] {'h', 'i'});
        assertThat(body(client -> client.decide(request))).contains(json("'images':['aGk=']"));
        DecisionRequest tooLarge = request.image(new byte[DecisionRequest.MAX_BYTES_WITH_IMAGES]);
        try (OllamaClient client = OllamaClient.create("http://127.0.0.1:1")) {
            refused("the server takes 33554432", () -> client.decide(tooLarge));
        }
    }

    @Test
    @DisplayName("D36 the parameters of a report on usage, and the key")
    void theParametersOfAReportOnUsage() {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(404));
                OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                        .baseUrl(server.baseUrl())
                        .apiKey("k"))) {
            CallResult.of(client.usage(UsageRequest.create()));
            CallResult.of(
                    client.usage(UsageRequest.create().range("24h").range("30d").scope("team")));
            CallResult.of(client.usage(UsageRequest.create().range("a b&c=d/é")));
            CallResult.of(client.usage(UsageRequest.create().with("days", 7).with("partial", true)));
            CallResult.of(client.balance());
            assertThat(server.requests())
                    .extracting(ReceivedRequest::path)
                    .containsExactly(
                            "/api/usage",
                            "/api/usage?range=30d&scope=team",
                            "/api/usage?range=a%20b%26c%3Dd%2F%C3%A9",
                            "/api/usage?days=7&partial=true",
                            "/api/balance");
            assertThat(server.requests()).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.body()).isEmpty();
                assertThat(request.header("Authorization")).contains("Bearer k");
            });
        }
    }

    @Test
    @DisplayName("D45 the runner, only where it is chosen")
    void theRunnerOnlyWhereItIsChosen() {
        String runner = json("'runner':'llamacpp'");
        assertThat(body(client -> client.show(ShowRequest.of("m").runner("llamacpp"))))
                .contains(runner);
        assertThat(body(client -> client.show(ShowRequest.of("m")))).doesNotContain("runner");
        assertThat(body(client -> client.chat(CHAT.runner("llamacpp")))).contains(runner);
        assertThat(body(client -> client.generate(GENERATE.runner("llamacpp")))).contains(runner);
        assertThat(body(client -> client.load(LoadRequest.of("m").runner("llamacpp"))))
                .contains(runner);
        assertThat(body(client -> client.embed(EmbedRequest.of("m", "x").runner("llamacpp"))))
                .contains(runner);
        assertThat(body(client -> client.pull(PullRequest.of("m").runner("llamacpp"))))
                .contains(runner);
        assertThatThrownBy(() -> CHAT.runner("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("D51 texts, pictures and sounds are embedded in one request")
    void textsPicturesAndSoundsAreEmbedded() {
        byte[] media = new byte[1000];
        EmbedRequest request = EmbedRequest.ofInputs(
                "m",
                EmbedInput.text("a"),
                EmbedInput.image(media),
                EmbedInput.text("t").andAudio(media));
        String base64 = JsonValue.of(Base64.getEncoder().encodeToString(media)).asString();
        try (OllamaTestServer server =
                OllamaTestServer.start().otherwise(r -> Answer.json(200, json("{'embeddings':[[1],[2],[3]]}")))) {
            CallResult result = CallResult.of(server, client -> client.embed(request));
            assertThat(result.error()).isNull();
            assertThat(result.events())
                    .filteredOn(EmbeddingEvent.Vector.class::isInstance)
                    .hasSize(3);
            assertThat(server.requests().get(0).body())
                    .isEqualTo(json("{'model':'m','input':['a',{'image':'" + base64 + "'},{'text':'t','audio':'"
                            + base64 + "'}]}"));
        }
        assertThat(request.toString()).doesNotContain(base64);
    }

    @Test
    void aModelIsCreatedWithCapabilitiesOrAsAListOfVariants() {
        assertThat(CreateRequest.of("m")
                        .capabilities("decision", "vision")
                        .fields()
                        .get("capabilities"))
                .hasToString(json("['decision','vision']"));
        assertThat(CreateRequest.ofList("m", "a", "b").fields()).hasToString(json("{'model':'m','list':['a','b']}"));
    }
}
