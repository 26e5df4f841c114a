// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static io.github.ollamareactive.protocol.Arguments.all;
import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** One message of a conversation: a role, a text, and optional fields such as images and tool calls. */
public final class Message extends RequestFields<Message> {
    private Message(JsonObject fields) {
        super(fields);
    }

    /**
     * A message with any role. The server converts the role to lower case and doesn't check it.
     *
     * @param role {@code system}, {@code user}, {@code assistant}, {@code tool}, or another role of the model's
     *     template
     * @param content the text
     * @return the message
     * @throws IllegalArgumentException when the role is empty
     */
    public static Message of(String role, String content) {
        return new Message(JsonObject.EMPTY
                .with("role", required("role", role))
                .with("content", requireNonNull(content, "content")));
    }

    /**
     * A message that already exists as JSON; it is sent unchanged.
     *
     * @param document the whole message
     * @return the message
     */
    public static Message of(JsonObject document) {
        return new Message(requireNonNull(document, "document"));
    }

    /**
     * A system message: instructions to the model.
     *
     * @param content the text
     * @return the message
     */
    public static Message system(String content) {
        return of("system", content);
    }

    /**
     * A message of the user.
     *
     * @param content the text
     * @return the message
     */
    public static Message user(String content) {
        return of("user", content);
    }

    /**
     * An earlier answer of the model.
     *
     * @param content the text
     * @return the message
     */
    public static Message assistant(String content) {
        return of("assistant", content);
    }

    /**
     * The result of a tool call. Templates refer to the call by its name or by its id, depending on the model: both are
     * sent, the id only when the call has one.
     *
     * @param call the call that the model made
     * @param content the result
     * @return the message
     */
    public static Message tool(ToolCall call, String content) {
        requireNonNull(call, "call");
        return of("tool", content).with("tool_name", call.name()).with("tool_call_id", call.id());
    }

    @Override
    protected Message copy(JsonObject fields) {
        return new Message(fields);
    }

    /**
     * The thinking that preceded an answer of the model ({@code thinking}).
     *
     * @param thinking the text
     * @return a new message
     */
    public Message thinking(String thinking) {
        return with("thinking", requireNonNull(thinking, "thinking"));
    }

    /**
     * The tool calls of an answer of the model ({@code tool_calls}).
     *
     * @param calls the calls, in order
     * @return a new message
     */
    public Message toolCalls(List<ToolCall> calls) {
        return with("tool_calls", all("calls", calls));
    }

    /**
     * Adds an image or audio file; sent as base64 ({@code images}).
     *
     * @param bytes the file's bytes
     * @return a new message
     */
    public Message image(byte[] bytes) {
        return imageBase64(Images.encode(bytes));
    }

    /**
     * Adds an image or audio file ({@code images}). Reads it at once and blocks: don't call it on an event loop.
     *
     * @param file the file
     * @return a new message
     * @throws UncheckedIOException when the file can't be read
     */
    public Message image(Path file) {
        return image(Images.read(file));
    }

    /**
     * Adds an image or audio file that is base64 already ({@code images}).
     *
     * @param base64 the file in the standard alphabet with padding, without line breaks; not a data URI
     * @return a new message
     * @throws IllegalArgumentException when the text is not such base64
     */
    public Message imageBase64(String base64) {
        return with("images", Images.append(fields(), base64));
    }

    /**
     * The name of the function whose result this message is ({@code tool_name}).
     *
     * @param name the function's name
     * @return a new message
     */
    public Message toolName(String name) {
        return with("tool_name", requireNonNull(name, "name"));
    }

    /**
     * The id of the call whose result this message is ({@code tool_call_id}).
     *
     * @param id the call's id
     * @return a new message
     */
    public Message toolCallId(String id) {
        return with("tool_call_id", requireNonNull(id, "id"));
    }

    /** {@return the role ({@code role}), empty when the message has none} */
    public String role() {
        return text("role");
    }

    /** {@return the text ({@code content}), empty when the message has none} */
    public String content() {
        return text("content");
    }

    private String text(String name) {
        return fields().get(name) instanceof JsonString value ? value.value() : "";
    }
}
