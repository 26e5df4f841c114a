// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin of the pages compiles; what stands in Gradle's {@code dependencies} does so within functions of those names. */
final class KotlinBlocksTest {
    @TempDir
    Path folder;

    /** What the compiler says; empty when it compiles. */
    private String compile(String block) throws IOException {
        String source = block.contains("mplementation(")
                ? "fun implementation(coordinates: String) = println(coordinates)\n"
                        + "fun testImplementation(coordinates: String) = println(coordinates)\n"
                        + "fun dependencies() {\n" + block + "\n}\n"
                : block;
        Path file = Files.writeString(folder.resolve("Page.kt"), source);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ExitCode code = new K2JVMCompiler()
                .exec(
                        new PrintStream(said, true, UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.resolve("classes").toString(),
                        file.toString());
        return code == ExitCode.OK ? "" : code + ": " + said.toString(UTF_8);
    }

    @Test
    void j2KotlinCompiles() throws Exception {
        int compiled = 0;
        for (MarkdownPage page : MarkdownPage.all()) {
            for (String block : page.blocks("kotlin")) {
                assertThat(compile(block)).as("%s: %s", page.file(), block).isEmpty();
                compiled++;
            }
        }
        assertThat(compiled).isPositive();
        assertThat(compile("fun broken() = missing()")).contains("missing");
    }
}
