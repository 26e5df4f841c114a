// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "load", description = "Load a model into memory, so that the next answer begins sooner.")
final class LoadCommand extends ServerCommand<GenerationEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    LoadCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<GenerationEvent>> prepare() {
        LoadRequest request = loading.applyTo(LoadRequest.of(model));
        return server -> server.client().load(request);
    }

    @Override
    View<GenerationEvent> view(Server server) {
        return events -> Events.forEach(events, done -> out.line(model + " is loaded"));
    }

    @Override
    String recording() {
        return "generate-load";
    }
}
