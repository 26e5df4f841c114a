// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The fenced blocks of a Markdown page. */
public record MarkdownPage(String text) {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    public static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(Files.readString(file));
    }

    /** The contents of the blocks in a language, in their order. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
