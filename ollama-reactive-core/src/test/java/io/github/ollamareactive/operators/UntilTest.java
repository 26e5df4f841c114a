// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static io.github.ollamareactive.operators.Events.every;
import static io.github.ollamareactive.operators.Events.thinking;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Enough is enough: where an answer is cut, that it ends regularly and that the model is stopped. */
final class UntilTest {
    private static final Budget NONE = Budget.UNLIMITED;

    /** The answer within a budget, for every way to cut the text into two, and into single characters. */
    private static void expect(Budget budget, String text, String cut, String reason) {
        for (int i = 0; i <= text.length(); i++) {
            expect(budget, cut, reason, text.substring(0, i), text.substring(i));
        }
        expect(budget, cut, reason, text.split("(?<=.)"));
        expect(budget, cut, reason, text.split("(?<=\\X)"));
    }

    private static void expect(Budget budget, String cut, String reason, String... pieces) {
        Completion completion = answer(pieces)
                .transform(Tokens.until(budget))
                .as(Tokens::collect)
                .block(SOON);
        assertThat(completion.text()).as("%s", List.of(pieces)).isEqualTo(cut);
        assertThat(completion.summary().reason()).as("%s", List.of(pieces)).isEqualTo(reason);
        if (reason.equals(Summary.BUDGET)) {
            assertThat(completion.summary().server()).isEqualTo(GenerationStats.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, abcdefg, abcde, budget",
        "5, abcde, abcde, stop",
        "5, abc, abc, stop",
        "5, abcde\u0301x, abcd, budget",
        "6, abcde\u0301x, abcde\u0301, budget",
        "4, ab\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67z, ab, budget",
        "10, ab\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67z, ab\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67, budget",
        "7, \uD83C\uDDEB\uD83C\uDDF7\uD83C\uDDE9\uD83C\uDDEA, \uD83C\uDDEB\uD83C\uDDF7, budget",
        "3, \u1112\u1161\u11ab\u1100\u1173\u11af, \u1112\u1161\u11ab, budget",
        "2, a\uD83D\uDE00, a, budget",
        "1, \uD83D\uDE00a, '', budget",
    })
    void charactersAreCutExactlyAndNeverInsideOfAGrapheme(int limit, String text, String cut, String reason) {
        expect(NONE.characters(limit), text, cut, reason);
    }

    @Test
    void aLongAnswerIsOnlyHeldNearItsLimit() {
        List<GenerationEvent> events = answer("x".repeat(80), "y".repeat(15), "z".repeat(10))
                .transform(Tokens.until(NONE.characters(100)))
                .collectList()
                .block(SOON);
        assertThat(events)
                .containsExactly(
                        token("x".repeat(79)),
                        token("x" + "y".repeat(14)),
                        token("y" + "z".repeat(5)),
                        BudgetPolicy.ENOUGH);
    }

    @Test
    void whatIsHeldComesOutBeforeAnythingElse() {
        List<GenerationEvent> events = Flux.<GenerationEvent>just(token("ab"), thinking("hm"), token("c"), DONE)
                .transform(Tokens.until(NONE.characters(10)))
                .collectList()
                .block(SOON);
        assertThat(events).containsExactly(token("a"), token("b"), thinking("hm"), token("c"), DONE);
        StepVerifier.create(Flux.<GenerationEvent>just(token("ab"))
                        .concatWith(Flux.error(new IllegalStateException("x")))
                        .transform(Tokens.until(NONE.characters(10))))
                .expectNext(token("a"), token("b"))
                .expectErrorMessage("x")
                .verify(SOON);
    }

    @ParameterizedTest
    @CsvSource({
        "1, One. Two. Three., One., budget",
        "2, One. Two. Three., One. Two., budget",
        "3, One. Two. Three., One. Two. Three., stop",
        "1, It is 3.14 or so! Yes., It is 3.14 or so!, budget",
        "1, See a.b/c?d=1 there. Yes., See a.b/c?d=1 there., budget",
        "1, He said „Wait…” and left. No., He said „Wait…” and left., budget",
        "1, \u4F60\u597D\u3002\u518D\u89C1\u3002, \u4F60\u597D\u3002, budget",
        "2, \u4F60\u597D\u3002\u518D\u89C1\uFF01\u300D\u597D, \u4F60\u597D\u3002\u518D\u89C1\uFF01\u300D, budget",
        "2, What?! Really?! Yes, What?! Really?!, budget",
    })
    void sentencesAreCutBehindTheirMarks(int limit, String text, String cut, String reason) {
        expect(NONE.sentences(limit), text, cut, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3, the cat sat the cat sat the cat sat, budget",
        "8, 3, so: the cat sat the cat sat the cat sat, budget",
        "2, 3, the cat sat the cat sat the cat sat, stop",
        "3, 4, the cat sat the cat sat the cat sat, stop",
        "4, 3, the cat sat on the cat sat in the cat sat, stop",
        "1, 4, no no no no, budget",
        "1, 4, \u54C8\u54C8\u54C8\u54C8, budget",
        "2, 5, 'a, a, a, a, a, b', budget",
        "3, 3, -- -- -- !, stop",
    })
    void circlesAreSeen(int words, int times, String text, String reason) {
        for (String[] pieces :
                List.of(new String[] {text + " x"}, (text + " x").split("(?<=.)"), (text + " x").split("(?<= )"))) {
            Completion completion = answer(pieces)
                    .transform(Tokens.until(NONE.repetition(words, times)))
                    .as(Tokens::collect)
                    .block(SOON);
            assertThat(completion.summary().reason()).as("%s", List.of(pieces)).isEqualTo(reason);
            assertThat(text + " x").startsWith(completion.text());
        }
    }

    @Test
    void tokensCountThinkingAndProbabilities() {
        List<Logprob> three = List.of(
                new Logprob("a", -1, null, List.of()),
                new Logprob("b", -1, null, List.of()),
                new Logprob("c", -1, null, List.of()));
        assertThat(Flux.<GenerationEvent>just(thinking("hm"), token("a"), new Token("abc", three), token("d"), DONE)
                        .transform(Tokens.until(NONE.tokens(5)))
                        .collectList()
                        .block(SOON))
                .containsExactly(thinking("hm"), token("a"), new Token("abc", three), BudgetPolicy.ENOUGH);
    }

    @Test
    void theModelIsStoppedAtOnceAndBothSidesHaveTheirSummary() {
        List<Summary> below = new ArrayList<>();
        List<Summary> above = new ArrayList<>();
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        AtomicLong asked = new AtomicLong();
        StepVerifier.create(
                        source.flux()
                                .doOnRequest(asked::addAndGet)
                                .transform(Stats.onEnd(below::add))
                                .transform(Tokens.until(NONE.tokens(2)))
                                .transform(Stats.onEnd(above::add)),
                        0)
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(1))
                .then(() -> source.next(token("a")))
                .expectNext(token("a"))
                .then(() -> assertThat(asked).hasValue(1))
                .thenRequest(1)
                .then(() -> source.next(token("b")))
                .expectNext(token("b"))
                .then(source::assertCancelled)
                .then(() -> assertThat(above).isEmpty())
                .thenRequest(1)
                .assertNext(end -> assertThat(((Done) end).reason()).isEqualTo("budget"))
                .expectComplete()
                .verify(SOON);
        assertThat(asked).hasValue(2);
        assertThat(below).extracting(Summary::reason).containsExactly(Summary.CANCELLED);
        assertThat(above).extracting(Summary::reason).containsExactly(Summary.BUDGET);
        assertThat(above.get(0).client().events()).isEqualTo(3);
    }

    @Test
    void timeIsUpAlsoForAReaderThatPauses() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.withVirtualTime(
                        () -> source.flux().transform(Tokens.until(NONE.duration(Duration.ofSeconds(2)))), 1)
                .then(() -> source.next(token("a")))
                .expectNext(token("a"))
                .thenAwait(Duration.ofMillis(1999))
                .then(() -> source.assertNotCancelled())
                .thenAwait(Duration.ofMillis(1))
                .then(source::assertCancelled)
                .thenRequest(1)
                .expectNext(BudgetPolicy.ENOUGH)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void anAnswerWithinItsTimeIsLeftAlone() {
        StepVerifier.withVirtualTime(() -> every(500, token("a"), token("b"), DONE)
                        .transform(Tokens.until(
                                NONE.duration(Duration.ofMillis(1501)).tokens(3).characters(50))))
                .thenAwait(Duration.ofSeconds(10))
                .expectNext(token("a"))
                .thenConsumeWhile(Token.class::isInstance)
                .expectNext(DONE)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void timeIsNotUpWhenTheEndHasComeAndOnlyWaits() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<GenerationEvent> got = new ArrayList<>();
            BaseSubscriber<GenerationEvent> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                    request(2);
                }

                @Override
                protected void hookOnNext(GenerationEvent event) {
                    got.add(event);
                }
            };
            answer("ab")
                    .concatWith(Flux.never())
                    .transform(Tokens.until(NONE.characters(9).duration(Duration.ofSeconds(2))))
                    .subscribe(reader);
            time.advanceTimeBy(Duration.ofSeconds(5));
            assertThat(got).containsExactly(token("a"), token("b"));
            reader.request(5);
            assertThat(got).containsExactly(token("a"), token("b"), DONE);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void aTestOfTheEventsEndsItToo() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        AtomicLong asked = new AtomicLong();
        StepVerifier.create(
                        source.flux()
                                .doOnRequest(asked::addAndGet)
                                .transform(Tokens.until(event ->
                                        event instanceof Token t && t.text().contains("!"))),
                        1)
                .then(() -> source.next(token("a")))
                .expectNext(token("a"))
                .thenRequest(1)
                .then(() -> source.next(token("b!")))
                .expectNext(token("b!"))
                .then(() -> assertThat(asked).hasValue(2))
                .then(source::assertCancelled)
                .thenRequest(1)
                .expectNext(BudgetPolicy.ENOUGH)
                .expectComplete()
                .verify(SOON);
        assertThat(answer("a")
                        .transform(Tokens.until(event -> false))
                        .collectList()
                        .block(SOON))
                .containsExactly(token("a"), DONE);
    }

    @Test
    void aBudgetIsPositive() {
        assertThatThrownBy(() -> NONE.tokens(0)).hasMessage("tokens must be positive");
        assertThatThrownBy(() -> NONE.characters(-1)).hasMessage("characters must be positive");
        assertThatThrownBy(() -> NONE.sentences(0)).hasMessage("sentences must be positive");
        assertThatThrownBy(() -> NONE.duration(Duration.ZERO)).hasMessage("duration must be positive: PT0S");
        assertThatThrownBy(() -> NONE.repetition(0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NONE.repetition(3, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyBudgetChangesNothing() {
        List<GenerationEvent> events = answer("a", "", "b").collectList().block(SOON);
        assertThat(Flux.fromIterable(events)
                        .transform(Tokens.until(NONE))
                        .collectList()
                        .block(SOON))
                .isEqualTo(events);
        StepVerifier.create(Mono.<GenerationEvent>never().flux().transform(Tokens.until(NONE)))
                .thenCancel()
                .verify(SOON);
    }
}
