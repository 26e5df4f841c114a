// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Run a server that replays recordings with their recorded timing, until Ctrl-C.")
public final class ReplayCommand extends LocalServerCommand {
    @Parameters(paramLabel = "DIR", description = "The folder with the recordings.")
    private Path folder = Path.of("");

    public ReplayCommand(Environment environment) {
        super(environment);
    }

    @Override
    AutoCloseable start(int port) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("there is no folder " + folder);
        }
        List<Recording> recordings = Recording.readAll(folder);
        if (recordings.isEmpty()) {
            throw new UsageException("there is no recording in " + folder);
        }
        OllamaTestServer server = OllamaTestServer.start(port)
                .replay(environment.replayPace(), Chunking.asWritten(), recordings.toArray(Recording[]::new));
        environment
                .err()
                .printLine("Replaying " + recordings.size() + " recordings at " + server.baseUrl()
                        + "; press Ctrl-C to stop.");
        return server;
    }
}
