// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "load", description = "Load a model into memory, so that the next answer starts sooner.")
public final class LoadCommand extends ServerCommand<GenerationEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    public LoadCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<GenerationEvent>> prepareCall() {
        LoadRequest request = loading.applyTo(LoadRequest.of(model));
        return server -> server.client().load(request);
    }

    @Override
    protected View<GenerationEvent> view(ServerConnection server) {
        return events -> BlockingEvents.forEach(events, done -> out.printLine(model + " is loaded"));
    }
}
