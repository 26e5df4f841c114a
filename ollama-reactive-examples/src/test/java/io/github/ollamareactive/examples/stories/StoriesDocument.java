// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sections of {@code STORIES.md}. */
final class StoriesDocument {
    private static final Path FILE = Path.of("STORIES.md");
    private static final Pattern SECTION =
            Pattern.compile("^## (\\w+)\n(?:(?!^## ).)*?^```\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private StoriesDocument() {}

    static List<String> stories() throws IOException {
        return sections().results().map(section -> section.group(1)).toList();
    }

    static String output(String story) throws IOException {
        return sections()
                .results()
                .filter(section -> section.group(1).equals(story))
                .map(section -> section.group(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section with output: " + story));
    }

    private static Matcher sections() throws IOException {
        return SECTION.matcher(Files.readString(FILE));
    }
}
