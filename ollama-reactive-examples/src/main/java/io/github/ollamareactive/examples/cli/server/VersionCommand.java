// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.server.ServerEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "version", description = "Print the version of the server.")
public final class VersionCommand extends ServerCommand<ServerEvent.Version> {
    public VersionCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ServerEvent.Version>> prepareCall() {
        return server -> server.client().version();
    }

    @Override
    protected View<ServerEvent.Version> view(ServerConnection server) {
        return events -> BlockingEvents.forEach(events, version -> out.printLine(version.version()));
    }
}
