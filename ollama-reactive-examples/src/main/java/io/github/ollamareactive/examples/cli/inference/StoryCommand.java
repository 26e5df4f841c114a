// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.stories.Stories;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Exceptions;

@Command(
        name = "story",
        sortOptions = false,
        description = "Run one of the short example programs of STORIES.md; without a NAME, list them.")
public final class StoryCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The story's name.")
    private @Nullable String name;

    @Option(
            names = "--host",
            paramLabel = "URL",
            description =
                    "The server, in the format of OLLAMA_HOST. Default: OLLAMA_HOST, else http://127.0.0.1:11434.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "The port that TokenService listens on. Default: ${DEFAULT-VALUE}.")
    private int port;

    public StoryCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (name == null) {
            Stories.names().forEach(environment.out()::printLine);
            return ExitCodes.OK;
        } else if (!Stories.names().contains(name)) {
            throw new UsageException(
                    "no story is named '" + name + "'; there are " + String.join(", ", Stories.names()));
        }
        try {
            Stories.run(name, config(), printStream(environment.out()), port);
            return ExitCodes.OK;
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof InterruptedException) {
                return ExitCodes.INTERRUPTED;
            }
            throw e;
        }
    }

    private OllamaClientConfig config() {
        try {
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment.variables());
            return host == null ? config : config.baseUrl(host);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static PrintStream printStream(Output out) {
        OutputStream stream = new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            /** A {@link PrintStream} writes whole characters. */
            @Override
            public void write(byte[] bytes, int offset, int length) {
                out.print(new String(bytes, offset, length, UTF_8));
            }
        };
        return new PrintStream(stream, true, UTF_8);
    }
}
