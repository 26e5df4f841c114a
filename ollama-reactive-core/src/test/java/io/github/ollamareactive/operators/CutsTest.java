// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.operators.Aggregate.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** The table of expected cuts, {@code windows/cuts.txt}, for the JDK and for ICU, whatever pieces the text comes in. */
final class CutsTest {
    private record Row(String section, String breaks, String window, String locale, List<String> segments) {
        static Row of(String section, String line) {
            String[] fields = line.substring(0, TEXT).trim().split(" +");
            String text = Pattern.compile("\\\\u(....)")
                    .matcher(line.substring(TEXT))
                    .replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)));
            List<String> segments =
                    Arrays.stream(text.split("¦")).map(String::translateEscapes).toList();
            return new Row(section, fields[0], fields[1], fields[2], segments);
        }

        @Override
        public String toString() {
            return section + ": " + breaks + " " + window + " " + locale + " " + segments;
        }
    }

    /** The column where the text begins. */
    private static final int TEXT = 20;

    private static Stream<Row> rows() throws IOException {
        try (InputStream in = CutsTest.class.getResourceAsStream("/windows/cuts.txt")) {
            List<Row> rows = new ArrayList<>();
            String section = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("# -- ")) {
                    section = line.substring(5);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(Row.of(section, line));
                }
            }
            return rows.stream();
        }
    }

    @Test
    void theTableIsLongEnough() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void cuts(Row row) {
        Locale locale = Locale.forLanguageTag(row.locale);
        if (!row.breaks.equals("icu")) {
            check(row, "JDK", Breaks.jdk(locale));
        }
        if (!row.breaks.equals("jdk")) {
            check(row, "ICU", Breaks.icu(locale));
        }
    }

    private static void check(Row row, String name, Breaks breaks) {
        Function<Flux<GenerationEvent>, Flux<Aggregate>> window = switch (row.window) {
            case "words" -> Tokens.words(breaks);
            case "sentences" -> Tokens.sentences(breaks);
            case "lines" -> Tokens.lines();
            case "paragraphs" -> Tokens.paragraphs();
            default -> Tokens.chunks(10);
        };
        String text = String.join("", row.segments);
        long seed = System.nanoTime();
        for (List<String> pieces :
                List.of(List.of(text), SampleTexts.characters(text), SampleTexts.pieces(text, new Random(seed), 8))) {
            assertThat(Events.answer(pieces)
                            .transform(window)
                            .ofType(Segment.class)
                            .map(Segment::text)
                            .collectList()
                            .block(Duration.ofSeconds(10)))
                    .as("%s in %d pieces, seed %d", name, pieces.size(), seed)
                    .isEqualTo(row.segments);
        }
    }
}
