// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.decision.DecisionEvent.Choice;
import io.github.ollamareactive.decision.DecisionEvent.Done;
import io.github.ollamareactive.decision.DecisionEvent.Other;
import io.github.ollamareactive.decision.DecisionEvent.Score;
import io.github.ollamareactive.decision.DecisionEvent.Unanswered;
import io.github.ollamareactive.decision.DecisionEvent.YesNo;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.decision.Question;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/** The answers of decision models. */
final class DecisionCasesTest {
    private static final String USAGE = "'usage':{'input_tokens':77,'output_tokens':1}";

    private static CallResult decided(Chunking cuts, String answers, String... questions) {
        DecisionRequest request = DecisionRequest.of("nimble", "s");
        for (String question : questions) {
            request = request.ask(question, Question.yesNo("i"));
        }
        DecisionRequest all = request;
        String document = json("{'model':'nimble','answers':{" + answers + "}," + USAGE + "}");
        return CallResult.of(Answer.json(200, document).chunking(cuts), client -> client.decide(all));
    }

    private static DecisionEvent one(Chunking cuts, String answer) {
        CallResult result = decided(cuts, "'q':" + answer, "q");
        assertThat(result.error()).isNull();
        assertThat(result.events()).hasSize(2).last().isEqualTo(new Done("nimble", 77L, 1L, JsonObject.EMPTY));
        return (DecisionEvent) result.events().get(0);
    }

    @ParameterizedTest(name = "D22 a choice, its options in any order, {0}")
    @EveryCut
    void aChoice(Chunking cuts) {
        Choice choice = (Choice) one(
                cuts,
                "{'type':'choice','choice':'vscode','probabilities':{'vscode':0.966,'other':0.017,"
                        + "'browser':0.010,'terminal':0.007},'confidence':0.868}");
        assertThat(choice.choice()).isEqualTo("vscode");
        assertThat(choice.confidence()).isEqualTo(0.868);
        assertThat(choice.probabilities()).containsEntry("browser", 0.01).hasSize(4);
        assertThat(choice.probabilities().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(1, within(1e-9));
    }

    @ParameterizedTest(name = "D23 yes or no with full precision, {0}")
    @EveryCut
    void yesOrNo(Chunking cuts) {
        assertThat(one(cuts, "{'type':'noul','noul':0.8867295923317952}"))
                .isEqualTo(new YesNo("q", 0.8867295923317952, JsonObject.EMPTY));
    }

    @ParameterizedTest(name = "D24 a score, {0}")
    @EveryCut
    void aScore(Chunking cuts) {
        assertThat(one(
                        cuts,
                        "{'type':'score','score':0.8308,'legend':{'0':'Routine','1':'Soon','2':'Immediate'},"
                                + "'probabilities':{'2':0.0308,'0':0.2,'1':0.7692},'confidence':0.4257}"))
                .isEqualTo(new Score(
                        "q",
                        0.8308,
                        List.of("Routine", "Soon", "Immediate"),
                        List.of(0.2, 0.7692, 0.0308),
                        0.4257,
                        JsonObject.EMPTY));
    }

    @ParameterizedTest(name = "D25 an answer without its value is malformed, {0}")
    @EveryCut
    void anAnswerWithoutItsValueIsMalformed(Chunking cuts) {
        for (String answer : List.of(
                "{'type':'noul'}",
                "{'type':'noul','noul':null}",
                "{'type':'noul','noul':true}",
                "{'type':'noul','noul':1e999}",
                "{'type':'choice','choice':'a','probabilities':{'a':'much'}}",
                "{'type':'score','score':1,'probabilities':{'0':null}}",
                "{'type':'score','legend':{}}",
                "{'type':'choice'}",
                "7")) {
            CallResult result = decided(cuts, "'q':" + answer, "q");
            assertThat(result.assertFailed(OllamaException.Protocol.class))
                    .as(answer)
                    .message()
                    .isNotBlank();
        }
    }

    @ParameterizedTest(name = "D26 an answer of an unknown type is kept, {0}")
    @EveryCut
    void anAnswerOfAnUnknownTypeIsKept(Chunking cuts) {
        CallResult result = decided(cuts, "'b':{'type':'noul','noul':1},'a':{'type':'box','top':0.1}", "a", "b");
        assertThat(result.error()).isNull();
        assertThat(result.events().subList(0, 2))
                .containsExactly(
                        new Other("a", (JsonObject) JsonValue.parse(json("{'type':'box','top':0.1}"))),
                        new YesNo("b", 1, JsonObject.EMPTY));
    }

    @ParameterizedTest(name = "D27 a question without an answer is reported, {0}")
    @EveryCut
    void aQuestionWithoutAnAnswerIsReported(Chunking cuts) {
        CallResult result = decided(cuts, "'a':{'type':'noul','noul':0.5,'new':1}", "a", "b");
        assertThat(result.error()).isNull();
        assertThat(result.events().subList(0, 2))
                .containsExactly(
                        new YesNo("a", 0.5, (JsonObject) JsonValue.parse(json("{'new':1}"))), new Unanswered("b"));
    }
}
