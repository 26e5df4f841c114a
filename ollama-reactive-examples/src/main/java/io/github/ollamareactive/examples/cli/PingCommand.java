// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ServerEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "ping", description = "Tell whether the server answers.")
final class PingCommand extends ServerCommand<ServerEvent.Alive> {
    PingCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ServerEvent.Alive>> prepare() {
        return server -> server.client().alive();
    }

    @Override
    View<ServerEvent.Alive> view(Server server) {
        return events -> Events.forEach(events, alive -> out.line(server + " answers"));
    }

    /** Whether a server answers is the question, so none is played here. */
    @Override
    @Nullable
    String recording() {
        return null;
    }
}
