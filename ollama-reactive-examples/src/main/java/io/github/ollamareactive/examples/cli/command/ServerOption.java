// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.output.ServerAdvice;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the server to call, and what holds without it. */
public final class ServerOption {
    @Option(
            names = "--host",
            paramLabel = "URL",
            description = "The server, in the format of OLLAMA_HOST: example.com, :1234, https://user:secret@host/path."
                    + " Default: OLLAMA_HOST and OLLAMA_PORT, else http://127.0.0.1:11434.")
    private @Nullable String host;

    /** For picocli. */
    public ServerOption() {}

    /** Whether the option or an environment variable names the server. */
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
    public String advice(Environment environment) {
        if (host != null) {
            return ServerAdvice.named("--host");
        } else if (environment.variable("OLLAMA_HOST") != null) {
            return ServerAdvice.named("OLLAMA_HOST");
        }
        return namesPort(environment) ? ServerAdvice.named("OLLAMA_PORT") : ServerAdvice.DEFAULT;
    }

    /**
     * The configuration of a client of this server.
     *
     * @param environment the environment of the program
     * @return the configuration
     * @throws IllegalArgumentException if the option or a variable is invalid
     */
    public OllamaClientConfig config(Environment environment) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        String baseUrl = namesServer(environment) ? host : environment.defaultBaseUrl();
        if (baseUrl != null) {
            // An invalid value of an overridden variable must not cause an error.
            variables.remove("OLLAMA_HOST");
            variables.remove("OLLAMA_PORT");
        }
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(variables);
        return baseUrl == null ? config : config.baseUrl(baseUrl);
    }
}
