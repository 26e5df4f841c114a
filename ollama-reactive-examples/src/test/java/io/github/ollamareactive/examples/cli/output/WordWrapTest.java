// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** I12: an answer is wrapped at blanks, whatever pieces it comes in. */
class WordWrapTest {
    private static String wrapped(String text, int columns, int pieceLength) {
        WordWrap wrap = new WordWrap(() -> columns);
        StringBuilder printed = new StringBuilder();
        for (int start = 0; start < text.length(); start += pieceLength) {
            printed.append(wrap.add(text.substring(start, Math.min(text.length(), start + pieceLength))));
        }
        return printed.append(wrap.end()).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "molecules of nitrogen and oxygen|molecules of⏎nitrogen and⏎oxygen",
                "exactly ten and twelve|exactly ten⏎and twelve",
                "a  b⏎  c   ⏎|a  b⏎  c   ⏎",
                "abcdefghijklmnopq r|abcdefghijkl⏎mnopq r",
                "see https://example.com/a/b now|see⏎https://example.com/a/b⏎now",
                "空は青い色に見えるのです|空は青い色に⏎見えるのです",
                "ab 😀😀😀😀😀 c|ab⏎😀😀😀😀😀 c",
                "```⏎a long line of code is kept⏎```⏎and a text is not|```⏎a long line of code is kept⏎```⏎and a text⏎is not",
                "```ls``` lists the files of a folder⏎and more of them|```ls```⏎lists the⏎files of a⏎folder⏎and more of⏎them",
                "~~~⏎a long line of code is kept⏎~~~⏎and a text is not|~~~⏎a long line of code is kept⏎~~~⏎and a text⏎is not",
                "````⏎```⏎a long line of code is kept⏎````⏎and a text is not|````⏎```⏎a long line of code is kept⏎````⏎and a text⏎is not",
                "  ```java⏎a long line of code is kept|  ```java⏎a long line of code is kept",
            })
    void i12LinesEndAtBlanks(String text, String expected) {
        for (int pieceLength = 1; pieceLength <= text.length(); pieceLength++) {
            assertThat(wrapped(text.replace('⏎', '\n'), 12, pieceLength).replace('\n', '⏎'))
                    .as("pieces of %d", pieceLength)
                    .isEqualTo(expected);
        }
    }

    @Test
    void i12AWordIsHeldBackUntilItEnds() {
        WordWrap wrap = new WordWrap(() -> 20);
        assertThat(wrap.add("mole")).isEmpty();
        assertThat(wrap.add("cules")).isEmpty();
        assertThat(wrap.add(" of")).isEqualTo("molecules");
        assertThat(wrap.add("\n")).isEqualTo(" of\n");
        assertThat(wrap.add("青い")).isEqualTo("青");
        assertThat(wrap.end()).isEqualTo("い");
    }

    @Test
    void aTextThatFitsIsUnchanged() {
        String text = "One\ttab.\r\n\n  Two  blanks, and an accent e\u0301.\n";
        assertThat(wrapped(text, 80, 1)).isEqualTo(text);
    }
}
