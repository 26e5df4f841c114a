// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.PageProgram;
import java.io.File;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the commands of a page: servers on a free port instead of the one that the page names, all others until they end. */
final class PageShell implements AutoCloseable {
    private static final String PROGRAM = "./ollama-reactive";
    private static final int TIMEOUT_SECONDS = 60;

    /** A server that runs, and the port that the page calls it by. */
    private record Server(Thread thread, String shownPort, int port) {}

    private final List<Server> servers = new ArrayList<>();

    /** Whether a command runs until it is interrupted. */
    static boolean isServer(List<String> words) {
        return words.size() > 1
                && words.get(0).equals(PROGRAM)
                && (List.of("serve", "replay", "record").contains(words.get(1)) || words.contains("TokenService"));
    }

    /** Starts a server; a later one with the same port takes its place. */
    void start(List<String> words) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> args = arguments(words);
        args.addAll(List.of("--port", String.valueOf(port)));
        PageProgram program = new PageProgram();
        Thread thread = new Thread(() -> program.run(args), "server");
        thread.start();
        servers.add(0, new Server(thread, words.contains("TokenService") ? "8080" : "11435", port));
        // It prints its address when it has its answers, which is later than it listens.
        while (!program.output().contains("http://")) {
            assertThat(thread.isAlive()).as("%s: %s", words, program.output()).isTrue();
            Thread.onSpinWait();
        }
    }

    /** Runs a command; what it prints. */
    String run(String line) throws Exception {
        List<String> words = ShellWords.of(line);
        if (words.get(0).equals(PROGRAM)) {
            PageProgram program = new PageProgram();
            int code = program.run(arguments(words));
            assertThat(code).as("%s: %s", line, program.output()).isZero();
            return program.output();
        }
        return curl(line);
    }

    private String curl(String line) throws Exception {
        Path out = Files.createTempFile("page", ".out");
        Process process = new ProcessBuilder("sh", "-c", withPorts(line))
                .redirectOutput(out.toFile())
                .redirectError(new File("/dev/null"))
                .start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as(line)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", line, Files.readString(out))
                    .isZero();
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    /** The program's arguments, with files of the project's root and the ports of the servers that run here. */
    private List<String> arguments(List<String> words) {
        List<String> args = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            Path file = MarkdownPage.ROOT.resolve(word);
            args.add(word.contains("/") && Files.exists(file) ? file.toString() : withPorts(word));
        }
        return args;
    }

    private String withPorts(String text) {
        String result = text;
        for (Server server : servers) {
            result = result.replace(":" + server.shownPort(), ":" + server.port());
        }
        return result;
    }

    @Override
    public void close() throws Exception {
        for (Server server : servers) {
            server.thread().interrupt();
            server.thread().join(TIMEOUT_SECONDS * 1000L);
            assertThat(server.thread().isAlive()).isFalse();
        }
    }
}
