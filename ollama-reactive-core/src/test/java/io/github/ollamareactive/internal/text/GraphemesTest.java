// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Graphemes against two rules that share nothing with ours: ICU's character iterator and the regular expression \X. */
final class GraphemesTest {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private static Set<Integer> regex(String text) {
        Set<Integer> places = new TreeSet<>(Set.of(0));
        Matcher matcher = CLUSTER.matcher(text);
        while (matcher.find()) {
            places.add(matcher.end());
        }
        return places;
    }

    private static Set<Integer> ours(String text) {
        Set<Integer> places = new TreeSet<>(Set.of(text.length()));
        Graphemes graphemes = new Graphemes();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (graphemes.next(text.codePointAt(i))) {
                places.add(i);
            }
        }
        return places;
    }

    @Test
    void neverCutWhereUnicodeHasOneCluster() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String text = SampleTexts.random(random, i % (SampleTexts.SCRIPTS.size() + 1), 20);
            assertThat(IcuGraphemes.boundaries(text))
                    .as("ICU, seed %d: %s", seed, text)
                    .containsAll(ours(text));
            assertThat(regex(text)).as("\\X, seed %d: %s", seed, text).containsAll(ours(text));
        }
    }

    /** Pairs and triples of all that ICU and this JDK know alike. */
    @Test
    void neverCutInsideOfAnyPair() {
        String before = "aक\u0915\u094D\u0600\u1100\u1161\u11A8가각👩👩\u200D🇩\u200D\r";
        for (int c = 0x80; c < 0x20000; c++) {
            if (Character.isDefined(c) && Character.getType(c) != Character.SURROGATE) {
                String text = before + Character.toString(c) + "a" + Character.toString(c) + Character.toString(c)
                        + "\u0301👩";
                assertThat(IcuGraphemes.boundaries(text)).as("ICU, U+%X", c).containsAll(ours(text));
                assertThat(regex(text)).as("\\X, U+%X", c).containsAll(ours(text));
            }
        }
    }

    @Test
    void cutEverywhereElse() {
        assertThat(ours("a b\r\ne\u0301🇩🇪🇫🇷👍🏽x")).containsExactly(0, 1, 2, 3, 5, 7, 11, 15, 19, 20);
        assertThat(ours("각하나ก็م")).hasSize(6);
    }
}
