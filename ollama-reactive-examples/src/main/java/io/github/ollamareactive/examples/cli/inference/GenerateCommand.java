// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.command.Capability;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.input.JsonFiles;
import io.github.ollamareactive.examples.cli.input.PromptInput;
import io.github.ollamareactive.examples.cli.views.AnswerView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.protocol.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "generate", description = "Complete a prompt with a model and print the completion as it arrives.")
public final class GenerateCommand extends ServerCommand<GenerationEvent> {
    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..1",
            description =
                    "The text to complete. Text on standard input is put before it. Default, or with -: standard input only.")
    private @Nullable String prompt;

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description = "The text after the completion, for models that support insertion.")
    private @Nullable String suffix;

    @Option(names = "--raw", description = "Send the prompt without the model's template.")
    private boolean raw;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "A Go template that replaces the model's template.")
    private @Nullable String template;

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description =
                    "A JSON array with the context of earlier calls: read if the file exists, written after the answer.")
    private @Nullable Path contextFile;

    private volatile @Nullable List<Integer> returnedContext;

    public GenerateCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<GenerationEvent>> prepareCall() {
        GenerateRequest request = readRequest();
        UnaryOperator<Flux<GenerationEvent>> limits = generation.limits();
        return server -> server.withModel(
                        generation.model,
                        Capability.GENERATE,
                        model -> server.client().generate(request.with("model", model)))
                .transform(limits)
                .doOnNext(event -> {
                    if (event instanceof Done done) {
                        returnedContext = done.context();
                    }
                });
    }

    private GenerateRequest readRequest() {
        String text = PromptInput.read(prompt, "generate", "PROMPT", environment.in(), environment.inIsTerminal());
        GenerateRequest request = GenerateRequest.of(generation.modelOrPlaceholder(), text)
                .with("suffix", suffix)
                .with("system", generation.system)
                .with("template", template)
                .with("raw", raw ? true : null)
                .with("context", readContext());
        for (Path image : generation.images) {
            request = request.image(image);
        }
        return generation.applyTo(request);
    }

    private @Nullable JsonValue readContext() {
        return contextFile != null && Files.exists(contextFile) ? JsonFiles.readArray("--context", contextFile) : null;
    }

    @Override
    protected void onSuccess() {
        List<Integer> context = returnedContext;
        if (contextFile == null || context == null) {
            return;
        }
        try {
            Files.writeString(contextFile, JsonValue.of(context) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("--context: can't write " + contextFile, e);
        }
    }

    @Override
    protected View<GenerationEvent> view(ServerConnection server) {
        return new AnswerView(out, environment.err(), generation.answerStyle(environment));
    }

    @Override
    protected String recordingName() {
        return "generate-demo";
    }
}
