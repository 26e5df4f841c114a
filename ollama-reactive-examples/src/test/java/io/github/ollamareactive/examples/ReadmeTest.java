// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the README compiles and prints the output that the README shows. */
final class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");

    private static String codeBlock(String readme, String heading, String language) {
        Matcher block = Pattern.compile("## " + heading + ".*?```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).as("a block %s under %s", language, heading).isTrue();
        return block.group(1);
    }

    @Test
    void exampleCompilesAndPrintsTheShownOutput(@TempDir Path folder) throws Exception {
        String readme = Files.readString(README);
        String source = codeBlock(readme, "A complete example", "java");
        String expectedOutput = codeBlock(readme, "A complete example.*?```\n", "");
        Path file = Files.writeString(folder.resolve("Sky.java"), source);
        String classPath = System.getProperty("java.class.path");
        int compilerResult = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), file.toString());
        assertThat(compilerResult).as("compiles").isZero();

        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("chat-stream"));
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    folder + System.getProperty("path.separator") + classPath,
                    "Sky");
            builder.environment().put("OLLAMA_HOST", server.baseUrl());
            builder.redirectError(folder.resolve("err").toFile());
            builder.redirectOutput(folder.resolve("out").toFile());
            Process process = builder.start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String out = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
            assertThat(out).contains(expectedOutput.strip());
            assertThat(process.exitValue()).isZero();
        }
    }
}
