// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.input.KeepAliveValue;
import io.github.ollamareactive.examples.cli.input.OptionAssignments;
import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.protocol.KeepAlive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "load", description = "Load a model into memory, so that the next answer begins sooner.")
final class LoadCommand extends ServerCommand<GenerationEvent> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Option(
            names = "--keep-alive",
            paramLabel = "D",
            converter = KeepAliveValue.class,
            description = "How long it stays loaded: 10m, 2h45m, a number of seconds, forever, or 0.")
    private @Nullable KeepAlive keepAlive;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "A model option to load with, as num_ctx=8192. May be repeated.")
    private List<String> options = new ArrayList<>();

    LoadCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<GenerationEvent>> prepare() {
        LoadRequest request = LoadRequest.of(model)
                .with("options", options.isEmpty() ? null : OptionAssignments.read(options))
                .with("keep_alive", keepAlive);
        return server -> server.client().load(request);
    }

    @Override
    View<GenerationEvent> view(Server server) {
        return events -> Events.forEach(events, done -> out.line(model + " is loaded"));
    }

    @Override
    String recording() {
        return "generate-load";
    }
}
