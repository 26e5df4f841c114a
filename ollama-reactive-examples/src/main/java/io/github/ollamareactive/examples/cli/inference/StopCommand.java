// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.generation.GenerationEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "stop", description = "Unload a model after its running requests have finished.")
public final class StopCommand extends ServerCommand<GenerationEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    public StopCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<GenerationEvent>> prepareCall() {
        requireNonBlank("model", model);
        return server -> server.client().unload(model);
    }

    @Override
    protected View<GenerationEvent> view(ServerConnection server) {
        return events -> BlockingEvents.forEach(events, done -> out.printLine(model + " is unloaded"));
    }
}
