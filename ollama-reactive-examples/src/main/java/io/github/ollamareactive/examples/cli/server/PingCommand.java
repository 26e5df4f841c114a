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

@Command(name = "ping", description = "Check whether the server answers.")
public final class PingCommand extends ServerCommand<ServerEvent.Alive> {
    public PingCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ServerEvent.Alive>> prepareCall() {
        return server -> server.client().alive();
    }

    @Override
    protected View<ServerEvent.Alive> view(ServerConnection server) {
        return events -> BlockingEvents.forEach(events, alive -> out.printLine(server.description() + " answers"));
    }
}
