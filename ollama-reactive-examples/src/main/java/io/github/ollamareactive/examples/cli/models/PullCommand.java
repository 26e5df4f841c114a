// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "pull", description = "Download a model to the server.")
public final class PullCommand extends TransferCommand {
    public PullCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ProgressEvent>> prepareCall() {
        PullRequest request = applyTo(PullRequest.of(model()));
        return server -> server.client().pull(request);
    }
}
