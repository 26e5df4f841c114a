// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PushRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import reactor.core.publisher.Flux;

@Command(name = "push", description = "Upload a model from the server to its registry.")
final class PushCommand extends TransferCommand {
    PushCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ProgressEvent>> prepare() {
        PushRequest request = applyTo(PushRequest.of(model()));
        return server -> server.client().push(request);
    }

    @Override
    String recording() {
        return "push-stream";
    }
}
