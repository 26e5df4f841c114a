// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import io.github.ollamareactive.examples.cli.input.Ports;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.script.ControlApi;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import reactor.netty.ChannelBindException;

/** A command that runs a local server until it is interrupted. */
abstract class LocalServerCommand implements Callable<Integer> {
    final Environment environment;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "11435",
            description = "The port to listen on; 0 selects a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 lets other machines in. Default: ${DEFAULT-VALUE}.")
    private String host = "";

    LocalServerCommand(Environment environment) {
        this.environment = environment;
    }

    /** Starts the server and prints its address to standard error. */
    abstract AutoCloseable start(String host, int port);

    /**
     * Starts a server with its control API that logs each request.
     *
     * @param setup adds the answers; again after each reset over the control API
     * @param description what the server does, such as {@code Serving 3 models}
     */
    final AutoCloseable serve(String host, int port, Consumer<OllamaTestServer> setup, String description) {
        OllamaTestServer server = OllamaTestServer.start(host, port);
        ControlApi.addTo(server, setup);
        RequestLog log = RequestLog.of(server, environment.err());
        environment.err().printLine(description + " at " + server.baseUrl() + "; press Ctrl-C to stop.");
        return () -> {
            server.close();
            log.awaitEnd();
        };
    }

    @Override
    public Integer call() throws Exception {
        checkAddress();
        AutoCloseable server;
        try {
            server = start(host, port);
        } catch (ChannelBindException e) {
            environment
                    .err()
                    .printLine("ollama-reactive: can't listen on port " + port + " of " + host
                            + ": it is in use or not allowed; choose another with --port or --host");
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

    private void checkAddress() {
        Ports.check(port);
        try {
            InetAddress unused = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UsageException("--host: there is no address " + host);
        }
    }
}
