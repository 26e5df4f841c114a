// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.papers.JavaSource;
import io.github.ollamareactive.examples.papers.MarkdownPage;
import io.github.ollamareactive.examples.papers.MarkdownPage.Block;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the README compiles and prints the output that the README shows. */
final class ReadmeTest {
    @Test
    void exampleCompilesAndPrintsTheShownOutput(@TempDir Path folder) throws Exception {
        List<Block> example = MarkdownPage.read(Path.of("..", "README.md")).blocks().stream()
                .filter(block -> block.section().equals("A complete example"))
                .toList();
        assertThat(example).extracting(Block::language).containsExactly("java", "");
        assertThat(JavaSource.compile(example.get(0).content(), folder)).isEmpty();

        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("chat-stream"));
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    folder + File.pathSeparator + System.getProperty("java.class.path"),
                    "Sky");
            builder.environment().put("OLLAMA_HOST", server.baseUrl());
            builder.redirectError(folder.resolve("err").toFile());
            builder.redirectOutput(folder.resolve("out").toFile());
            Process process = builder.start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String out = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
            assertThat(out).contains(example.get(1).content().strip());
            assertThat(process.exitValue()).isZero();
        }
    }
}
