// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.views.ProgressView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.server.ProgressEvent;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a model between the server and a registry. */
abstract class TransferCommand extends ServerCommand<ProgressEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name; one's own have the account in front: you/model.")
    private String model = "";

    @Option(names = "--insecure", description = "Let the server talk plain http to the registry.")
    private boolean insecure;

    @Option(names = "--no-stream", description = "Wait for the end without progress.")
    private boolean noStream;

    TransferCommand(Environment surroundings) {
        super(surroundings);
    }

    final String model() {
        return model;
    }

    final <R extends RequestFields<R>> R applyTo(R request) {
        return request.with("insecure", insecure ? true : null).with("stream", noStream ? false : null);
    }

    @Override
    protected View<ProgressEvent> view(ServerConnection server) {
        return new ProgressView(out);
    }
}
