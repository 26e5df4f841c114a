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

/** Saves and loads a conversation as a JSON object with the fields {@code model} and {@code messages}. */
final class ConversationFile {
    private static final String MODEL = "model";
    private static final String MESSAGES = "messages";

    private ConversationFile() {}

    static void save(Path file, Conversation conversation) {
        JsonObject request = conversation.request().fields();
        JsonObject saved = JsonObject.EMPTY.with(MODEL, request.get(MODEL)).with(MESSAGES, request.get(MESSAGES));
        try {
            Files.writeString(file, saved + "\n");
        } catch (IOException e) {
            throw new UsageException("/save: can't write " + file);
        }
    }

    /** The saved model and messages, with the settings of the current conversation. */
    static Conversation load(Path file, Conversation current) {
        if (JsonFiles.read("/load", file) instanceof JsonObject saved
                && saved.get(MESSAGES) instanceof JsonArray messages
                && messages.items().stream().allMatch(JsonObject.class::isInstance)
                && saved.get(MODEL) instanceof JsonString model) {
            ChatRequest settings = current.request();
            return Conversation.of(settings.with(MODEL, model).with(MESSAGES, messages));
        }
        throw new UsageException("/load: " + file + " is not a saved conversation");
    }
}
