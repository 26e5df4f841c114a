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

@Command(name = "embed", description = "Compute the embeddings of texts and their cosine similarity.")
public final class EmbedCommand extends ServerCommand<EmbeddingEvent> {
    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "The texts. Default: one text from standard input.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: the first installed model that can embed.")
    private @Nullable String model;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description = "The number of dimensions of each vector. Default: that of the model.")
    private @Nullable Integer dimensions;

    @Option(names = "--no-truncate", description = "Fail if a text is too long, instead of truncating it.")
    private boolean noTruncate;

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    @Mixin
    private final StatsOption stats = new StatsOption();

    public EmbedCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<EmbeddingEvent>> prepareCall() {
        if (texts.isEmpty()) {
            texts = List.of(PromptInput.read(null, "embed", "TEXT", environment.in(), environment.inIsTerminal()));
        }
        EmbedRequest withoutDimensions = loading.applyTo(
                EmbedRequest.of(model == null ? "?" : model, texts).with("truncate", noTruncate ? false : null));
        EmbedRequest request = dimensions == null ? withoutDimensions : withoutDimensions.dimensions(dimensions);
        return server -> server.withModel(
                model, Capability.EMBED, name -> server.client().embed(request.with("model", name)));
    }

    @Override
    protected View<EmbeddingEvent> view(ServerConnection server) {
        return new EmbeddingView(out, environment.err(), texts, stats.enabled());
    }
}
