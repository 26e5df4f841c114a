// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.time.Duration;
import java.util.List;

/** A turn of a conversation: {@code POST /api/chat}. */
public final class ChatRequest extends RequestFields<ChatRequest> {
    private ChatRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Asks a model.
     *
     * @param model the model's name
     * @param messages the conversation so far, oldest first; none only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static ChatRequest of(String model, Message... messages) {
        return of(model, List.of(messages));
    }

    /**
     * Asks a model.
     *
     * @param model the model's name
     * @param messages the conversation so far, oldest first; none only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static ChatRequest of(String model, List<Message> messages) {
        return new ChatRequest(
                JsonObject.EMPTY.with("model", required("model", model)).with("messages", messages));
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
        return with("messages", messages);
    }

    /**
     * The functions that the model may call ({@code tools}).
     *
     * @param tools the tools; an empty list is the same as none
     * @return a new request
     */
    public ChatRequest tools(List<Tool> tools) {
        return with("tools", tools);
    }

    /**
     * The functions that the model may call ({@code tools}).
     *
     * @param tools the tools
     * @return a new request
     */
    public ChatRequest tools(Tool... tools) {
        return tools(List.of(tools));
    }

    /**
     * Whether the answer comes piece by piece; unset, it does. The events are the same, with the texts in one piece ({@code stream}).
     *
     * @param stream false for a single answer
     * @return a new request
     */
    public ChatRequest stream(boolean stream) {
        return with("stream", stream);
    }

    /**
     * Whether a thinking model thinks. Unset, models that can do; the server refuses true for one that can't ({@code think}).
     *
     * @param think true or false; both are sent
     * @return a new request
     */
    public ChatRequest think(boolean think) {
        return with("think", think);
    }

    /**
     * How hard a thinking model thinks ({@code think}).
     *
     * @param level the level
     * @return a new request
     */
    public ChatRequest think(Think level) {
        return with("think", level);
    }

    /**
     * Constrains the answer to JSON ({@code format}).
     *
     * @param format the format
     * @return a new request
     */
    public ChatRequest format(Format format) {
        return with("format", format);
    }

    /**
     * Constrains the answer to a JSON Schema, sent as it is: same keys, same order ({@code format}).
     *
     * @param schema the schema, an object
     * @return a new request
     */
    public ChatRequest format(JsonValue schema) {
        return with("format", schema);
    }

    /**
     * Constrains the answer to a JSON Schema ({@code format}).
     *
     * @param schema the schema, of an object
     * @return a new request
     */
    public ChatRequest format(JsonSchema schema) {
        return with("format", schema);
    }

    /**
     * The model's options ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public ChatRequest options(ModelOptions options) {
        return with("options", options);
    }

    /**
     * How long the model stays loaded afterwards ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public ChatRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", keepAlive);
    }

    /**
     * How long the model stays loaded afterwards ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads, negative is for ever
     * @return a new request
     */
    public ChatRequest keepAlive(Duration keepAlive) {
        return keepAlive(KeepAlive.of(keepAlive));
    }

    /**
     * Whether a prompt that is too long is cut. Server's default: true ({@code truncate}).
     *
     * @param truncate false for an error instead
     * @return a new request
     */
    public ChatRequest truncate(boolean truncate) {
        return with("truncate", truncate);
    }

    /**
     * Whether generation may go on past the context window by dropping old tokens. Server's default: true; alternating it loads the model anew ({@code shift}).
     *
     * @param shift false to stop at the window's end
     * @return a new request
     */
    public ChatRequest shift(boolean shift) {
        return with("shift", shift);
    }

    /**
     * Whether events carry the tokens' log probabilities ({@code logprobs}).
     *
     * @param logprobs true for probabilities
     * @return a new request
     */
    public ChatRequest logprobs(boolean logprobs) {
        return with("logprobs", logprobs);
    }

    /**
     * How many alternatives come with each token; needs {@link #logprobs} ({@code top_logprobs}).
     *
     * @param topLogprobs 0 to 20
     * @return a new request
     * @throws IllegalArgumentException outside of 0 to 20
     */
    public ChatRequest topLogprobs(int topLogprobs) {
        if (topLogprobs < 0 || topLogprobs > 20) {
            throw new IllegalArgumentException("top_logprobs must be between 0 and 20, not " + topLogprobs);
        }
        return with("top_logprobs", topLogprobs);
    }

    /**
     * Whether the prompt is only rendered, not run: the answer is one {@code Done} with the rendered template ({@code _debug_render_only}).
     *
     * @param debugRenderOnly true to render only
     * @return a new request
     */
    public ChatRequest debugRenderOnly(boolean debugRenderOnly) {
        return with("_debug_render_only", debugRenderOnly);
    }
}
