// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "pull", description = "Download a model to the server.")
final class PullCommand extends TransferCommand {
    PullCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ProgressEvent>> prepare() {
        PullRequest request = applyTo(PullRequest.of(model()));
        return server -> server.client().pull(request);
    }

    @Override
    String recording() {
        return "pull-stream";
    }
}
