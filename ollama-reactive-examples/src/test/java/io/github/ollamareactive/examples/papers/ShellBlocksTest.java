// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.examples.papers.MarkdownPage.Block;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of shell commands are run by a shell, with the program as a process; a block of output behind one is what it prints. */
final class ShellBlocksTest {
    private static final int TIMEOUT_SECONDS = 60;
    private static final String SERVER = "./ollama-reactive serve --replay &\nfor i in $(seq 100); do"
            + " curl -sf -o /dev/null localhost:11435/control/requests && break; sleep 0.2; done\n";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> j2ShellBlocksPrintWhatThePageShows() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (MarkdownPage page : MarkdownPage.all()) {
            List<Block> blocks = page.blocks();
            for (int i = 0; i < blocks.size(); i++) {
                Block block = blocks.get(i);
                // SessionsTest runs the pages whose sessions need the servers of such blocks.
                if (block.language().equals("sh") && blocks.stream().noneMatch(Block::isSession)) {
                    String output = i + 1 < blocks.size() && blocks.get(i + 1).isOutput()
                            ? blocks.get(i + 1).content()
                            : null;
                    tests.add(DynamicTest.dynamicTest(
                            page.file().getFileName() + ", " + block.section(), () -> check(block, output)));
                }
            }
        }
        return tests.stream();
    }

    private void check(Block block, String output) throws Exception {
        assumeTrue(has("bash") && has("curl"), "this needs bash and curl");
        String script = block.content();
        assertThat(script).as("%s", block).containsAnyOf("./ollama-reactive", "curl");
        if (script.contains("curl") && !script.contains("./ollama-reactive serve")) {
            script = SERVER + script + "\nkill %1\n";
        }
        String printed = run(script);
        if (output != null) {
            // A line of dots stands for lines that the page leaves out.
            String[] parts = SessionsTest.masked(output).split("(?m)^ *(…|\\.\\.\\.)$");
            assertThat(SessionsTest.masked(printed)).as("%s", block).contains(parts);
        }
    }

    private static boolean has(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, command)));
    }

    private String run(String script) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path program = folder.resolve("ollama-reactive");
        Files.writeString(
                program,
                "#!/bin/sh\ncase $1 in serve) set -- \"$@\" --port " + port + ";; esac\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 io.github.ollamareactive.examples.Main \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script.replace("11435", String.valueOf(port)))
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().keySet().removeIf(name -> name.startsWith("OLLAMA_"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as(script)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s\n%s", script, Files.readString(folder.resolve("err")))
                    .isZero();
            return Files.readString(out).replace(String.valueOf(port), "11435");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
