// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ServerEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "version", description = "Tell the server's version.")
final class VersionCommand extends ServerCommand<ServerEvent.Version> {
    VersionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ServerEvent.Version>> prepare() {
        return server -> server.client().version();
    }

    @Override
    View<ServerEvent.Version> view(Server server) {
        return events -> Events.forEach(events, version -> out.line(version.version()));
    }

    @Override
    String recording() {
        return "server-version";
    }
}
