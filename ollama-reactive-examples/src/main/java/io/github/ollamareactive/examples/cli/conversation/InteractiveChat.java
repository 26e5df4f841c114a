// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.OutputClosedException;
import io.github.ollamareactive.examples.cli.views.AnswerView;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Conversation;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/** A conversation with a model: reads messages and prints answers until the user exits. Doesn't depend on a real terminal. */
public final class InteractiveChat {
    private final ChatTerminal terminal;
    private final Function<ChatRequest, Flux<GenerationEvent>> model;
    private final Supplier<AnswerView> answerViews;
    private final Output err;
    private final String serverAdvice;
    private final SlashCommands commands = new SlashCommands(this);
    private volatile Conversation conversation;
    private @Nullable AnswerView lastAnswer;

    /**
     * Creates a chat.
     *
     * @param terminal reads the user's input
     * @param conversation the initial history and settings
     * @param model makes the call for an answer
     * @param answerViews creates the view of an answer
     * @param err standard error, for the program's own messages
     * @param serverAdvice what the user can do if the server can't be reached
     */
    public InteractiveChat(
            ChatTerminal terminal,
            Conversation conversation,
            Function<ChatRequest, Flux<GenerationEvent>> model,
            Supplier<AnswerView> answerViews,
            Output err,
            String serverAdvice) {
        this.terminal = terminal;
        this.conversation = conversation;
        this.model = model;
        this.answerViews = answerViews;
        this.err = err;
        this.serverAdvice = serverAdvice;
    }

    /** Runs until the user exits. */
    public void run() {
        MultilineReader reader = new MultilineReader(terminal);
        String entry = reader.readEntry();
        while (entry != null && !entry.equals("/bye")) {
            if (SlashCommands.isCommand(entry)) {
                runCommand(entry);
            } else if (!entry.isEmpty()) {
                runTurn(entry);
            }
            entry = reader.readEntry();
        }
    }

    private void runCommand(String entry) {
        try {
            commands.run(entry);
        } catch (UsageException | IllegalArgumentException e) {
            print(String.valueOf(e.getMessage()));
        }
    }

    /** A turn that fails or is stopped leaves the conversation unchanged. */
    private void runTurn(String message) {
        Conversation asked = conversation.user(message);
        AnswerView view = answerViews.get();
        lastAnswer = view;
        try {
            boolean stopped = terminal.runInterruptibly(
                    () -> view.show(model.apply(asked.request()).transform(asked.reply(next -> conversation = next))));
            if (stopped) {
                print("Stopped. The question is not kept in the history.");
            }
        } catch (RuntimeException e) {
            Throwable failure = Exceptions.unwrap(e);
            if (failure instanceof OutputClosedException || failure instanceof InterruptedException) {
                throw e;
            }
            print(ErrorLine.of(failure, serverAdvice));
        }
    }

    Conversation conversation() {
        return conversation;
    }

    void replaceConversation(Conversation next) {
        conversation = next;
    }

    void print(String message) {
        err.printLine(message);
    }

    void printStats() {
        StringBuilder line = new StringBuilder(messageCount());
        conversation
                .tokens()
                .ifPresent(tokens -> line.append(", ").append(tokens).append(" tokens"));
        print(line.toString());
        String answerStats = lastAnswer == null ? "" : lastAnswer.statsLine();
        if (!answerStats.isEmpty()) {
            print("last answer: " + answerStats);
        }
    }

    String messageCount() {
        int messages = conversation.messages().size();
        return messages == 1 ? "1 message" : messages + " messages";
    }

    String modelName() {
        return conversation.request().fields().get("model") instanceof JsonString name ? name.value() : "no model";
    }
}
