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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(
        name = "chat",
        description = "Send a message to a model and print its answer as it arrives."
                + " On a terminal without a PROMPT, start a conversation.")
public final class ChatCommand extends ServerCommand<GenerationEvent> {
    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..1",
            description =
                    "The message. Text on standard input is put before it. Default, or with -: standard input only;"
                            + " on a terminal, a conversation.")
    private @Nullable String prompt;

    @Option(names = "--tools", paramLabel = "FILE", description = "A JSON array of the tools that the model may call.")
    private @Nullable Path toolsFile;

    private @Nullable ChatRequest request;

    public ChatCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<GenerationEvent>> prepareCall() {
        ChatRequest prepared = readRequest();
        request = prepared;
        UnaryOperator<Flux<GenerationEvent>> limits = generation.limits();
        return server -> server.withModel(
                        generation.model,
                        Capability.GENERATE,
                        model -> server.client().chat(prepared.with("model", model)))
                .transform(limits);
    }

    private ChatRequest readRequest() {
        List<Message> messages = new ArrayList<>();
        if (generation.system != null) {
            messages.add(Message.system(generation.system));
        }
        if (!isInteractive()) {
            messages.add(userMessage());
        } else if (!generation.images.isEmpty()) {
            throw new UsageException("--image needs a PROMPT");
        }
        ChatRequest withoutTools = generation.applyTo(ChatRequest.of(generation.modelOrPlaceholder(), messages));
        return toolsFile == null ? withoutTools : withoutTools.tools(readTools(toolsFile));
    }

    /** With {@code --events} or with output to a file there is no conversation, and a prompt is required. */
    private boolean isInteractive() {
        return prompt == null && environment.inIsTerminal() && out.isTerminal() && !common.events();
    }

    @Override
    protected void execute(ServerConnection server, Function<ServerConnection, Flux<GenerationEvent>> call) {
        if (isInteractive()) {
            runInteractiveChat(server, requireNonNull(request));
        } else {
            super.execute(server, call);
        }
    }

    private void runInteractiveChat(ServerConnection server, ChatRequest firstRequest) {
        String model = requireNonNull(server.withModel(generation.model, Capability.GENERATE, Flux::just)
                .blockFirst());
        Output err = environment.err();
        err.printLine("Talking to " + model + ", " + server.description() + ". /help shows the commands, /bye exits."
                + (server.isRecording() ? " A recording gives the same answer to everything." : ""));
        Conversation conversation = Conversation.of(firstRequest.with("model", model));
        try (ChatTerminal terminal = environment.terminal().get()) {
            String advice = common.server().advice(environment);
            Function<ChatRequest, Flux<GenerationEvent>> limited =
                    chat -> server.client().chat(chat).transform(generation.limits());
            new InteractiveChat(terminal, conversation, limited, this::answerView, err, advice).run();
        }
    }

    private Message userMessage() {
        Message message =
                Message.user(PromptInput.read(prompt, "chat", "PROMPT", environment.in(), environment.inIsTerminal()));
        for (Path image : generation.images) {
            message = message.image(image);
        }
        return message;
    }

    private static List<Tool> readTools(Path file) {
        List<Tool> tools = new ArrayList<>();
        for (JsonValue definition : JsonFiles.readArray("--tools", file).items()) {
            if (!(definition instanceof JsonObject tool)) {
                throw new UsageException("--tools: " + file + " contains an element that is not a tool: " + definition);
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
        return new AnswerView(out, environment.err(), generation.answerStyle(environment));
    }

    @Override
    protected String recordingName() {
        return "chat-demo";
    }
}
