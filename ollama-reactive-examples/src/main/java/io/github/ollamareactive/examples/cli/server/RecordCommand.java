// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;

@Command(
        name = "record",
        description =
                "Run a proxy that records every exchange with a server until Ctrl-C. Headers with credentials are left"
                        + " out, query parameters and JSON texts named like credentials are masked; read bodies before you publish.")
public final class RecordCommand extends LocalServerCommand {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write the recordings to.")
    private Path folder = Path.of("");

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description =
                    "The server, in the format of OLLAMA_HOST. Default: OLLAMA_HOST and OLLAMA_PORT, else http://127.0.0.1:11434.")
    private @Nullable String upstream;

    public RecordCommand(Environment environment) {
        super(environment);
    }

    @Override
    AutoCloseable start(int port) {
        String upstreamUrl = upstreamUrl();
        RecordingProxy proxy = RecordingProxy.start(port, upstreamUrl, folder);
        environment
                .err()
                .printLine("Recording exchanges from " + proxy.baseUrl() + " to " + upstreamUrl + " in " + folder
                        + "; press Ctrl-C to stop.");
        Disposable subscription =
                proxy.recordings().subscribe(recording -> environment.out().printLine(recording.name()));
        return () -> {
            proxy.close();
            subscription.dispose();
        };
    }

    private String upstreamUrl() {
        try {
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment.variables());
            return (upstream == null ? config : config.baseUrl(upstream)).baseUrl();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
