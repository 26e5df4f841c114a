// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test server as a program: what was recorded in front of a server is replayed without it. */
class RecordAndReplayTest {

    /** A command that is a server, running in a thread of its own until it is stopped. */
    private static final class Running implements AutoCloseable {
        final CompletableFuture<World.Result> result = new CompletableFuture<>();
        final int port;
        private final Thread thread;

        Running(String... args) throws Exception {
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            String[] all = java.util.Arrays.copyOf(args, args.length + 2);
            all[args.length] = "--port";
            all[args.length + 1] = String.valueOf(port);
            World world = new World();
            thread = new Thread(() -> result.complete(world.run(all)));
            thread.start();
            for (int exit = 1; exit != 0; exit = ask("ping").exitCode()) {
                assertThat(result).isNotDone();
            }
        }

        World.Result ask(String... args) {
            String[] all = java.util.Arrays.copyOf(args, args.length + 2);
            all[args.length] = "--host";
            all[args.length + 1] = "127.0.0.1:" + port;
            return new World().run(all);
        }

        @Override
        public void close() throws Exception {
            thread.interrupt();
            assertThat(result.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
        }
    }

    @Test
    void whatIsRecordedIsReplayed(@TempDir Path folder) throws Exception {
        String live;
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("models-list"), Recording.bundled("server-alive"));
            try (Running record = new Running("record", "--out", folder.toString(), "--upstream", server.baseUrl())) {
                live = record.ask("list", "--events").out();
                assertThat(live).contains("\"event\":\"model\"");
            }
        }
        assertThat(Files.list(folder)).isNotEmpty();
        try (Running replay = new Running("replay", folder.toString())) {
            assertThat(replay.ask("list", "--events").out()).isEqualTo(live);
            assertThat(replay.ask("ps").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void wrongUsageIsSaid(@TempDir Path folder) {
        for (List<String> args : List.of(
                List.of("record"),
                List.of("replay"),
                List.of("replay", folder.resolve("none").toString()),
                List.of("replay", folder.toString()),
                List.of("record", "--out", "x", "--upstream", "ftp://x"))) {
            World.Result result = new World().run(args.toArray(String[]::new));
            assertThat(result.exitCode()).as("%s: %s", args, result.err()).isEqualTo(2);
            assertThat(result.err()).isNotEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid(@TempDir Path folder) throws Exception {
        try (OllamaTestServer taken = OllamaTestServer.start()) {
            World.Result result =
                    new World().run("record", "--out", folder.toString(), "--port", String.valueOf(taken.port()));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("--port");
        }
    }
}
