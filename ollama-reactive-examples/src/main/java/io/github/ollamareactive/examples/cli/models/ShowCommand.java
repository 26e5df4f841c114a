// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.views.ShowView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ShowRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "show", description = "Show information about a model.")
public final class ShowCommand extends ServerCommand<ModelEvent.Shown> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Option(names = "--verbose", description = "Also show the metadata from the model files, and the tensors.")
    private boolean verbose;

    public ShowCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ModelEvent.Shown>> prepareCall() {
        ShowRequest request = ShowRequest.of(model).with("verbose", verbose ? true : null);
        return server -> server.client().show(request);
    }

    @Override
    protected View<ModelEvent.Shown> view(ServerConnection server) {
        return new ShowView(out, verbose);
    }
}
