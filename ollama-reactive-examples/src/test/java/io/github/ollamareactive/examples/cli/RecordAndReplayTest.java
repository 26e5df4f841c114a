// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands record and replay: exchanges recorded in front of a server are replayed without it. */
class RecordAndReplayTest {

    /** A command that runs a server, on its own thread until it is closed. */
    private static final class RunningServer implements AutoCloseable {
        final CompletableFuture<TestProgram.Result> result = new CompletableFuture<>();
        final int port;
        private final Thread thread;

        RunningServer(String... args) throws Exception {
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            String[] allArgs = Arrays.copyOf(args, args.length + 2);
            allArgs[args.length] = "--port";
            allArgs[args.length + 1] = String.valueOf(port);
            TestProgram program = new TestProgram();
            thread = new Thread(() -> result.complete(program.run(allArgs)));
            thread.start();
            for (int exitCode = 1; exitCode != 0; exitCode = call("ping").exitCode()) {
                assertThat(result).isNotDone();
            }
        }

        TestProgram.Result call(String... args) {
            String[] allArgs = Arrays.copyOf(args, args.length + 2);
            allArgs[args.length] = "--host";
            allArgs[args.length + 1] = "127.0.0.1:" + port;
            return new TestProgram().run(allArgs);
        }

        @Override
        public void close() throws Exception {
            thread.interrupt();
            assertThat(result.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
        }
    }

    @Test
    void recordedExchangesAreReplayed(@TempDir Path folder) throws Exception {
        String live;
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("models-list"), Recording.bundled("server-alive"));
            try (RunningServer record =
                    new RunningServer("record", "--out", folder.toString(), "--upstream", server.baseUrl())) {
                live = record.call("list", "--events").out();
                assertThat(live).contains("\"event\":\"model\"");
            }
        }
        assertThat(Files.list(folder)).isNotEmpty();
        try (RunningServer replay = new RunningServer("replay", folder.toString())) {
            assertThat(replay.call("list", "--events").out()).isEqualTo(live);
            assertThat(replay.call("ps").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void invalidUsageIsReported(@TempDir Path folder) {
        for (List<String> args : List.of(
                List.of("record"),
                List.of("replay"),
                List.of("replay", folder.resolve("none").toString()),
                List.of("replay", folder.toString()),
                List.of("record", "--out", "x", "--upstream", "ftp://x"))) {
            TestProgram.Result result = new TestProgram().run(args.toArray(String[]::new));
            assertThat(result.exitCode()).as("%s: %s", args, result.err()).isEqualTo(2);
            assertThat(result.err()).isNotEmpty();
        }
    }

    @Test
    void portInUseIsReported(@TempDir Path folder) throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            TestProgram.Result result = new TestProgram()
                    .run("record", "--out", folder.toString(), "--port", String.valueOf(server.port()));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("--port");
        }
    }
}
