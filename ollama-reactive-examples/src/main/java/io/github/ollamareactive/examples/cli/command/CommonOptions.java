// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.DurationConverter;
import io.github.ollamareactive.examples.cli.input.UsageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that calls a server. */
public final class CommonOptions {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description =
                    "The maximum wait for the first event and between events: 300ms, 1.5s, 2m, or a number of seconds."
                            + " Default: 10m and 5m.")
    private @Nullable Duration timeout;

    @Option(
            names = "--events",
            description = "Print each event as one JSON object per line, and nothing else, to standard output.")
    private boolean events;

    /**
     * Whether to print events as JSON.
     *
     * @return true if {@code --events} is present
     */
    public boolean events() {
        return events;
    }

    /**
     * The server to call.
     *
     * @return the option that names it
     */
    public ServerOption server() {
        return server;
    }

    OllamaClientConfig config(Environment environment) {
        OllamaClientConfig config = server.config(environment);
        if (timeout == null) {
            return config;
        } else if (timeout.isZero() || timeout.isNegative()) {
            throw new UsageException("--timeout must be greater than 0");
        }
        return config.firstEventTimeout(timeout).idleTimeout(timeout);
    }
}
