// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.examples.papers.MarkdownPage;
import io.github.ollamareactive.examples.papers.MarkdownPage.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the sections of {@code STORIES.md}. */
final class StoriesDocument {
    private StoriesDocument() {}

    private static List<Block> sessions() throws IOException {
        return MarkdownPage.read(Path.of("STORIES.md")).blocks().stream()
                .filter(Block::isSession)
                .toList();
    }

    static List<String> stories() throws IOException {
        return sessions().stream().map(Block::section).toList();
    }

    /** What the command of a section prints. */
    static String output(String story) throws IOException {
        return sessions().stream()
                .filter(session -> session.section().equals(story))
                .map(session -> session.content().split("\n", 2)[1])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section with output: " + story));
    }
}
