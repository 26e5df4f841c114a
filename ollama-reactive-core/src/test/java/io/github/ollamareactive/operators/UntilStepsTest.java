// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static io.github.ollamareactive.operators.Events.every;
import static io.github.ollamareactive.operators.Events.thinking;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** One budget for several answers, and upstream cancelled before anything else. */
final class UntilStepsTest {
    private static final Budget NONE = Budget.UNLIMITED;

    private static List<GenerationEvent> within(Budget budget, Flux<GenerationEvent> events) {
        return events.transform(Tokens.until(budget)).collectList().block(SOON);
    }

    @Test
    void g4TokensCountOverAllSteps() {
        assertThat(within(NONE.tokens(3), Flux.concat(answer("a", "b"), answer("c", "d"))))
                .containsExactly(token("a"), token("b"), DONE, token("c"), BudgetPolicy.ENOUGH);
    }

    @Test
    void g4CharactersCountOverAllStepsAndNothingIsDroppedInTheMiddle() {
        for (int limit = 1; limit <= 8; limit++) {
            List<GenerationEvent> events =
                    within(NONE.characters(limit), Flux.concat(answer("abc", "de"), answer("fgh", "ij")));
            assertThat(Events.text(events)).isEqualTo("abcdefghij".substring(0, limit));
            assertThat(events).endsWith(BudgetPolicy.ENOUGH);
        }
        List<GenerationEvent> all = within(NONE.characters(10), Flux.concat(answer("abc", "de"), answer("fgh", "ij")));
        assertThat(Events.text(all)).isEqualTo("abcdefghij");
        assertThat(all).endsWith(DONE).doesNotContain(BudgetPolicy.ENOUGH);
    }

    @Test
    void g4SentencesAndLoopsCountOverAllSteps() {
        assertThat(Events.text(within(NONE.sentences(2), Flux.concat(answer("One"), answer("Two. Three")))))
                .isEqualTo("OneTwo.");
        Flux<GenerationEvent> step = answer("well then so ");
        assertThat(within(NONE.repetition(4, 4), Flux.concat(step, step, step, step, step, step)))
                .endsWith(BudgetPolicy.ENOUGH)
                .hasSize(8);
    }

    @Test
    void g4ATestOfTheEventsLooksAtAllSteps() {
        assertThat(Flux.concat(answer("a"), answer("b", "c"))
                        .transform(Tokens.until(event -> event.equals(token("b"))))
                        .collectList()
                        .block(SOON))
                .containsExactly(token("a"), DONE, token("b"), BudgetPolicy.ENOUGH);
    }

    @Test
    void g4TimeCountsOverAllStepsAndEndsTheStreamBetweenThem() {
        Flux<GenerationEvent> steps =
                Flux.concat(every(400, token("a"), DONE), every(400, token("b"), token("c"), DONE));
        StepVerifier.withVirtualTime(() -> steps.transform(Tokens.until(NONE.duration(Duration.ofMillis(1300)))))
                .thenAwait(Duration.ofMillis(1299))
                .expectNext(token("a"), DONE, token("b"))
                .thenAwait(Duration.ofMillis(1))
                .expectNext(BudgetPolicy.ENOUGH)
                .expectComplete()
                .verify(SOON);
        List<String> signals = new ArrayList<>();
        StepVerifier.withVirtualTime(() -> Flux.concat(
                                every(400, token("a"), DONE),
                                Mono.<GenerationEvent>never().flux().doOnCancel(() -> signals.add("cancelled")))
                        .transform(Tokens.until(NONE.duration(Duration.ofMillis(1300)))))
                .thenAwait(Duration.ofMillis(1299))
                .expectNext(token("a"), DONE)
                .then(() -> assertThat(signals).isEmpty())
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(SOON);
        assertThat(signals).containsExactly("cancelled");
    }

    private static Map<String, UnaryOperator<Flux<GenerationEvent>>> budgets() {
        Map<String, UnaryOperator<Flux<GenerationEvent>>> budgets = new LinkedHashMap<>();
        budgets.put("tokens", Tokens.until(NONE.tokens(3)));
        budgets.put("characters", Tokens.until(NONE.characters(10)));
        budgets.put("sentences", Tokens.until(NONE.sentences(1)));
        budgets.put("repetition", Tokens.until(NONE.repetition(1, 3)));
        budgets.put("test", Tokens.until(event -> event.equals(token("again "))));
        return budgets;
    }

    @TestFactory
    Stream<DynamicTest> g5TheStreamIsCancelledBeforeTheCutTextAndTheEnd() {
        return budgets().entrySet().stream()
                .map(budget -> DynamicTest.dynamicTest("G5 " + budget.getKey(), () -> {
                    List<String> signals = new ArrayList<>();
                    Flux<GenerationEvent> source =
                            answer("On it. ", "No, ", "again ", "again ", "again ", "again ", "end.");
                    StepVerifier.create(source.doOnNext(event -> signals.add("came"))
                                    .doOnCancel(() -> signals.add("cancelled"))
                                    .transform(budget.getValue())
                                    .doOnNext(event -> signals.add("went")))
                            .thenConsumeWhile(event -> event != BudgetPolicy.ENOUGH)
                            .expectNext(BudgetPolicy.ENOUGH)
                            .expectComplete()
                            .verify(SOON);
                    int cancelled = signals.indexOf("cancelled");
                    assertThat(cancelled).isPositive().isEqualTo(signals.lastIndexOf("came") + 1);
                    assertThat(signals.get(cancelled + 1)).isEqualTo("went");
                }));
    }

    /** The subscriber doesn't come back from the cut text before the server has seen the client go. */
    @Test
    void g5TheServerIsToldWhileTheSubscriberStillReadsTheCutText() {
        String line = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"ab\"},\"done\":false}";
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.endless(line));
            StepVerifier.create(client.chat(ChatRequest.of("m", Message.user("hi")))
                            .transform(Tokens.until(NONE.tokens(1)))
                            .ofType(Token.class)
                            .concatMap(
                                    event -> server.exchange(0)
                                            .flatMap(Exchange::clientGone)
                                            .thenReturn("gone"),
                                    1))
                    .expectNext("gone")
                    .expectComplete()
                    .verify(SOON);
        }
    }

    @Test
    void g14TokensAreExactlyAsManyThoughAPieceCarriesSeveral() {
        List<Logprob> three = Stream.of("a", "b", "c")
                .map(text -> new Logprob(text, -1, null, List.of()))
                .toList();
        assertThat(within(NONE.tokens(3), Flux.just(token("x"), new Token("abc", three), DONE)))
                .containsExactly(token("x"), new Token("ab", three.subList(0, 2)), BudgetPolicy.ENOUGH);
        assertThat(within(NONE.tokens(4), Flux.just(token("x"), new Token("abc", three), DONE)))
                .as("exactly as many, and what follows isn't waited for")
                .containsExactly(token("x"), new Token("abc", three), BudgetPolicy.ENOUGH);
        assertThat(within(NONE.tokens(5), Flux.just(token("x"), new Token("abc", three), DONE)))
                .endsWith(DONE);
        assertThat(within(NONE.tokens(1), Flux.just(new Token("äbc", three), DONE)))
                .as("no place for the cut")
                .startsWith(new Token("äbc", three.subList(0, 1)));
        assertThat(within(NONE.tokens(2), Flux.just(thinking("hm"), thinking("hm"), thinking("hm"))))
                .containsExactly(thinking("hm"), thinking("hm"), BudgetPolicy.ENOUGH);
    }

    /** The windows' graphemes are the budget's: Devanagari conjuncts, flags, families, jamo. */
    @Test
    void g14CharactersCutWhereTheChunksDo() {
        Random random = new Random(14);
        for (int script = 0; script <= SampleTexts.SCRIPTS.size(); script++) {
            String text = SampleTexts.random(random, script, 12);
            for (int limit = 1; limit < Math.min(40, text.length()); limit++) {
                String chunk = answer(text)
                        .transform(Tokens.chunks(limit))
                        .ofType(Aggregate.Segment.class)
                        .map(Aggregate.Segment::text)
                        .blockFirst(SOON);
                for (List<String> pieces :
                        List.of(List.of(text), SampleTexts.characters(text), SampleTexts.pieces(text, random, 5))) {
                    assertThat(Events.text(within(NONE.characters(limit), answer(pieces))))
                            .as("%d of %s", limit, text)
                            .isEqualTo(chunk.length() > limit ? "" : chunk);
                }
            }
        }
    }

    @Test
    void aBudgetOfForEverIsOne() {
        assertThat(within(NONE.duration(ChronoUnit.FOREVER.getDuration()), answer("a")))
                .containsExactly(token("a"), DONE);
    }
}
