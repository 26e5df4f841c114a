// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.ModelRows;
import io.github.ollamareactive.examples.cli.output.TableView;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ModelEvent;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "ps", description = "List the models that are loaded.")
final class PsCommand extends ServerCommand<ModelEvent.Running> {
    PsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ModelEvent.Running>> prepare() {
        return server -> server.client().running();
    }

    @Override
    View<ModelEvent.Running> view(Server server) {
        ModelRows rows = new ModelRows(server.clock());
        return new TableView<>(out, ModelRows.RUNNING, rows::running);
    }

    @Override
    String recording() {
        return "models-running";
    }
}
