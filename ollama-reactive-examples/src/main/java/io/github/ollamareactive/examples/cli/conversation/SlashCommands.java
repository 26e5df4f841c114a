// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import static io.github.ollamareactive.examples.cli.input.ThinkConverter.LEVELS;

import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonWritable;
import java.nio.file.Path;
import java.util.List;

/** The commands that begin with a slash. They control the program and are not sent to the model. */
final class SlashCommands {
    static final List<String> NAMES =
            List.of("/system", "/model", "/think", "/save", "/load", "/stats", "/help", "/bye");

    private static final String HELP =
            """
            /system TEXT   set the system message
            /model NAME    continue with another model
            /think LEVEL   set thinking: on, off, %s or %s
            /save FILE     save the model and the messages as JSON
            /load FILE     load a saved model and its messages
            /stats         show statistics of the history and the last answer
            /help          show this help
            /bye           exit; also Ctrl-D, or Ctrl-C on an empty line
            \"""            begins and ends a message of several lines
            Ctrl-C         stops an answer and drops its question from the history""".formatted(String.join(", ", LEVELS.subList(0, LEVELS.size() - 1)), LEVELS.get(LEVELS.size() - 1));

    private final InteractiveChat chat;

    SlashCommands(InteractiveChat chat) {
        this.chat = chat;
    }

    /** Whether an entry is a command. A path at its start, as in {@code /etc/hosts says}, is not. */
    static boolean isCommand(String entry) {
        return entry.matches("/[^/\\s]*(\\s.*)?") || entry.startsWith("/system ");
    }

    /**
     * Runs a command.
     *
     * @throws UsageException if the command is unknown or its argument is invalid
     */
    void run(String entry) {
        String[] parts = entry.split("\\s+", 2);
        String argument = parts.length == 2 ? parts[1].strip() : "";
        switch (parts[0]) {
            case "/system" -> {
                chat.replaceConversation(chat.conversation().system(required(argument, "/system TEXT")));
                chat.print("System message set.");
            }
            case "/model" -> {
                String model = required(argument, "/model NAME");
                chat.replaceConversation(chat.conversation().with(settings -> settings.with("model", model)));
                chat.print("Continuing with " + model + ".");
            }
            case "/think" -> {
                JsonWritable level = thinkLevel(required(argument, "/think on|off|" + String.join("|", LEVELS)));
                chat.replaceConversation(chat.conversation().with(settings -> settings.with("think", level)));
                chat.print("Thinking is " + argument + ".");
            }
            case "/save" -> {
                ConversationFile.save(Path.of(required(argument, "/save FILE")), chat.conversation());
                chat.print("Saved in " + argument + ".");
            }
            case "/load" -> {
                Path file = Path.of(required(argument, "/load FILE"));
                chat.replaceConversation(ConversationFile.load(file, chat.conversation()));
                chat.print("Continuing with " + chat.messageCount() + " and " + chat.modelName() + ".");
            }
            case "/stats" -> chat.printStats();
            case "/help", "/?" -> chat.print(HELP);
            default ->
                throw new UsageException(
                        "unknown command " + parts[0] + "; the commands are " + String.join(", ", NAMES));
        }
    }

    private static JsonWritable thinkLevel(String word) {
        return switch (word) {
            case "on" -> JsonValue.of(true);
            case "off" -> JsonValue.of(false);
            default -> {
                if (!LEVELS.contains(word)) {
                    throw new UsageException(
                            "/think: '" + word + "' is not one of on, off and " + String.join(", ", LEVELS));
                }
                yield Think.of(word);
            }
        };
    }

    private static String required(String argument, String usage) {
        if (argument.isEmpty()) {
            throw new UsageException("missing argument: " + usage);
        }
        return argument;
    }
}
