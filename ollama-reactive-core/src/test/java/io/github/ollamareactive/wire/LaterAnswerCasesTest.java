// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLineWithMessage;
import static io.github.ollamareactive.wire.AnswerLines.lastGenerateLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static io.github.ollamareactive.wire.WireRequests.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.UnknownField;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.operators.Completion;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ServerEvent.Recommendation;
import io.github.ollamareactive.server.ServerEvent.RecommendedFor;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.ThinkingModes;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What servers since 0.33.3 answer: cached prompts, thinking modes, variants under one name, pictures, unknown fields. */
final class LaterAnswerCasesTest {
    private static GenerationStats stats(Answer answer, Chunking cuts) {
        CallResult result = CallResult.of(answer.chunking(cuts), client -> client.chat(CHAT));
        assertThat(result.error()).isNull();
        return ((Done) result.events().get(result.events().size() - 1)).stats();
    }

    private static Answer last(String... fields) {
        return stream(lines(lastChatLine("", fields)));
    }

    private static Shown shown(String document) {
        CallResult result = CallResult.of(Answer.json(200, json(document)), client -> client.show(ShowRequest.of("m")));
        assertThat(result.error()).isNull();
        assertThat(result.events()).hasSize(1);
        return (Shown) result.events().get(0);
    }

    @ParameterizedTest(name = "D01 a cached count of 0 is 0, {0}")
    @EveryCut
    void aCachedCountOfZeroIsZero(Chunking cuts) {
        GenerationStats stats = stats(
                last("'prompt_eval_count':35", "'prompt_eval_cached_count':0", "'prompt_eval_duration':585500000"),
                cuts);
        assertThat(stats.promptEvalCachedCount()).isZero();
        assertThat(stats.promptTokensPerSecond().orElseThrow()).isEqualTo(59.8, within(0.05));
    }

    @ParameterizedTest(name = "D02 without the field the cached count is unknown, {0}")
    @EveryCut
    void withoutTheFieldTheCachedCountIsUnknown(Chunking cuts) {
        for (String more : List.of("'a':1", "'prompt_eval_cached_count':null", "'prompt_eval_cached_count':-1")) {
            GenerationStats stats =
                    stats(last("'prompt_eval_count':35", "'prompt_eval_duration':585500000", more), cuts);
            assertThat(stats.promptEvalCachedCount()).as(more).isNull();
            assertThat(stats.promptTokensPerSecond().orElseThrow()).isEqualTo(59.8, within(0.05));
        }
    }

    @ParameterizedTest(name = "D03 the rate is that of the tokens that were evaluated, {0}")
    @EveryCut
    void theRateIsThatOfTheTokensThatWereEvaluated(Chunking cuts) {
        GenerationStats stats = stats(
                last("'prompt_eval_count':2000", "'prompt_eval_cached_count':1990", "'prompt_eval_duration':10000000"),
                cuts);
        assertThat(stats.promptEvaluatedCount()).isEqualTo(10);
        assertThat(stats.promptTokensPerSecond().orElseThrow()).isEqualTo(1000, within(0.001));
    }

    @ParameterizedTest(name = "D04 nothing evaluated has no rate, {0}")
    @EveryCut
    void nothingEvaluatedHasNoRate(Chunking cuts) {
        GenerationStats all = stats(last("'prompt_eval_count':38", "'prompt_eval_cached_count':38"), cuts);
        assertThat(all.promptEvaluatedCount()).isZero();
        assertThat(all.promptTokensPerSecond()).isEmpty();
        for (String cached : List.of("38", "40", "9223372036854775807")) {
            GenerationStats more = stats(
                    last(
                            "'prompt_eval_count':35",
                            "'prompt_eval_cached_count':" + cached,
                            "'prompt_eval_duration':1000"),
                    cuts);
            assertThat(more.promptEvaluatedCount()).isZero();
            assertThat(more.promptTokensPerSecond()).isEmpty();
        }
    }

    @ParameterizedTest(name = "D05 generate has it too, and an earlier line may, {0}")
    @EveryCut
    void generateHasItTooAndAnEarlierLineMay(Chunking cuts) {
        String fields = "'prompt_eval_count':35,'prompt_eval_cached_count':0,'prompt_eval_duration':585500000";
        CallResult generate = CallResult.of(
                stream(lines(lastGenerateLine("a", fields))).chunking(cuts), client -> client.generate(GENERATE));
        assertThat(((Done) generate.events().get(1)).stats().promptEvalCachedCount())
                .isZero();
        String early = chatLine("a").replace("\"done\":false", json("'prompt_eval_cached_count':3,'done':false"));
        CallResult chat = CallResult.of(
                stream(lines(early, lastChatLine("b", "'prompt_eval_cached_count':5")))
                        .chunking(cuts),
                client -> client.chat(CHAT));
        assertThat(chat.error()).isNull();
        assertThat(chat.events().subList(0, 2)).containsExactly(token("a"), token("b"));
        assertThat(((Done) chat.events().get(2)).stats().promptEvalCachedCount())
                .isEqualTo(5);
    }

    @Test
    @DisplayName("D17 a model that can be switched")
    void aModelThatCanBeSwitched() {
        ThinkingModes modes =
                shown("{'thinking':{'values':[false,true],'default':true}}").thinking();
        assertThat(modes.values()).containsExactly(Think.OFF, Think.ON);
        assertThat(modes.defaultValue()).isEqualTo(Think.ON);
        assertThat(modes.isSupported()).isTrue();
        assertThat(modes.canBeSwitchedOff()).isTrue();
    }

    @Test
    @DisplayName("D18 a model with levels; one that can't think")
    void aModelWithLevelsAndOneThatCannotThink() {
        ThinkingModes levels = shown("{'thinking':{'values':['low','medium','high'],'default':'medium'}}")
                .thinking();
        assertThat(levels.values()).containsExactly(Think.LOW, Think.MEDIUM, Think.HIGH);
        assertThat(levels.defaultValue()).isEqualTo(Think.MEDIUM);
        assertThat(levels.canBeSwitchedOff()).isFalse();
        assertThat(levels.isSupported()).isTrue();
        ThinkingModes none =
                shown("{'thinking':{'values':[false],'default':false}}").thinking();
        assertThat(none.isSupported()).isFalse();
    }

    @Test
    @DisplayName("D19 without metadata the capability stands alone")
    void withoutMetadataTheCapabilityStandsAlone() {
        Shown shown = shown("{'capabilities':['completion','thinking']}");
        assertThat(shown.thinking()).isNull();
        assertThat(shown.capabilities()).contains("thinking");
        for (String unreadable : List.of("null", "true", "{}", "{'values':'low'}", "[]")) {
            assertThat(shown("{'thinking':" + unreadable + "}").thinking())
                    .as(unreadable)
                    .isNull();
        }
        assertThat(shown("{'thinking':{'values':[1,'a',''],'default':7}}").thinking())
                .isEqualTo(new ThinkingModes(List.of(Think.of("a")), null));
    }

    @ParameterizedTest(name = "D44 two variants of one name are two events, {0}")
    @EveryCut
    void twoVariantsOfOneNameAreTwoEvents(Chunking cuts) {
        String row = "{'name':'f:8b','model':'f:8b','digest':'%s','size':1,'details':{'runner':'%s'}}";
        String document = "{'models':[" + row.formatted("a1", "ggml") + "," + row.formatted("b2", "llamacpp") + "]}";
        CallResult result = CallResult.of(Answer.json(200, json(document)).chunking(cuts), OllamaClient::models);
        assertThat(result.events())
                .extracting(event -> ((Installed) event).name()
                        + ((Installed) event).digest()
                        + ((Installed) event).details().runner())
                .containsExactly("f:8ba1ggml", "f:8bb2llamacpp");
    }

    @Test
    @DisplayName("D46 the variants of a model")
    void theVariantsOfAModel() {
        Shown shown = shown("{'manifests':[{'digest':'sha256:a','runner':'mlx','format':'safetensors','selected':true},"
                + "{'digest':'sha256:b','runner':'llamacpp','format':'gguf'}],'details':{'runner':'mlx'}}");
        assertThat(shown.manifests())
                .extracting(each -> each.digest() + " " + each.runner() + " " + each.format() + " " + each.selected())
                .containsExactly("sha256:a mlx safetensors true", "sha256:b llamacpp gguf false");
        assertThat(shown.details().runner()).isEqualTo("mlx");
    }

    @Test
    @DisplayName("D47 all variants described")
    void allVariantsDescribed() {
        Answer answer = Answer.json(
                200,
                json(
                        "{'manifests':[{'runner':'mlx','details':{'format':'safetensors'},"
                                + "'model_info':{'a':1}},{'runner':'ggml','details':{'format':'gguf'},'license':'own'}],'license':'L'}"));
        CallResult result =
                CallResult.of(answer, client -> client.show(ShowRequest.of("m").allManifests(true)));
        assertThat(result.events())
                .extracting(event -> ((Shown) event).runner() + " " + ((Shown) event).license() + " "
                        + ((Shown) event).details().format())
                .containsExactly("mlx L safetensors", "ggml own gguf");
        assertThat(((Shown) result.events().get(0)).modelInfo()).hasToString(json("{'a':1}"));
    }

    @ParameterizedTest(name = "D49 a pull of a variant that isn't there fails with what came before, {0}")
    @EveryCut
    void aPullOfAVariantThatIsNotThereFails(Chunking cuts) {
        Answer answer = stream(lines(
                json("{'status':'pulling manifest'}"),
                json("{'error':'no compatible manifest found for runners: mlx'}")));
        CallResult.of(
                        answer.chunking(cuts),
                        client -> client.pull(PullRequest.of("m").runner("mlx")))
                .assertReported(
                        "no compatible manifest found for runners: mlx",
                        "",
                        new ProgressEvent.Status("pulling manifest"));
    }

    @Test
    @DisplayName("D50 a loaded model with its runner; without")
    void aLoadedModelWithItsRunner() {
        CallResult result = CallResult.of(
                Answer.json(200, json("{'models':[{'name':'a','runner':'llamacpp'},{'name':'b'}]}")),
                OllamaClient::running);
        assertThat(result.events())
                .extracting(event -> ((Running) event).runner())
                .containsExactly("llamacpp", null);
    }

    @ParameterizedTest(name = "D56 statuses of an import of safetensors, {0}")
    @EveryCut
    void statusesOfAnImportOfSafetensors(Chunking cuts) {
        List<String> statuses = List.of(
                "importing m (2 tensors, quantizing to MXFP8)",
                "importing config config.json",
                "writing manifest for m",
                "writing manifest",
                "successfully imported m with 5 layers");
        String body = statuses.stream()
                .map(status -> json("{'status':'" + status + "'}\n"))
                .reduce("", String::concat);
        List<Object> expected =
                new ArrayList<>(statuses.stream().map(ProgressEvent.Status::new).toList());
        expected.add(new ProgressEvent.Success());
        CallResult.of(
                        stream(body + json("{'status':'success'}\n")).chunking(cuts),
                        client -> client.create(CreateRequest.of("m")))
                .assertCompleted(expected.toArray());
    }

    @ParameterizedTest(name = "D58 pictures of an answer, {0}")
    @EveryCut
    void picturesOfAnAnswer(Chunking cuts) {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .otherwise(request -> stream(lines(lastChatLineWithMessage("", "'images':['aGk=','eW8=']")))
                                .chunking(cuts));
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            CallResult result = CallResult.of(client.chat(CHAT));
            assertThat(result.error()).isNull();
            assertThat(result.events())
                    .filteredOn(Image.class::isInstance)
                    .extracting(image -> new String(((Image) image).toArray(), StandardCharsets.UTF_8))
                    .containsExactly("hi", "yo");
            Completion whole = client.chat(CHAT).as(Tokens::collect).block(CallResult.LIMIT);
            assertThat(whole.message().fields().get("images")).hasToString(json("['aGk=','eW8=']"));
        }
    }

    @ParameterizedTest(name = "D59 a model that stops inside its thinking, {0}")
    @EveryCut
    void aModelThatStopsInsideItsThinking(Chunking cuts) {
        Answer answer = stream(
                lines(chatLine("", "'thinking':'hm'"), lastChatLine("", "'done_reason':'stop'", "'eval_count':137")));
        CallResult result = CallResult.of(answer.chunking(cuts), client -> client.chat(CHAT));
        assertThat(result.error()).isNull();
        assertThat(result.events()).first().isEqualTo(new Thinking("hm", List.of()));
        assertThat(result.events()).hasSize(2);
        assertThat(((Done) result.events().get(1)).stats().evalCount()).isEqualTo(137);
    }

    @ParameterizedTest(name = "D60 unknown fields are kept and told once, {0}")
    @EveryCut
    void unknownFieldsAreKeptAndToldOnce(Chunking cuts) {
        String first = chatLine("a", "'mood':{'x':[1.50]}").replace("\"done\"", json("'later':1,'done'"));
        Answer answer = stream(
                lines(first, chatLine("b", "'mood':2"), lastChatLine("", "'later':'z'", "'prompt_eval_miracles':0")));
        Queue<UnknownField> told = new ConcurrentLinkedQueue<>();
        CallResult result = CallResult.of(
                answer.chunking(cuts), config -> config.onUnknownField(told::add), client -> client.chat(CHAT));
        assertThat(result.error()).isNull();
        assertThat(result.events())
                .extracting(event -> ((OllamaEvent) event).extras().toString())
                .containsExactly(
                        json("{'later':1,'message':{'mood':{'x':[1.50]}}}"),
                        json("{'message':{'mood':2}}"),
                        json("{'later':'z','prompt_eval_miracles':0}"));
        assertThat(told)
                .extracting(UnknownField::name)
                .containsExactlyInAnyOrder("later", "message.mood", "prompt_eval_miracles");
        assertThat(((Token) result.events().get(0)).text()).isEqualTo("a");
    }

    @ParameterizedTest(name = "D60 unknown fields of lines without an event come with the next, {0}")
    @EveryCut
    void unknownFieldsOfLinesWithoutAnEventComeWithTheNext(Chunking cuts) {
        Answer answer = stream(lines(
                json("{'model':'m','queue':1,'done':false}"),
                json("{'model':'m','queue':2,'slot':'a','done':false}"),
                chatLine("a"),
                lastChatLine("")));
        CallResult result = CallResult.of(answer.chunking(cuts), client -> client.chat(CHAT));
        assertThat(result.error()).isNull();
        assertThat(result.events())
                .extracting(event -> ((OllamaEvent) event).extras().toString())
                .containsExactly(json("{'queue':2,'slot':'a'}"), "{}");
    }

    /** Copying all of them for each one would take minutes. */
    @Test
    @DisplayName("D60 a hundred thousand unknown fields")
    void aHundredThousandUnknownFields() {
        String many =
                IntStream.range(0, 100_000).mapToObj(i -> "\"f" + i + "\":0,").collect(Collectors.joining());
        Queue<UnknownField> told = new ConcurrentLinkedQueue<>();
        CallResult chat = CallResult.of(
                stream(lines("{" + many + lastChatLine("").substring(1))),
                config -> config.onUnknownField(told::add),
                client -> client.chat(CHAT));
        assertThat(chat.error()).isNull();
        assertThat(((OllamaEvent) chat.events().get(0)).extras().fields()).hasSize(100_000);
        assertThat(told).hasSize(1000);
        assertThat(shown("{" + many + "\"license\":\"l\"}").extras().fields()).hasSize(100_000);
    }

    @Test
    @DisplayName("D60 what the library knows isn't unknown, whatever it stands beside")
    void whatTheLibraryKnowsIsNotUnknown() {
        CallResult pull = CallResult.of(
                stream(lines(json("{'status':'a','total':1,'completed':0}"), json("{'status':'success','total':2}"))),
                client -> client.pull(PullRequest.of("m")));
        pull.assertCompleted(new ProgressEvent.Status("a"), new ProgressEvent.Success());
        assertThat(shown("{'details':{'extras':{'a':1}}}").details().extras()).hasToString(json("{'extras':{'a':1}}"));
    }

    @Test
    @DisplayName("D60 unknown fields of every family")
    void unknownFieldsOfEveryFamily() {
        assertThat(shown("{'license':'l','color':null,'details':{'shape':1}}"))
                .satisfies(shown -> assertThat(shown.extras()).hasToString(json("{'color':null}")))
                .satisfies(shown -> assertThat(shown.details().extras()).hasToString(json("{'shape':1}")));
        CallResult models =
                CallResult.of(Answer.json(200, json("{'models':[{'name':'a','rank':7}]}")), OllamaClient::models);
        assertThat(((Installed) models.events().get(0)).extras()).isEqualTo(JsonValue.parse(json("{'rank':7}")));
        CallResult version =
                CallResult.of(Answer.json(200, json("{'version':'1','build':'b'}")), OllamaClient::version);
        assertThat(version.events()).first().extracting("extras").hasToString(json("{'build':'b'}"));
    }

    @Test
    @DisplayName("D62 the capability of deciding; recommendations with thinking and applications")
    void capabilitiesAndRecommendations() {
        assertThat(shown("{'capabilities':['decision'],'details':{'family':'any'}}")
                        .capabilities())
                .containsExactly("decision");
        CallResult result = CallResult.of(
                Answer.json(
                        200,
                        json("{'mappings':{'editor':{'model':'q','required_plan':'pro'}},'recommendations':"
                                + "[{'model':'m','thinking':{'values':[false,true],'default':false}},{'model':'n'}]}")),
                OllamaClient::recommendations);
        assertThat(result.error()).isNull();
        assertThat(((Recommendation) result.events().get(0)).thinking().defaultValue())
                .isEqualTo(Think.OFF);
        assertThat(((Recommendation) result.events().get(1)).thinking()).isNull();
        assertThat(result.events().get(2))
                .isInstanceOfSatisfying(
                        RecommendedFor.class,
                        each -> assertThat(each.application() + each.model() + each.requiredPlan())
                                .isEqualTo("editorqpro"));
    }
}
