// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fenced blocks of a Markdown page. */
public record MarkdownPage(Path file, String text) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern HEADING_OR_BLOCK =
            Pattern.compile("^#+ ([^\\n]*)$|^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** A fenced block, and the heading that it stands under. */
    public record Block(Path file, String section, String language, String content) {
        /** Whether the block shows commands behind a prompt, and their output. */
        public boolean isSession() {
            return language.isEmpty() && content.startsWith("$ ");
        }

        /** Whether the block shows what the one before it prints. */
        boolean isOutput() {
            return language.isEmpty() && !isSession();
        }

        @Override
        public String toString() {
            return file.getFileName() + ", " + section + ":\n" + content;
        }
    }

    public static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(file, Files.readString(file));
    }

    /** All pages of the project. */
    static List<MarkdownPage> all() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("ollama-reactive-test"), Path.of("."))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(name -> name.toString().endsWith(".md"))
                        .sorted()
                        .toList()) {
                    pages.add(read(file));
                }
            }
        }
        return pages;
    }

    /** The blocks in their order. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String section = "";
        Matcher matcher = HEADING_OR_BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(3) == null) {
                section = matcher.group(1);
            } else {
                blocks.add(new Block(file, section, matcher.group(2), matcher.group(3)));
            }
        }
        return blocks;
    }

    /** The contents of the blocks in a language, in their order. */
    public List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::content)
                .toList();
    }
}
