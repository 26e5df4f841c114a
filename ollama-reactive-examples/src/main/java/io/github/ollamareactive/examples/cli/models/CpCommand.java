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

@Command(name = "cp", description = "Copy a model to another name.")
public final class CpCommand extends ServerCommand<ModelEvent.Copied> {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The model's name.")
    private String source = "";

    @Parameters(
            index = "1",
            paramLabel = "DESTINATION",
            description = "The name of the copy. An existing model of that name is replaced.")
    private String destination = "";

    public CpCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ModelEvent.Copied>> prepareCall() {
        requireNonBlank("source", source);
        requireNonBlank("destination", destination);
        return server -> server.client().copy(source, destination);
    }

    @Override
    protected View<ModelEvent.Copied> view(ServerConnection server) {
        return events -> BlockingEvents.forEach(
                events, copied -> out.printLine("copied '" + copied.source() + "' to '" + copied.destination() + "'"));
    }
}
