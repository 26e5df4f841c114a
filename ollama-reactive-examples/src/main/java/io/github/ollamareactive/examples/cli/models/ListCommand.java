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

@Command(name = "list", aliases = "ls", description = "List the installed models.")
public final class ListCommand extends ServerCommand<ModelEvent.Installed> {
    public ListCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ModelEvent.Installed>> prepareCall() {
        return server -> server.client().models();
    }

    @Override
    protected View<ModelEvent.Installed> view(ServerConnection server) {
        ModelRows rows = new ModelRows(environment.clock());
        return new TableView<>(out, ModelRows.INSTALLED_HEADER, rows::installed);
    }
}
