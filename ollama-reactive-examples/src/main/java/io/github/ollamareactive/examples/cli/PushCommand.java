// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.output.ProgressView;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PushRequest;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "push", description = "Upload a model from the server to its registry.")
final class PushCommand extends ServerCommand<ProgressEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name, with your own in front: you/model.")
    private String model = "";

    @Option(names = "--insecure", description = "Let the server talk plain http to the registry.")
    private boolean insecure;

    @Option(names = "--no-stream", description = "Wait for the end without progress.")
    private boolean noStream;

    PushCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<ProgressEvent>> prepare() {
        PushRequest request =
                PushRequest.of(model).with("insecure", insecure ? true : null).with("stream", noStream ? false : null);
        return server -> server.client().push(request);
    }

    @Override
    View<ProgressEvent> view(Server server) {
        return new ProgressView(out);
    }

    @Override
    String recording() {
        return "push-stream";
    }
}
