// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "record",
        description =
                "Run a proxy that records every exchange with a server until Ctrl-C, as serve --record does. Headers with credentials are left"
                        + " out, query parameters and JSON texts named like credentials are masked; read bodies before you publish.")
public final class RecordCommand extends LocalServerCommand {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write the recordings to.")
    private Path folder = Path.of("");

    @Option(names = "--upstream", paramLabel = "URL", description = UpstreamRecorder.UPSTREAM)
    private @Nullable String upstream;

    public RecordCommand(Environment environment) {
        super(environment);
    }

    @Override
    AutoCloseable start(String host, int port) {
        return UpstreamRecorder.start(environment, host, port, upstream, folder);
    }
}
