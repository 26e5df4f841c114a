// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.ShowView;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ShowRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "show", description = "Tell about a model.")
final class ShowCommand extends ServerCommand<ModelEvent.Shown> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Option(names = "--verbose", description = "Tell all: also the facts from its files, and its tensors.")
    private boolean verbose;

    ShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ModelEvent.Shown>> prepare() {
        ShowRequest request = ShowRequest.of(model).with("verbose", verbose ? true : null);
        return server -> server.client().show(request);
    }

    @Override
    View<ModelEvent.Shown> view(Server server) {
        return new ShowView(out, verbose);
    }

    @Override
    String recording() {
        return verbose ? "models-show-verbose" : "models-show";
    }
}
