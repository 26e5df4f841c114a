// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands record and replay: exchanges recorded in front of a server are replayed without it. */
class RecordAndReplayTest {

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
