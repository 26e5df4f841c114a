// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ModelEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "rm", description = "Delete a model.")
final class RmCommand extends ServerCommand<ModelEvent.Deleted> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    RmCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ModelEvent.Deleted>> prepare() {
        required("model", model);
        return server -> server.client().delete(model);
    }

    @Override
    View<ModelEvent.Deleted> view(Server server) {
        return events -> Events.forEach(events, deleted -> out.line("deleted '" + deleted.model() + "'"));
    }

    @Override
    String recording() {
        return "models-delete";
    }
}
