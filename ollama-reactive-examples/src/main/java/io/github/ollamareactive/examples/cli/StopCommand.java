// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.generation.GenerationEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "stop", description = "Unload a model, after the answers under way.")
final class StopCommand extends ServerCommand<GenerationEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    StopCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<GenerationEvent>> prepare() {
        required("model", model);
        return server -> server.client().unload(model);
    }

    @Override
    View<GenerationEvent> view(Server server) {
        return events -> Events.forEach(events, done -> out.line(model + " is unloaded"));
    }

    @Override
    String recording() {
        return "generate-unload";
    }
}
