// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.ModelRows;
import io.github.ollamareactive.examples.cli.output.TableView;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ModelEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "list", aliases = "ls", description = "List the installed models.")
final class ListCommand extends ServerCommand<ModelEvent.Installed> {
    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ModelEvent.Installed>> prepare() {
        return server -> server.client().models();
    }

    @Override
    View<ModelEvent.Installed> view(Server server) {
        ModelRows rows = new ModelRows(server.clock());
        return new TableView<>(out, ModelRows.INSTALLED, rows::installed);
    }

    @Override
    String recording() {
        return "models-list";
    }
}
