// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.input.WrongUsage;
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
        description = "Be the server that was recorded: answer what it was asked, at its own pace, until Ctrl-C.")
final class ReplayCommand extends TestServerCommand {
    @Parameters(paramLabel = "DIR", description = "The folder of the recordings.")
    private Path folder = Path.of("");

    ReplayCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    AutoCloseable start(int port) {
        if (!Files.isDirectory(folder)) {
            throw new WrongUsage("there is no folder " + folder);
        }
        List<Recording> recordings = Recording.readAll(folder);
        if (recordings.isEmpty()) {
            throw new WrongUsage("there is no recording in " + folder);
        }
        OllamaTestServer server = OllamaTestServer.start(port)
                .replay(surroundings.replayPace(), Chunking.asWritten(), recordings.toArray(Recording[]::new));
        surroundings
                .err()
                .line("Replaying " + recordings.size() + " recordings at " + server.baseUrl() + "; Ctrl-C ends it.");
        return server;
    }
}
