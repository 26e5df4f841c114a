// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.WrongUsage;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;

@Command(
        name = "record",
        description =
                "Stand in front of a server and write down every exchange, until Ctrl-C. Credentials aren't written.")
final class RecordCommand extends TestServerCommand {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder that recordings are written to.")
    private Path out = Path.of("");

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description =
                    "The server, as OLLAMA_HOST takes it. Default: OLLAMA_HOST and OLLAMA_PORT, else http://127.0.0.1:11434.")
    private @Nullable String upstream;

    RecordCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    AutoCloseable start(int port) {
        String url = upstream();
        RecordingProxy proxy = RecordingProxy.start(port, url, out);
        surroundings
                .err()
                .line("Recording what goes from " + proxy.baseUrl() + " to " + url + " into " + out
                        + "; Ctrl-C ends it.");
        Disposable written =
                proxy.recordings().subscribe(recording -> surroundings.out().line(recording.name()));
        return () -> {
            proxy.close();
            written.dispose();
        };
    }

    private String upstream() {
        try {
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(surroundings.environment());
            return (upstream == null ? config : config.baseUrl(upstream)).baseUrl();
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }
}
