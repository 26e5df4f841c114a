// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static io.github.ollamareactive.operators.Events.thinking;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A budget of sentences and the window of sentences cut at the same places. */
final class SentenceBudgetTest {
    private static final Breaks ROOT = Breaks.jdk(Locale.ROOT);

    /** What so many sentences of the window are, without the blanks behind; the whole text where there are no more. */
    private static String first(int n, List<String> segments) {
        StringBuilder text = new StringBuilder();
        int left = n;
        for (String segment : segments) {
            if (left == 0 && !segment.isBlank()) {
                return text.toString().stripTrailing();
            }
            left -= segment.isBlank() ? 0 : 1;
            text.append(segment);
        }
        return text.toString();
    }

    private static void check(String text, Breaks breaks, int most, Random random) {
        List<String> segments = answer(text)
                .transform(Tokens.sentences(breaks))
                .ofType(Segment.class)
                .map(Segment::text)
                .collectList()
                .block(SOON);
        for (int n = 1; n <= Math.min(most, segments.size() + 1); n++) {
            String expected = first(n, segments);
            for (List<String> pieces :
                    List.of(List.of(text), SampleTexts.characters(text), SampleTexts.pieces(text, random, 8))) {
                Completion completion = answer(pieces)
                        .transform(Tokens.until(Budget.UNLIMITED.sentences(n, breaks)))
                        .as(Tokens::collect)
                        .block(SOON);
                assertThat(completion.text())
                        .as("%d of %s in %s", n, segments, pieces)
                        .isEqualTo(expected);
                assertThat(completion.summary().reason())
                        .as("%d of %s", n, segments)
                        .isEqualTo(expected.equals(text) ? "stop" : Summary.BUDGET);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    root | Dr. Smith came at 5 p.m. and left. He was tired.
                    root | It costs 3.50 e.g. in Paris, i.e. there. Yes.
                    root | 1. Open it. 2. Close it. 3. Go home.
                    root | He said "Stop!" and left. "Why?" she asked. Nobody knew...
                    root | See https://example.org/a.b?c=d. Then go on. Done!
                    root | A. B. C. D
                    de   | Am 3. Oktober war z. B. frei. Dann kam Nr. 5. Und jetzt?
                    fr   | Il dit « Non ! » puis partit. M. Martin resta. Voilà.
                    ja   | 「はい。」と言った。そして帰った！なぜ？
                    hi   | यह पहला वाक्य है। यह दूसरा है। क्या?
                    root | One line\\nAnother line\\n\\nA third.  \\n
                    root | \\n\\n  First. Second.
                    root | ```\\nx. Y. z.\\n```\\nBehind. The end.
                    """)
    void g9TheSentencesOfABudgetAreThoseOfTheWindow(String locale, String text) {
        Breaks breaks = Breaks.jdk(locale.equals("root") ? Locale.ROOT : Locale.forLanguageTag(locale));
        check(text.translateEscapes(), breaks, 10, new Random(text.hashCode()));
    }

    @RepeatedTest(20)
    void g9RandomTextsOfManyScriptsToo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int script = 0; script <= SampleTexts.SCRIPTS.size(); script++) {
            check(SampleTexts.random(random, script, 25), ROOT, 4, random);
        }
    }

    @Test
    void g9SentencesByIcuToo() {
        check("Mr. Brown came. He left. Etc. etc. Done.", Breaks.icu(Locale.ENGLISH), 5, new Random(1));
    }

    @Test
    void g9TextGoesOnAsItComesUpToThePlaceThatIsUncertain() {
        assertThat(answer("It is", " true", ".", " I", " think so. Really.")
                        .transform(Tokens.until(Budget.UNLIMITED.sentences(2)))
                        .collectList()
                        .block(SOON))
                .containsExactly(
                        token("It is"),
                        token(" true"),
                        token("."),
                        token(" I"),
                        token(" think so."),
                        BudgetPolicy.ENOUGH);
        StepVerifier.create(Flux.concat(answer("One", ".", " ").take(3), Flux.never())
                        .transform(Tokens.until(Budget.UNLIMITED.sentences(1))))
                .expectNext(token("One"), token("."))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void g9AToolCallAndThinkingEndASentenceAndAreNotCutOff() {
        ToolCall call = new ToolCall("id", null, "look", new JsonObject(java.util.Map.of()));
        List<GenerationEvent> one = List.of(thinking("Hm. Hm."), token("Let me look "), new ToolCalled(call), DONE);
        assertThat(Flux.fromIterable(one)
                        .transform(Tokens.until(Budget.UNLIMITED.sentences(1)))
                        .collectList()
                        .block(SOON))
                .containsExactly(thinking("Hm. Hm."), token("Let me look"), token(" "), new ToolCalled(call), DONE);
        assertThat(Flux.<GenerationEvent>just(token("Let me look"), thinking("Hm"), token("\n"), token("There"), DONE)
                        .transform(Tokens.until(Budget.UNLIMITED.sentences(1)))
                        .collectList()
                        .block(SOON))
                .containsExactly(token("Let me look"), thinking("Hm"), BudgetPolicy.ENOUGH);
    }
}
