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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "generate", description = "Let a model complete a prompt, and see the completion as it comes.")
public final class GenerateCommand extends ServerCommand<GenerationEvent> {
    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Parameters(paramLabel = "PROMPT", arity = "0..1", description = "What to complete. Default: what is piped in.")
    private @Nullable String prompt;

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description = "What stands after the completion; for models that can insert.")
    private @Nullable String suffix;

    @Option(names = "--raw", description = "Send the prompt as it is, without the model's template.")
    private boolean raw;

    @Option(names = "--template", paramLabel = "TEXT", description = "A Go template in place of the model's own.")
    private @Nullable String template;

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description = "The state of the conversation, a JSON array: read if it is there, written after the answer.")
    private @Nullable Path context;

    private volatile @Nullable List<Integer> newContext;

    public GenerateCommand(Environment surroundings) {
        super(surroundings);
    }

    @Override
    protected Function<ServerConnection, Flux<GenerationEvent>> prepare() {
        GenerateRequest request = request();
        return server -> server.withModel(
                        generation.model,
                        Capability.GENERATE,
                        model -> server.client().generate(request.with("model", model)))
                .doOnNext(event -> {
                    if (event instanceof Done done) {
                        newContext = done.context();
                    }
                });
    }

    private GenerateRequest request() {
        String text = PromptInput.find(prompt, "generate", "PROMPT", surroundings.in(), surroundings.inIsTerminal());
        GenerateRequest request = GenerateRequest.of(generation.placeholder(), text)
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
        return context != null && Files.exists(context) ? JsonFiles.readArray("--context", context) : null;
    }

    @Override
    protected void succeeded() {
        List<Integer> state = newContext;
        if (context == null || state == null) {
            return;
        }
        try {
            Files.writeString(context, JsonValue.of(state) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("--context: can't write " + context, e);
        }
    }

    @Override
    protected View<GenerationEvent> view(ServerConnection server) {
        return new AnswerView(out, surroundings.err(), generation.style(surroundings, common.stats()));
    }

    @Override
    protected String recording() {
        return "generate-demo";
    }
}
