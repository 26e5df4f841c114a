// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.all;
import static io.github.ollamareactive.protocol.Arguments.required;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import java.util.List;

/** A chat request: a conversation that the model answers ({@code POST /api/chat}). */
public final class ChatRequest extends GenerationFields<ChatRequest> {
    private ChatRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @param messages the conversation so far, oldest first; without any, the server only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static ChatRequest of(String model, Message... messages) {
        return of(model, all("messages", messages));
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @param messages the conversation so far, oldest first; without any, the server only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static ChatRequest of(String model, List<Message> messages) {
        return new ChatRequest(
                JsonObject.EMPTY.with("model", required("model", model)).with("messages", all("messages", messages)));
    }

    @Override
    protected ChatRequest copy(JsonObject fields) {
        return new ChatRequest(fields);
    }

    /**
     * The conversation so far, oldest first ({@code messages}).
     *
     * @param messages the messages
     * @return a new request
     */
    public ChatRequest messages(List<Message> messages) {
        return with("messages", all("messages", messages));
    }

    /**
     * The functions that the model may call ({@code tools}).
     *
     * @param tools the tools; an empty list counts as none
     * @return a new request
     */
    public ChatRequest tools(List<Tool> tools) {
        return with("tools", all("tools", tools));
    }

    /**
     * The functions that the model may call ({@code tools}).
     *
     * @param tools the tools
     * @return a new request
     */
    public ChatRequest tools(Tool... tools) {
        return tools(all("tools", tools));
    }
}
