// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.DurationConverter;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.ServerAdvice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that calls a server. */
public final class CommonOptions {
    @Option(
            names = "--host",
            paramLabel = "URL",
            description = "The server, in the format of OLLAMA_HOST: example.com, :1234, https://user:secret@host/path."
                    + " Default: OLLAMA_HOST and OLLAMA_PORT, else http://127.0.0.1:11434.")
    private @Nullable String host;

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

    /** Whether an option or an environment variable names the server. */
    boolean namesServer(Environment environment) {
        return host != null || environment.variable("OLLAMA_HOST") != null || namesPort(environment);
    }

    /** Kubernetes sets the variable to a URL when it has a service of that name, which the library ignores too. */
    private static boolean namesPort(Environment environment) {
        String port = environment.variable("OLLAMA_PORT");
        return port != null && !port.contains("://");
    }

    /**
     * What the user can do if the server can't be reached.
     *
     * @param environment the environment of the program
     * @return the advice, which depends on how the server was named
     */
    public String serverAdvice(Environment environment) {
        if (host != null) {
            return ServerAdvice.named("--host");
        } else if (environment.variable("OLLAMA_HOST") != null) {
            return ServerAdvice.named("OLLAMA_HOST");
        }
        return namesPort(environment) ? ServerAdvice.named("OLLAMA_PORT") : ServerAdvice.DEFAULT;
    }

    OllamaClientConfig config(Environment environment) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        String baseUrl = namesServer(environment) ? host : environment.defaultBaseUrl();
        if (baseUrl != null) {
            // An invalid value of an overridden variable must not cause an error.
            variables.remove("OLLAMA_HOST");
            variables.remove("OLLAMA_PORT");
        }
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(variables);
        return withTimeout(baseUrl == null ? config : config.baseUrl(baseUrl));
    }

    private OllamaClientConfig withTimeout(OllamaClientConfig config) {
        if (timeout == null) {
            return config;
        } else if (timeout.isZero() || timeout.isNegative()) {
            throw new UsageException("--timeout must be greater than 0");
        }
        return config.firstEventTimeout(timeout).idleTimeout(timeout);
    }
}
