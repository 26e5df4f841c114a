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

@Command(name = "create", description = "Create a model from another model or from local files, which are uploaded.")
@SuppressWarnings("deprecation") // older servers take adapters
public final class CreateCommand extends ServerCommand<ProgressEvent> {
    @Parameters(paramLabel = "MODEL", description = "The new model's name.")
    private String model = "";

    @Option(names = "--from", paramLabel = "MODEL", description = "The model to start from.")
    private @Nullable String from;

    @Option(
            names = "--file",
            paramLabel = "[NAME=]PATH",
            description =
                    "A file of the model, such as model.gguf. May be repeated. NAME is the file's name in the model,"
                            + " by default the name of the file. NAME=sha256:... names a blob on the server.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--adapter",
            paramLabel = "[NAME=]PATH",
            description = "A file of a LoRA adapter, in the same form. May be repeated.")
    private List<String> adapters = new ArrayList<>();

    @Option(names = "--quantize", paramLabel = "TYPE", description = "The quantization of the weights, such as q4_K_M.")
    private @Nullable String quantize;

    @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
    private @Nullable String system;

    @Option(names = "--template", paramLabel = "TEXT", description = "The prompt template, a Go template.")
    private @Nullable String template;

    @Option(names = "--license", paramLabel = "TEXT", description = "A licence text. May be repeated.")
    private List<String> licenses = new ArrayList<>();

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "The default of a model option, such as temperature=0. May be repeated,"
                    + " also stop=TEXT for several stop sequences.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--no-stream", description = "Request a single response, without progress.")
    private boolean noStream;

    public CreateCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<ProgressEvent>> prepareCall() {
        ModelFiles modelFiles = ModelFiles.parse("--file", files);
        ModelFiles adapterFiles = ModelFiles.parse("--adapter", adapters);
        CreateRequest options = CreateRequest.of(model)
                .with("from", from)
                .with("quantize", quantize)
                .with("system", system)
                .with("template", template)
                .with("parameters", parameters.isEmpty() ? null : OptionAssignments.parse(parameters))
                .with("stream", noStream ? false : null);
        CreateRequest withFiles = modelFiles.addTo(options, CreateRequest::file, CreateRequest::file);
        CreateRequest withAdapters = adapterFiles.addTo(withFiles, CreateRequest::adapter, CreateRequest::adapter);
        CreateRequest request =
                licenses.isEmpty() ? withAdapters : withAdapters.license(licenses.toArray(String[]::new));
        return server -> server.client().create(request);
    }

    @Override
    protected View<ProgressEvent> view(ServerConnection server) {
        return new ProgressView(out);
    }
}
