// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Ordinary texts go on, loops don't, and the pieces that a text comes in make no difference. */
final class RepetitionTest {
    private static final List<Budget.Repetition> BUDGETS =
            List.of(new Budget.Repetition(4, 3), new Budget.Repetition(8, 4), new Budget.Repetition(24, 6));
    private static final String BEFORE = "Once upon a time there was an answer. It began well, and then:\n\n";

    /** The texts of one kind, in a file of its own. */
    private static List<String> texts(String kind) throws IOException {
        try (InputStream file = RepetitionTest.class.getResourceAsStream("/repetition/" + kind + ".txt")) {
            return List.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("%%%%\n"));
        }
    }

    /** The text as a whole, by characters, and at random. */
    private static List<List<String>> pieces(String text) {
        long seed = text.hashCode();
        Random random = new Random(seed);
        List<String> some = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = Math.min(text.length(), i + 1 + random.nextInt(9));
            some.add(text.substring(i, end));
            i = end;
        }
        return List.of(List.of(text), List.of(text.split("")), some);
    }

    private static Completion within(Budget.Repetition repetition, Flux<GenerationEvent> events) {
        return events.transform(Tokens.until(Budget.UNLIMITED.repetition(repetition.words(), repetition.times())))
                .as(Tokens::collect)
                .block(SOON);
    }

    @TestFactory
    Stream<DynamicTest> g1OrdinaryTextsGoOn() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String kind :
                List.of("code", "tables", "lists", "rules", "poems", "json", "logs", "checklists", "dialogue", "cjk")) {
            List<String> texts = texts(kind);
            assertThat(texts).hasSize(5);
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i) + "\nThe end.";
                tests.add(DynamicTest.dynamicTest("G1 ordinary " + kind + " " + (i + 1), () -> ordinary(text)));
            }
        }
        return tests.stream();
    }

    private static void ordinary(String text) {
        for (Budget.Repetition repetition : BUDGETS) {
            for (List<String> pieces : pieces(text)) {
                Completion completion = within(repetition, answer(pieces));
                assertThat(completion.text()).as("%s", repetition).isEqualTo(text);
                assertThat(completion.summary().reason()).isEqualTo("stop");
            }
        }
    }

    private static Map<String, List<String>> loops() {
        Map<String, List<String>> loops = new LinkedHashMap<>();
        loops.put("words", List.of("the ", "very, ", "Yes! ", "no\n"));
        loops.put("phrases", List.of("I am a ", "and then he said ", "It is what it is. ", "\"No,\" she said. "));
        loops.put(
                "lines",
                List.of(
                        "- Buy some milk\n",
                        "print(\"hello, world\")\n",
                        "| one | two | three |\n",
                        "I don't know what to say, and so I say nothing at all, as always.\n"));
        loops.put(
                "paragraphs",
                List.of(
                        "The river is long and wide, and nobody knows where it begins.\n\nSome say in the hills. Others say that it"
                                + " has no beginning and no end, but these are old tales.\n\n",
                        "# Summary\n\n1. The first point is that there is one.\n2. The second point is like the first.\n\n"
                                + "```java\nreturn null;\n```\n\n",
                        "Sentence one of a long paragraph, with commas, and some more. ".repeat(1)
                                + Stream.iterate(1, i -> i + 1)
                                        .limit(60)
                                        .map(i -> "word" + (char) ('a' + i % 26) + (char) ('a' + i / 26))
                                        .collect(Collectors.joining(" "))
                                + ".\n\n"));
        loops.put("endless", List.of("a", "ha", "0", "lol-"));
        loops.put("unspaced", List.of("哈", "我不知道。", "そうですね、", "กขค"));
        return loops;
    }

    @TestFactory
    Stream<DynamicTest> g1LoopsEnd() {
        return loops().entrySet().stream()
                .flatMap(kind -> kind.getValue().stream()
                        .map(loop -> DynamicTest.dynamicTest(
                                "G1 loop of " + kind.getKey() + " " + loop.strip(),
                                () -> looping(loop, kind.getKey().equals("endless")))));
    }

    private static void looping(String loop, boolean endless) {
        for (Budget.Repetition repetition : BUDGETS) {
            int most = endless ? 200 : loop.length() * (repetition.times() + 3);
            String text = BEFORE + loop.repeat(2 + 2 * most / loop.length());
            List<String> ends = new ArrayList<>();
            for (List<String> pieces : pieces(text)) {
                Completion completion = within(repetition, answer(pieces));
                assertThat(completion.summary().reason()).as("%s", repetition).isEqualTo(Summary.BUDGET);
                assertThat(completion.text().length() - BEFORE.length())
                        .as("%s", repetition)
                        .isLessThanOrEqualTo(most)
                        .isGreaterThanOrEqualTo(loop.length() * (repetition.times() - 1));
                ends.add(completion.text());
            }
            assertThat(text).startsWith(ends.get(0));
            assertThat(ends).containsOnly(ends.get(0));
        }
    }

    @Test
    void g1BlanksRulesAndDataEndTooWhenTheyAreEndless() {
        for (String loop : List.of("\n", "-", "| - ", "0, ", "null, ", "<td></td>", "😀", " \t")) {
            for (List<String> pieces : pieces(BEFORE + loop.repeat(5_000 / loop.length()))) {
                Completion completion = within(BUDGETS.get(1), answer(pieces));
                assertThat(completion.summary().reason()).as(loop).isEqualTo(Summary.BUDGET);
                assertThat(completion.text().length() - BEFORE.length()).isBetween(150, 1_700);
            }
        }
    }

    @Test
    void g1ThinkingIsCutAtTheSamePlaceForEveryCutIntoPieces() {
        String text = BEFORE + "Wait, let me think. ".repeat(20);
        List<String> ends = new ArrayList<>();
        for (List<String> pieces : pieces(text)) {
            Completion completion = within(
                    BUDGETS.get(1),
                    Flux.concat(Flux.fromIterable(pieces).map(Events::thinking), answer("Never reached.")));
            assertThat(completion.summary().reason()).isEqualTo(Summary.BUDGET);
            assertThat(completion.text()).isEmpty();
            ends.add(completion.thinking());
        }
        assertThat(ends).containsOnly(ends.get(0));
        assertThat(ends.get(0)).isEqualTo(BEFORE + "Wait, let me think. ".repeat(4) + "Wait, let me think");
    }

    /** The numbers are those of the contract: how often a group comes before it is a loop. */
    @Test
    void g1TheRoundsAreThoseOfTheContract() {
        assertThat(rounds(8, 4, "the cat sat ")).isEqualTo(4);
        assertThat(rounds(8, 4, "so it ")).isEqualTo(5);
        assertThat(rounds(8, 4, "so ")).isEqualTo(6);
        assertThat(rounds(1, 4, "so ")).isEqualTo(4);
        assertThat(rounds(8, 4, "the cat, it sat. ")).isEqualTo(5);
        assertThat(rounds(8, 6, "the cat, it sat. ")).isEqualTo(6);
        assertThat(rounds(8, 4, "x = y + z; let us go on ")).isEqualTo(6);
        assertThat(rounds(2, 4, "the cat sat ")).as("longer than asked for").isEqualTo(6);
    }

    private static long rounds(int words, int times, String group) {
        String text = within(new Budget.Repetition(words, times), answer(group.repeat(20)))
                .text();
        return Math.round((double) text.length() / group.length());
    }

    @Test
    void g1AVeryLongAnswerTakesNoMoreMemoryAndNoMoreTimeForEachWord() {
        Random random = new Random(7);
        StepVerifier.create(Flux.<GenerationEvent>generate(
                                sink -> sink.next(Events.token(Integer.toString(random.nextInt(1_000), 36) + " ")))
                        .take(200_000)
                        .transform(Tokens.until(Budget.UNLIMITED.repetition(8, 4)))
                        .count())
                .expectNext(200_000L)
                .expectComplete()
                .verify(Duration.ofSeconds(60));
    }
}
