// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.examples.cli.command.Capability;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import io.github.ollamareactive.examples.cli.conversation.InteractiveChat;
import io.github.ollamareactive.examples.cli.input.JsonFiles;
import io.github.ollamareactive.examples.cli.input.PromptInput;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.views.AnswerView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.operators.Conversation;
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

@Command(
        name = "chat",
        description = "Ask a model, and see its answer as it comes. On a terminal without a PROMPT: a conversation.")
public final class ChatCommand extends ServerCommand<GenerationEvent> {
    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..1",
            description = "What to say to the model. Default: what is piped in; on a terminal, a conversation.")
    private @Nullable String prompt;

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "The functions that the model may call, as a JSON array.")
    private @Nullable Path tools;

    private @Nullable ChatRequest settings;

    public ChatCommand(Environment surroundings) {
        super(surroundings);
    }

    @Override
    protected Function<ServerConnection, Flux<GenerationEvent>> prepare() {
        List<Message> messages = new ArrayList<>();
        if (generation.system != null) {
            messages.add(Message.system(generation.system));
        }
        if (!isConversation()) {
            messages.add(question());
        } else if (!generation.images.isEmpty()) {
            throw new UsageException("--image needs a PROMPT to go with");
        }
        ChatRequest request = generation.applyTo(ChatRequest.of(generation.placeholder(), messages));
        ChatRequest asked = tools == null ? request : request.tools(readTools(tools));
        settings = asked;
        return server -> server.withModel(
                generation.model, Capability.GENERATE, model -> server.client().chat(asked.with("model", model)));
    }

    /** Nobody reads a conversation's events, or a file of it; they need a prompt. */
    private boolean isConversation() {
        return prompt == null && surroundings.inIsTerminal() && out.isTerminal() && !common.events();
    }

    @Override
    protected void ask(ServerConnection server, Function<ServerConnection, Flux<GenerationEvent>> call) {
        if (isConversation()) {
            talk(server, requireNonNull(settings));
        } else {
            super.ask(server, call);
        }
    }

    private void talk(ServerConnection server, ChatRequest opening) {
        String model = requireNonNull(server.withModel(generation.model, Capability.GENERATE, Flux::just)
                .blockFirst());
        Output notes = surroundings.err();
        notes.line("Talking to " + model + ", " + server + ". /help shows the commands, /bye leaves."
                + (server.isRecording() ? " A recording gives the same answer to everything." : ""));
        Conversation conversation = Conversation.of(opening.with("model", model));
        try (ChatTerminal person = surroundings.person().get()) {
            new InteractiveChat(person, conversation, server.client()::chat, this::answerView, notes).run();
        }
    }

    private Message question() {
        Message user = Message.user(
                PromptInput.find(prompt, "chat", "PROMPT", surroundings.in(), surroundings.inIsTerminal()));
        for (Path image : generation.images) {
            user = user.image(image);
        }
        return user;
    }

    private static List<Tool> readTools(Path file) {
        List<Tool> tools = new ArrayList<>();
        for (JsonValue definition : JsonFiles.readArray("--tools", file).items()) {
            if (!(definition instanceof JsonObject tool)) {
                throw new UsageException("--tools: " + file + " holds what is no tool: " + definition);
            }
            tools.add(Tool.of(tool));
        }
        return tools;
    }

    @Override
    protected View<GenerationEvent> view(ServerConnection server) {
        return answerView();
    }

    private AnswerView answerView() {
        return new AnswerView(out, surroundings.err(), generation.style(surroundings, common.stats()));
    }

    @Override
    protected String recording() {
        return "chat-demo";
    }
}
