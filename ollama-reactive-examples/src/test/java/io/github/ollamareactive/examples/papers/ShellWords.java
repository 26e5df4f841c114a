// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a line as a shell does: quotes keep words together, a comment ends the line. */
final class ShellWords {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"#]|'[^']*'|\"[^\"]*\"|(?<=\\S)#)+|#.*");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    private ShellWords() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find() && !matcher.group().startsWith("#")) {
            words.add(QUOTED.matcher(matcher.group())
                    .replaceAll(quoted ->
                            Matcher.quoteReplacement(quoted.group(1) == null ? quoted.group(2) : quoted.group(1))));
        }
        return words;
    }
}
