// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.DurationConverter;
import io.github.ollamareactive.examples.cli.input.UsageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class CommonOptions {
    @Option(
            names = "--host",
            paramLabel = "URL",
            description = "The server, as OLLAMA_HOST takes it: example.com, :1234, https://user:secret@host/path."
                    + " Default: OLLAMA_HOST and OLLAMA_PORT, else http://127.0.0.1:11434.")
    private @Nullable String host;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description =
                    "The longest wait for the first event and between events: 300ms, 1.5s, 2m, or a number of seconds."
                            + " Default: 10m and 5m.")
    private @Nullable Duration timeout;

    @Option(
            names = "--events",
            description = "Print every event as one JSON object a line, and nothing else, on standard output.")
    private boolean events;

    @Option(names = "--no-stats", description = "Leave out the line of numbers after an answer.")
    private boolean noStats;

    public boolean events() {
        return events;
    }

    public boolean stats() {
        return !noStats;
    }

    /** Whether somebody said where the server is. */
    boolean namesServer(Environment surroundings) {
        return host != null
                || surroundings.variable("OLLAMA_HOST") != null
                || surroundings.variable("OLLAMA_PORT") != null;
    }

    OllamaClientConfig config(Environment surroundings) {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        String server = namesServer(surroundings) ? host : surroundings.defaultHost();
        if (server != null) {
            // What isn't used can't be wrong.
            environment.remove("OLLAMA_HOST");
            environment.remove("OLLAMA_PORT");
        }
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment);
        return limit(server == null ? config : config.baseUrl(server));
    }

    private OllamaClientConfig limit(OllamaClientConfig config) {
        if (timeout == null) {
            return config;
        } else if (timeout.isZero() || timeout.isNegative()) {
            throw new UsageException("--timeout must be longer than nothing");
        }
        return config.firstEventTimeout(timeout).idleTimeout(timeout);
    }
}
