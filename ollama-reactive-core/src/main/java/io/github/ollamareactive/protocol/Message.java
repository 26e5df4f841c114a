// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn of a conversation: a role, a text, and what comes with it. */
public final class Message extends RequestFields<Message> {
    private Message(JsonObject fields) {
        super(fields);
    }

    /**
     * A message of any role. The server lower-cases the role and doesn't check it.
     *
     * @param role {@code system}, {@code user}, {@code assistant}, {@code tool}, or what a model's template knows
     * @param content the text
     * @return the message
     */
    public static Message of(String role, String content) {
        return new Message(JsonObject.EMPTY
                .with("role", required("role", role))
                .with("content", requireNonNull(content, "content")));
    }

    /**
     * A message that exists as JSON already; it is sent as it is.
     *
     * @param document the whole message
     * @return the message
     */
    public static Message of(JsonObject document) {
        return new Message(document);
    }

    /**
     * What the model is told beforehand.
     *
     * @param content the text
     * @return the message
     */
    public static Message system(String content) {
        return of("system", content);
    }

    /**
     * What the user says.
     *
     * @param content the text
     * @return the message
     */
    public static Message user(String content) {
        return of("user", content);
    }

    /**
     * What the model said before.
     *
     * @param content the text
     * @return the message
     */
    public static Message assistant(String content) {
        return of("assistant", content);
    }

    /**
     * The result of a tool, tied to the call it answers. Some models' templates use the name, others the id: both are
     * sent, the id where the call had one.
     *
     * @param call the call that the model made
     * @param content the result
     * @return the message
     */
    public static Message tool(ToolCall call, String content) {
        return of("tool", content).with("tool_name", call.name()).with("tool_call_id", call.id());
    }

    @Override
    protected Message copy(JsonObject fields) {
        return new Message(fields);
    }

    /**
     * The thinking that came before an assistant's answer ({@code thinking}).
     *
     * @param thinking the text
     * @return a new message
     */
    public Message thinking(String thinking) {
        return with("thinking", thinking);
    }

    /**
     * The calls that an assistant's turn made ({@code tool_calls}).
     *
     * @param calls the calls, in order
     * @return a new message
     */
    public Message toolCalls(List<ToolCall> calls) {
        return with("tool_calls", calls);
    }

    /**
     * Adds a picture or sound, sent as base64 ({@code images}).
     *
     * @param bytes the file's bytes
     * @return a new message
     */
    public Message image(byte[] bytes) {
        return imageBase64(Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Adds a picture or sound from a file, read here and now ({@code images}): call it outside of event loops.
     *
     * @param file the file
     * @return a new message
     * @throws UncheckedIOException when the file can't be read
     */
    public Message image(Path file) {
        return image(readImage(file));
    }

    /**
     * Adds a picture or sound that is base64 already ({@code images}).
     *
     * @param base64 standard alphabet, padded, no data URI, no line breaks
     * @return a new message
     * @throws IllegalArgumentException when it is no such text
     */
    public Message imageBase64(String base64) {
        return with("images", withImage(base64));
    }

    /**
     * The function whose result this is ({@code tool_name}).
     *
     * @param name the function's name
     * @return a new message
     */
    public Message toolName(String name) {
        return with("tool_name", name);
    }

    /**
     * The call whose result this is ({@code tool_call_id}).
     *
     * @param id the call's id
     * @return a new message
     */
    public Message toolCallId(String id) {
        return with("tool_call_id", id);
    }

    /**
     * The speaker ({@code role}).
     *
     * @return the role
     */
    public String role() {
        return text("role");
    }

    /**
     * The text ({@code content}).
     *
     * @return the text, empty when the message carries none
     */
    public String content() {
        return text("content");
    }

    private String text(String name) {
        @Nullable JsonValue value = fields().get(name);
        return value instanceof JsonString s ? s.value() : "";
    }
}
