// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PushRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "push", description = "Upload a model from the server to a registry.")
public final class PushCommand extends TransferCommand {
    public PushCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ProgressEvent>> prepareCall() {
        PushRequest request = applyTo(PushRequest.of(model()));
        return server -> server.client().push(request);
    }
}
