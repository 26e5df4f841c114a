// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.server.ModelEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "rm", description = "Delete a model.")
public final class RmCommand extends ServerCommand<ModelEvent.Deleted> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    public RmCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ModelEvent.Deleted>> prepareCall() {
        requireNonBlank("model", model);
        return server -> server.client().delete(model);
    }

    @Override
    protected View<ModelEvent.Deleted> view(ServerConnection server) {
        return events -> BlockingEvents.forEach(events, deleted -> out.printLine("deleted '" + deleted.model() + "'"));
    }
}
