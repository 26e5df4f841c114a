// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.views.ModelRows;
import io.github.ollamareactive.examples.cli.views.TableView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.server.ModelEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "ps", description = "List the loaded models.")
public final class PsCommand extends ServerCommand<ModelEvent.Running> {
    public PsCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ModelEvent.Running>> prepareCall() {
        return server -> server.client().running();
    }

    @Override
    protected View<ModelEvent.Running> view(ServerConnection server) {
        ModelRows rows = new ModelRows(environment.clock());
        return new TableView<>(out, ModelRows.RUNNING_HEADER, rows::running);
    }
}
