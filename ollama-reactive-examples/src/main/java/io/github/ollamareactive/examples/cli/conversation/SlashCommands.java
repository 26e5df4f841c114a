// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonWritable;
import java.nio.file.Path;
import java.util.List;

/** What a person may say to the program instead of to the model. */
final class SlashCommands {
    static final List<String> NAMES =
            List.of("/system", "/model", "/think", "/save", "/load", "/stats", "/help", "/bye");

    private static final String HELP = """
            /system TEXT   tell the model what to know beforehand
            /model NAME    go on with another model
            /think LEVEL   on, off, low, medium, high or max
            /save FILE     write the model and the messages to a file, as JSON
            /load FILE     go on with what was saved
            /stats         the numbers so far
            /help          this
            /bye           leave; so do Ctrl-D, and Ctrl-C where nothing is typed
            \"""            begins and ends a text of several lines
            Ctrl-C         stops an answer; the model then forgets the question, too""";

    private final InteractiveChat talk;

    SlashCommands(InteractiveChat talk) {
        this.talk = talk;
    }

    /** Whether this is one; a path, as {@code /etc/hosts says}, is not. */
    static boolean isCommand(String entry) {
        return entry.matches("/[a-z?]*( .*)?") || entry.startsWith("/system ");
    }

    /**
     * Does it.
     *
     * @throws UsageException when it can't be done
     */
    void run(String entry) {
        String[] parts = entry.split("\\s+", 2);
        String what = parts.length == 2 ? parts[1].strip() : "";
        switch (parts[0]) {
            case "/system" -> {
                talk.change(talk.conversation().system(needs(what, "/system TEXT")));
                talk.say("The model is told so from now on.");
            }
            case "/model" -> {
                String model = needs(what, "/model NAME");
                talk.change(talk.conversation().with(settings -> settings.with("model", model)));
                talk.say("Going on with " + model + ".");
            }
            case "/think" -> {
                JsonWritable level = level(needs(what, "/think on|off|low|medium|high|max"));
                talk.change(talk.conversation().with(settings -> settings.with("think", level)));
                talk.say("Thinking is " + what + ".");
            }
            case "/save" -> {
                ConversationFile.write(Path.of(needs(what, "/save FILE")), talk.conversation());
                talk.say("Saved in " + what + ".");
            }
            case "/load" -> {
                talk.change(ConversationFile.read(Path.of(needs(what, "/load FILE")), talk.conversation()));
                talk.say("Going on with " + talk.size() + " and " + talk.model() + ".");
            }
            case "/stats" -> talk.stats();
            case "/help", "/?" -> talk.say(HELP);
            default -> throw new UsageException("there is no " + parts[0] + "; /help shows what there is");
        }
    }

    private static JsonWritable level(String word) {
        return switch (word) {
            case "on" -> JsonValue.of(true);
            case "off" -> JsonValue.of(false);
            default -> Think.of(word);
        };
    }

    private static String needs(String what, String usage) {
        if (what.isEmpty()) {
            throw new UsageException("this needs more: " + usage);
        }
        return what;
    }
}
