// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;
import reactor.netty.ChannelBindException;

/** A command that runs a local server until it is interrupted. */
abstract class LocalServerCommand implements Callable<Integer> {
    final Environment environment;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "11435",
            description = "The port on 127.0.0.1 to listen on; 0 selects a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    LocalServerCommand(Environment environment) {
        this.environment = environment;
    }

    /** Starts the server and prints its address to standard error. */
    abstract AutoCloseable start(int port);

    @Override
    public Integer call() throws Exception {
        AutoCloseable server;
        try {
            server = start(port);
        } catch (ChannelBindException e) {
            environment
                    .err()
                    .printLine("ollama-reactive: port " + port + " on 127.0.0.1 is in use; choose another with --port");
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
