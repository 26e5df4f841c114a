// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.input.ModelFiles;
import io.github.ollamareactive.examples.cli.input.OptionAssignments;
import io.github.ollamareactive.examples.cli.views.ProgressView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ProgressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "create", description = "Create a model from another one or from files, which are uploaded.")
public final class CreateCommand extends ServerCommand<ProgressEvent> {
    @Parameters(paramLabel = "MODEL", description = "The new model's name.")
    private String model = "";

    @Option(names = "--from", paramLabel = "MODEL", description = "The model to start from.")
    private @Nullable String from;

    @Option(
            names = "--file",
            paramLabel = "[NAME=]PATH",
            description = "A file of weights or settings, as model.gguf. May be repeated. NAME is its name in the model"
                    + " and by default that of the file; NAME=sha256:... takes a blob that the server has.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--adapter",
            paramLabel = "[NAME=]PATH",
            description = "A file of a LoRA adapter, likewise. May be repeated.")
    private List<String> adapters = new ArrayList<>();

    @Option(names = "--quantize", paramLabel = "TYPE", description = "Quantize the weights, as q4_K_M.")
    private @Nullable String quantize;

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told beforehand.")
    private @Nullable String system;

    @Option(names = "--template", paramLabel = "TEXT", description = "The prompt template, in Go's language.")
    private @Nullable String template;

    @Option(names = "--license", paramLabel = "TEXT", description = "A licence. May be repeated.")
    private List<String> licenses = new ArrayList<>();

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "An option that the model has from the start, as temperature=0. May be repeated;"
                    + " so may stop=TEXT.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--no-stream", description = "Wait for the end without progress.")
    private boolean noStream;

    private boolean uploads;

    public CreateCommand(Environment surroundings) {
        super(surroundings);
    }

    @Override
    protected Function<ServerConnection, Flux<ProgressEvent>> prepare() {
        ModelFiles weights = ModelFiles.read("--file", files);
        ModelFiles adapting = ModelFiles.read("--adapter", adapters);
        uploads = weights.anyLocal() || adapting.anyLocal();
        CreateRequest request = CreateRequest.of(model)
                .with("from", from)
                .with("quantize", quantize)
                .with("system", system)
                .with("template", template)
                .with("parameters", parameters.isEmpty() ? null : OptionAssignments.read(parameters))
                .with("stream", noStream ? false : null);
        request = weights.addTo(request, CreateRequest::file, CreateRequest::file);
        request = adapting.addTo(request, CreateRequest::adapter, CreateRequest::adapter);
        CreateRequest whole = licenses.isEmpty() ? request : request.license(licenses.toArray(String[]::new));
        return server -> server.client().create(whole);
    }

    @Override
    protected View<ProgressEvent> view(ServerConnection server) {
        return new ProgressView(out);
    }

    /** No recording takes the files of this machine. */
    @Override
    protected @Nullable String recording() {
        if (uploads) {
            return null;
        }
        return quantize == null ? "create-from" : "create-quantize";
    }
}
