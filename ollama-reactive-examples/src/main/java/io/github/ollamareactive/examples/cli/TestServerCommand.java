// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;
import reactor.netty.ChannelBindException;

/** A command that is a server itself, until it is interrupted. */
abstract class TestServerCommand implements Callable<Integer> {
    final Surroundings surroundings;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "11435",
            description = "Where it listens on 127.0.0.1; 0 takes a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    TestServerCommand(Surroundings surroundings) {
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
            return ServerCommand.FAILED;
        }
        try {
            new CountDownLatch(1).await();
            return ServerCommand.FAILED;
        } catch (InterruptedException e) {
            return ServerCommand.INTERRUPTED;
        } finally {
            server.close();
        }
    }
}
