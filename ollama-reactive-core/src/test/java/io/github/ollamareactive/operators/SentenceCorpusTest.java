// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.internal.text.Segmenter;
import io.github.ollamareactive.internal.text.SentenceSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * How well sentences are found: {@code windows/sentences.txt} against its own boundaries, and the figures in
 * {@code windows/sentences.md}. The end of a document is no boundary, and a boundary is the first visible character behind it, so that
 * it doesn't matter who gets the spaces.
 */
final class SentenceCorpusTest {
    private static final double LEAST = 0.90;
    private static final long SEED = System.nanoTime();

    private record Document(String text, Set<Integer> boundaries) {
        static Document of(List<String> sentences, String between) {
            StringBuilder text = new StringBuilder();
            Set<Integer> boundaries = new TreeSet<>();
            for (String sentence : sentences) {
                if (!text.isEmpty()) {
                    boundaries.add(text.length());
                }
                text.append(sentence.replace('⏎', '\n')).append(sentence.endsWith("⏎") ? "" : between);
            }
            return new Document(text.toString(), boundaries);
        }
    }

    /** Boundaries that were found, found wrongly and missed. */
    private record Score(int right, int wrong, int missed) {
        static Score of(Set<Integer> found, Set<Integer> expected) {
            int right = (int) found.stream().filter(expected::contains).count();
            return new Score(right, found.size() - right, expected.size() - right);
        }

        Score and(Score other) {
            return new Score(right + other.right, wrong + other.wrong, missed + other.missed);
        }

        double f1() {
            return 2.0 * right / (2 * right + wrong + missed);
        }
    }

    private static Map<String, List<Document>> corpus() {
        Map<String, List<Document>> corpus = new LinkedHashMap<>();
        List<String> sentences = new ArrayList<>();
        String language = "";
        for (String line : (resource("sentences.txt") + "\n").split("\n", -1)) {
            if (line.isEmpty() && !sentences.isEmpty()) {
                String between = language.equals("ja") || language.equals("zh") ? "" : " ";
                corpus.computeIfAbsent(language, l -> new ArrayList<>()).add(Document.of(sentences, between));
                sentences = new ArrayList<>();
            } else if (line.startsWith("[")) {
                language = line.substring(1, line.length() - 1);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                sentences.add(line);
            }
        }
        return corpus;
    }

    private static String resource(String name) {
        try (InputStream in = SentenceCorpusTest.class.getResourceAsStream("/windows/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Integer> ours(Breaks breaks, List<String> pieces) {
        Segmenter segmenter = new Segmenter(text -> new SentenceSplitter(text, breaks), Aggregate.MAX_CHARACTERS);
        StringBuilder text = new StringBuilder();
        Set<Integer> places = new TreeSet<>();
        for (String piece : pieces) {
            segmenter.append(piece);
            for (String s = segmenter.next(); s != null; s = segmenter.next()) {
                places.add(text.append(s).length());
            }
        }
        for (String s = segmenter.last(); s != null; s = segmenter.last()) {
            places.add(text.append(s).length());
        }
        return visible(text.toString(), places);
    }

    private static Set<Integer> icu(String language, String text) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(ULocale.forLanguageTag(language));
        sentences.setText(text);
        Set<Integer> places = new TreeSet<>();
        for (int place = sentences.next(); place != BreakIterator.DONE; place = sentences.next()) {
            places.add(place);
        }
        return visible(text, places);
    }

    private static Set<Integer> visible(String text, Set<Integer> places) {
        Set<Integer> visible = new TreeSet<>();
        for (int place : places) {
            while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
                place++;
            }
            if (place < text.length()) {
                visible.add(place);
            }
        }
        return visible;
    }

    private static final List<BiFunction<String, String, Set<Integer>>> FINDERS = List.of(
            (language, text) -> ours(Breaks.jdk(Locale.forLanguageTag(language)), List.of(text)),
            (language, text) -> ours(Breaks.jdk(Locale.ROOT), List.of(text)),
            (language, text) -> ours(Breaks.icu(Locale.forLanguageTag(language)), List.of(text)),
            SentenceCorpusTest::icu);

    private static List<Score> scores(String language, List<Document> documents) {
        return FINDERS.stream()
                .map(finder -> documents.stream()
                        .map(document -> Score.of(finder.apply(language, document.text), document.boundaries))
                        .reduce(new Score(0, 0, 0), Score::and))
                .toList();
    }

    private static String row(String language, List<Score> scores) {
        StringBuilder row = new StringBuilder("| " + language);
        scores.forEach(score -> row.append(String.format(Locale.ROOT, " | %.3f", score.f1())));
        return row + " |";
    }

    @Test
    void theCorpusHasThreeHundredSentencesInTwelveLanguages() {
        Map<String, List<Document>> corpus = corpus();
        assertThat(corpus).hasSize(12);
        corpus.forEach((language, documents) -> assertThat(documents.stream()
                        .mapToInt(document -> document.boundaries.size() + 1)
                        .sum())
                .as(language)
                .isEqualTo(25));
    }

    /** The table says what these rules reach, and what ICU4J's own iterator does, so that neither changes unnoticed. */
    @Test
    void theTableHoldsTheFiguresAndEachLanguageIsFoundWellEnough() {
        List<String> rows = new ArrayList<>();
        List<Score> all = new ArrayList<>(Collections.nCopies(FINDERS.size(), new Score(0, 0, 0)));
        corpus().forEach((language, documents) -> {
            List<Score> scores = scores(language, documents);
            rows.add(row(language, scores));
            assertThat(scores.get(0).f1()).as(language).isGreaterThanOrEqualTo(LEAST);
            for (int i = 0; i < scores.size(); i++) {
                all.set(i, all.get(i).and(scores.get(i)));
            }
        });
        rows.add(row("all", all));
        assertThat(all.get(0).f1()).isGreaterThanOrEqualTo(LEAST);
        assertThat(resource("sentences.md").lines().filter(line -> line.matches("\\| (..|all) \\|.*[0-9].*")))
                .as("windows/sentences.md, which must read:%n%s", String.join("\n", rows))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void boundariesDependOnTheTextAlone() {
        Random random = new Random(SEED);
        corpus().forEach((language, documents) -> documents.forEach(document -> {
            Breaks breaks = Breaks.jdk(Locale.forLanguageTag(language));
            Set<Integer> whole = ours(breaks, List.of(document.text));
            for (List<String> pieces : List.of(
                    SampleTexts.characters(document.text),
                    SampleTexts.pieces(document.text, random, 4),
                    SampleTexts.pieces(document.text, random, 40))) {
                assertThat(ours(breaks, pieces))
                        .as("%s in %d pieces, seed %d", language, pieces.size(), SEED)
                        .isEqualTo(whole);
            }
        }));
    }
}
