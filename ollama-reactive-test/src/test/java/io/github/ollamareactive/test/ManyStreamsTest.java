// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyStreamsTest {

    private static final Pattern RESULT = Pattern.compile(
            "completed (\\d+) of 2000, open at once (\\d+), threads then \\d+, threads at most (\\d+),.*");

    @TempDir
    Path folder = Path.of("");

    @Test
    void twoThousandPacedStreamsFitIntoASmallHeapAndFewThreads() throws Exception {
        File output = folder.resolve("output").toFile();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        ManyStreams.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            boolean ended = process.waitFor(55, SECONDS);
            String said = Files.readString(output.toPath());
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            MatchResult result = RESULT.matcher(said).results().findFirst().orElseThrow(() -> new AssertionError(said));
            System.out.println(result.group());
            assertThat(result.group(1)).isEqualTo("2000");
            assertThat(result.group(2)).isEqualTo("2000");
            assertThat(Integer.parseInt(result.group(3))).isLessThan(60);
        } finally {
            process.destroyForcibly();
        }
    }
}
