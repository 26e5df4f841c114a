// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.script.ControlApi;
import java.util.function.Consumer;

/** A server with its control API that logs each request. */
final class LoggedServer {
    private LoggedServer() {}

    static AutoCloseable start(
            String host, int port, Consumer<OllamaTestServer> setup, String description, Output err) {
        OllamaTestServer server = OllamaTestServer.start(host, port);
        ControlApi.addTo(server, setup);
        RequestLog log = RequestLog.of(server, err);
        err.printLine(description + " at " + server.baseUrl() + "; press Ctrl-C to stop.");
        return () -> {
            server.close();
            log.awaitEnd();
        };
    }
}
