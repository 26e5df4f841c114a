// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;
import reactor.netty.ChannelBindException;

/** A command that is a server itself, until it is interrupted. */
abstract class LocalServerCommand implements Callable<Integer> {
    final Environment surroundings;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "11435",
            description = "Where it listens on 127.0.0.1; 0 takes a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    LocalServerCommand(Environment surroundings) {
        this.surroundings = surroundings;
    }

    /** Starts the server and says so. */
    abstract AutoCloseable start(int port);

    @Override
    public Integer call() throws Exception {
        AutoCloseable server;
        try {
            server = start(port);
        } catch (ChannelBindException e) {
            surroundings
                    .err()
                    .line("ollama-reactive: port " + port + " of 127.0.0.1 is taken; choose another with --port");
            return ExitCodes.FAILED;
        }
        try {
            new CountDownLatch(1).await();
            return ExitCodes.FAILED;
        } catch (InterruptedException e) {
            return ExitCodes.INTERRUPTED;
        } finally {
            server.close();
        }
    }
}
