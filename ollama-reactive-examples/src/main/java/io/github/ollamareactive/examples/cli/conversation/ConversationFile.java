// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import io.github.ollamareactive.examples.cli.input.JsonFiles;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.operators.Conversation;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A conversation in a file: a JSON object of the model and the messages. */
final class ConversationFile {
    private static final String MODEL = "model";
    private static final String MESSAGES = "messages";

    private ConversationFile() {}

    static void write(Path file, Conversation conversation) {
        JsonObject all = conversation.request().fields();
        JsonObject kept = JsonObject.EMPTY.with(MODEL, all.get(MODEL)).with(MESSAGES, all.get(MESSAGES));
        try {
            Files.writeString(file, kept + "\n");
        } catch (IOException e) {
            throw new UsageException("/save: can't write " + file);
        }
    }

    /** What was saved, with the settings of now. */
    static Conversation read(Path file, Conversation now) {
        if (JsonFiles.read("/load", file) instanceof JsonObject saved
                && saved.get(MESSAGES) instanceof JsonArray messages
                && messages.items().stream().allMatch(JsonObject.class::isInstance)
                && saved.get(MODEL) instanceof JsonString model) {
            ChatRequest settings = now.request();
            return Conversation.of(settings.with(MODEL, model).with(MESSAGES, messages));
        }
        throw new UsageException("/load: " + file + " holds no model and messages");
    }
}
