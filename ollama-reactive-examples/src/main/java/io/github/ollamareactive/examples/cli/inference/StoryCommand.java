// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import io.github.ollamareactive.examples.cli.command.ServerOption;
import io.github.ollamareactive.examples.cli.input.Ports;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.stories.Stories;
import io.github.ollamareactive.protocol.OllamaException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Exceptions;
import reactor.netty.ChannelBindException;

@Command(
        name = "story",
        sortOptions = false,
        description = "Run one of the short example programs of STORIES.md; without a NAME, list them.")
public final class StoryCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The story's name.")
    private @Nullable String name;

    @Mixin
    private final ServerOption server = new ServerOption();

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
        Ports.check(port);
        OllamaClientConfig config;
        try {
            config = server.config(environment);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        try {
            Stories.run(name, config, printStream(environment.out()), port);
            return ExitCodes.OK;
        } catch (ChannelBindException e) {
            environment
                    .err()
                    .printLine("ollama-reactive: can't listen on port " + port
                            + ": it is in use or not allowed; choose another with --port");
            return ExitCodes.FAILED;
        } catch (OllamaException e) {
            environment.err().printLine(ErrorLine.of(e, server.advice(environment)));
            return ExitCodes.FAILED;
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof InterruptedException) {
                return ExitCodes.INTERRUPTED;
            }
            throw e;
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
