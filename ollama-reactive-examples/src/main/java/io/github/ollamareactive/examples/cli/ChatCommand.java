// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.input.JsonFile;
import io.github.ollamareactive.examples.cli.input.Prompt;
import io.github.ollamareactive.examples.cli.input.WrongUsage;
import io.github.ollamareactive.examples.cli.output.AnswerView;
import io.github.ollamareactive.examples.cli.output.View;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "chat", description = "Ask a model, and see its answer as it comes.")
final class ChatCommand extends ServerCommand<GenerationEvent> {
    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..1",
            description = "What to say to the model. Default: what is piped in.")
    private @Nullable String prompt;

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "The functions that the model may call, as a JSON array.")
    private @Nullable Path tools;

    ChatCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Function<Server, Flux<GenerationEvent>> prepare() {
        ChatRequest request = generation.applyTo(ChatRequest.of(generation.placeholder(), messages()));
        ChatRequest asked = tools == null ? request : request.tools(readTools(tools));
        return server -> server.withModel(
                generation.model, Ability.GENERATE, model -> server.client().chat(asked.with("model", model)));
    }

    private List<Message> messages() {
        Message user =
                Message.user(Prompt.find(prompt, "chat", "PROMPT", surroundings.in(), surroundings.inIsTerminal()));
        for (Path image : generation.images) {
            user = user.image(image);
        }
        return generation.system == null ? List.of(user) : List.of(Message.system(generation.system), user);
    }

    private static List<Tool> readTools(Path file) {
        List<Tool> tools = new ArrayList<>();
        for (JsonValue definition : JsonFile.readArray("--tools", file).items()) {
            if (!(definition instanceof JsonObject tool)) {
                throw new WrongUsage("--tools: " + file + " holds what is no tool: " + definition);
            }
            tools.add(Tool.of(tool));
        }
        return tools;
    }

    @Override
    View<GenerationEvent> view(Server server) {
        return new AnswerView(out, surroundings.err(), generation.style(surroundings, common.stats()));
    }

    @Override
    String recording() {
        return "chat-demo";
    }
}
