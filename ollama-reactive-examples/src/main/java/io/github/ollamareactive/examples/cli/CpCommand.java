// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ModelEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "cp", description = "Copy a model to another name.")
final class CpCommand extends ServerCommand<ModelEvent.Copied> {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The model's name.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "DESTINATION", description = "The copy's name; what has it is replaced.")
    private String destination = "";

    CpCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ModelEvent.Copied>> prepare() {
        required("source", source);
        required("destination", destination);
        return server -> server.client().copy(source, destination);
    }

    @Override
    View<ModelEvent.Copied> view(Server server) {
        return events -> Events.forEach(
                events, copied -> out.line("copied '" + copied.source() + "' to '" + copied.destination() + "'"));
    }

    @Override
    String recording() {
        return "models-copy";
    }
}
