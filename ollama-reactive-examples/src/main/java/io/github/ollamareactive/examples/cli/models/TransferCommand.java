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

/** Transfers a model between the server and a registry. */
abstract class TransferCommand extends ServerCommand<ProgressEvent> {
    @Parameters(
            paramLabel = "MODEL",
            description = "The model's name. Your own models start with the name of your account: you/model.")
    private String model = "";

    @Option(names = "--insecure", description = "Allow the server to use plain HTTP for the registry.")
    private boolean insecure;

    @Option(names = "--no-stream", description = "Request a single response, without progress.")
    private boolean noStream;

    TransferCommand(Environment environment) {
        super(environment);
    }

    final String model() {
        return model;
    }

    /** Sets the fields of a request that these options define. */
    final <R extends RequestFields<R>> R applyTo(R request) {
        return request.with("insecure", insecure ? true : null).with("stream", noStream ? false : null);
    }

    @Override
    protected View<ProgressEvent> view(ServerConnection server) {
        return new ProgressView(out);
    }
}
