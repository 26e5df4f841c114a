// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.papers.MarkdownPage.Block;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A block that begins with {@code $} shows commands and their output: each is run, and prints what the page shows. */
final class SessionsTest {
    /** Times, rates and sizes of the kernel's buffers differ; the text around them does not. */
    static String masked(String text) {
        return text.replaceAll("\\d[\\d,]*(\\.\\d+)?(?= (s|tokens/s|bytes|of them)\\b)", "N")
                .replaceAll("\"tokensPerSecond\":[\\d.]+", "\"tokensPerSecond\":N")
                .strip();
    }

    /** Runs the sessions of a page, behind the servers that the page starts before them; how many commands there were. */
    private static int run(Path file) throws Exception {
        int commands = 0;
        String general = "";
        String special = "";
        String section = "";
        for (Block block : MarkdownPage.read(file).blocks()) {
            if (!block.section().equals(section)) {
                section = block.section();
                special = "";
            }
            if (block.language().equals("sh") && block.content().contains("./ollama-reactive")) {
                if (general.isEmpty()) {
                    general = block.content();
                } else {
                    special += block.content();
                }
            } else if (block.isSession()) {
                try (PageShell shell = new PageShell()) {
                    for (String line : (general + special).lines().toList()) {
                        shell.start(ShellWords.of(line));
                    }
                    for (String command : block.content().split("(?m)^\\$ ")) {
                        // MavenCommandsTest reads the others.
                        if (command.startsWith("mvn") || command.isEmpty()) {
                            continue;
                        }
                        List<String> parts = List.of(command.split("\n", 2));
                        assertThat(masked(shell.run(parts.get(0))))
                                .as("%s", block)
                                .isEqualTo(masked(parts.get(1)));
                        commands++;
                    }
                }
            }
        }
        return commands;
    }

    @Test
    void j3EachStorysCommandPrintsWhatThePageShows() throws Exception {
        assertThat(run(Path.of("STORIES.md"))).isEqualTo(10);
    }

    @Test
    void j2TheCommandsOfTheReadmePrintWhatItShows() throws Exception {
        assertThat(run(MarkdownPage.ROOT.resolve("README.md"))).isPositive();
    }
}
