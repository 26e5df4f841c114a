// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.examples.cli.command.Capability;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.input.PromptInput;
import io.github.ollamareactive.examples.cli.views.EmbeddingView;
import io.github.ollamareactive.examples.cli.views.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "embed", description = "Turn texts into vectors, and tell how alike they are.")
public final class EmbedCommand extends ServerCommand<EmbeddingEvent> {
    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "The texts. Default: one, which is piped in.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: the first one installed that can embed.")
    private @Nullable String model;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description = "How many numbers a vector has. Default: as many as the model makes.")
    private @Nullable Integer dimensions;

    @Option(names = "--no-truncate", description = "Fail on a text that is too long, in place of cutting it.")
    private boolean noTruncate;

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    public EmbedCommand(Environment surroundings) {
        super(surroundings);
    }

    @Override
    protected Function<ServerConnection, Flux<EmbeddingEvent>> prepare() {
        if (texts.isEmpty()) {
            texts = List.of(PromptInput.find(null, "embed", "TEXT", surroundings.in(), surroundings.inIsTerminal()));
        }
        EmbedRequest request = loading.applyTo(
                EmbedRequest.of(model == null ? "?" : model, texts).with("truncate", noTruncate ? false : null));
        EmbedRequest asked = dimensions == null ? request : request.dimensions(dimensions);
        return server -> server.withModel(
                model, Capability.EMBED, name -> server.client().embed(asked.with("model", name)));
    }

    @Override
    protected View<EmbeddingEvent> view(ServerConnection server) {
        return new EmbeddingView(out, surroundings.err(), server.inputs(texts), common.stats());
    }

    @Override
    protected String recording() {
        return texts.size() == 1 ? "embed-one" : "embed-many";
    }
}
