// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.Output;
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

/** A conversation with a model: a person says something, the answer comes, until the person leaves. Knows no terminal. */
public final class InteractiveChat {
    private final ChatTerminal person;
    private final Function<ChatRequest, Flux<GenerationEvent>> model;
    private final Supplier<AnswerView> views;
    private final Output notes;
    private final SlashCommands commands = new SlashCommands(this);
    private volatile Conversation conversation;
    private @Nullable AnswerView last;

    /**
     * Begins.
     *
     * @param person who talks
     * @param conversation what was said before, and the settings
     * @param model answers
     * @param views shows an answer
     * @param notes where the program's own words go
     */
    public InteractiveChat(
            ChatTerminal person,
            Conversation conversation,
            Function<ChatRequest, Flux<GenerationEvent>> model,
            Supplier<AnswerView> views,
            Output notes) {
        this.person = person;
        this.conversation = conversation;
        this.model = model;
        this.views = views;
        this.notes = notes;
    }

    /** Goes on until the person leaves. */
    public void run() {
        MultilineReader entries = new MultilineReader(person);
        String entry = entries.next();
        while (entry != null && !entry.equals("/bye")) {
            if (SlashCommands.isCommand(entry)) {
                command(entry);
            } else if (!entry.isEmpty()) {
                turn(entry);
            }
            entry = entries.next();
        }
    }

    private void command(String entry) {
        try {
            commands.run(entry);
        } catch (UsageException | IllegalArgumentException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    /** A turn that is stopped or fails leaves the conversation as it was. */
    private void turn(String said) {
        Conversation asked = conversation.user(said);
        AnswerView view = views.get();
        last = view;
        try {
            boolean stopped = person.listen(
                    () -> view.show(model.apply(asked.request()).transform(asked.reply(next -> conversation = next))));
            if (stopped) {
                say("Stopped. The model won't know of the question.");
            }
        } catch (RuntimeException e) {
            Throwable failure = Exceptions.unwrap(e);
            if (failure instanceof Output.Closed || failure instanceof InterruptedException) {
                throw e;
            }
            say(ErrorLine.of(failure));
        }
    }

    Conversation conversation() {
        return conversation;
    }

    void change(Conversation next) {
        conversation = next;
    }

    void say(String words) {
        notes.line(words);
    }

    void stats() {
        StringBuilder line = new StringBuilder(size());
        conversation
                .tokens()
                .ifPresent(tokens -> line.append(", ").append(tokens).append(" tokens"));
        say(line.toString());
        String numbers = last == null ? "" : last.numbers();
        if (!numbers.isEmpty()) {
            say("last answer: " + numbers);
        }
    }

    String size() {
        int messages = conversation.messages().size();
        return messages == 1 ? "1 message" : messages + " messages";
    }

    String model() {
        return conversation.request().fields().get("model") instanceof JsonString name ? name.value() : "no model";
    }
}
