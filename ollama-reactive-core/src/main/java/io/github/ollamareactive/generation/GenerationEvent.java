// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.ToolCall;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a chat or generate call. One line on the wire gives zero or more events, in the order thinking, token,
 * tool calls, done. A stream that succeeds ends with exactly one {@link Done}.
 */
public sealed interface GenerationEvent extends OllamaEvent {

    /**
     * A piece of the model's thinking ({@code thinking}, {@code message.thinking}).
     *
     * @param text the piece, not empty
     * @param logprobs the log probabilities of its tokens, if requested; empty when the same line also has text of the
     *     answer
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Thinking(String text, List<Logprob> logprobs, JsonObject extras) implements GenerationEvent {
        /**
         * Copies the list.
         *
         * @param text see the record
         * @param logprobs see the record
         * @param extras see the record
         */
        public Thinking {
            logprobs = List.copyOf(logprobs);
        }

        /**
         * Without unknown fields.
         *
         * @param text see the record
         * @param logprobs see the record
         */
        public Thinking(String text, List<Logprob> logprobs) {
            this(text, logprobs, JsonObject.EMPTY);
        }
    }

    /**
     * A piece of the answer ({@code response}, {@code message.content}).
     *
     * @param text the piece; empty only when the line has log probabilities and no text
     * @param logprobs the log probabilities of its tokens, if requested
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Token(String text, List<Logprob> logprobs, JsonObject extras) implements GenerationEvent {
        /**
         * Copies the list.
         *
         * @param text see the record
         * @param logprobs see the record
         * @param extras see the record
         */
        public Token {
            logprobs = List.copyOf(logprobs);
        }

        /**
         * Without unknown fields.
         *
         * @param text see the record
         * @param logprobs see the record
         */
        public Token(String text, List<Logprob> logprobs) {
            this(text, logprobs, JsonObject.EMPTY);
        }
    }

    /**
     * A function call that the model asks for ({@code tool_calls}). It may arrive before the last line or in it.
     *
     * @param call the complete call
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record ToolCalled(ToolCall call, JsonObject extras) implements GenerationEvent {
        /**
         * Without unknown fields.
         *
         * @param call see the record
         */
        public ToolCalled(ToolCall call) {
            this(call, JsonObject.EMPTY);
        }
    }

    /**
     * The progress of an image model ({@code completed}, {@code total}); experimental in servers 0.14.3 to 0.32.5.
     *
     * @param completed the steps that are done
     * @param total the number of steps; null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Rendering(long completed, @Nullable Long total, JsonObject extras) implements GenerationEvent {
        /**
         * Without unknown fields.
         *
         * @param completed see the record
         * @param total see the record
         */
        public Rendering(long completed, @Nullable Long total) {
            this(completed, total, JsonObject.EMPTY);
        }
    }

    /**
     * An image of the answer: the one that an image model made ({@code image}, experimental in servers 0.14.3 to 0.32.5), or one in a
     * message ({@code message.images}).
     *
     * @param bytes the decoded image, read-only
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Image(ByteBuffer bytes, JsonObject extras) implements GenerationEvent {
        /**
         * Makes the buffer read-only.
         *
         * @param bytes see the record
         * @param extras see the record
         */
        public Image {
            bytes = bytes.asReadOnlyBuffer();
        }

        /**
         * A view with a position of its own, so that each caller reads all bytes.
         *
         * @return the decoded image, read-only
         */
        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        /** {@return a copy of the bytes} */
        public byte[] toArray() {
            byte[] copy = new byte[bytes.remaining()];
            bytes().get(copy);
            return copy;
        }

        /**
         * Without unknown fields.
         *
         * @param bytes see the record
         */
        public Image(ByteBuffer bytes) {
            this(bytes, JsonObject.EMPTY);
        }
    }

    /**
     * The end of the answer: its last event.
     *
     * @param model the model's name as the server sends it; null when absent
     * @param createdAt the server's time; null when absent
     * @param reason {@code stop}, {@code length}, {@code load}, {@code unload}, or what a later server may add
     *     ({@code done_reason}); null when absent
     * @param context the state of the conversation, for the next generate request; null when absent
     * @param stats what the server measured
     * @param remoteModel the model's name on the remote host that answered ({@code remote_model}); null when absent
     * @param remoteHost that host ({@code remote_host}); null when absent
     * @param renderedTemplate the rendered prompt, in the answer to a debug request
     *     ({@code _debug_info.rendered_template}); null when absent
     * @param imageCount the number of images in that prompt ({@code _debug_info.image_count}); null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Done(
            @Nullable String model,
            @Nullable OffsetDateTime createdAt,
            @Nullable String reason,
            @Nullable List<Integer> context,
            GenerationStats stats,
            @Nullable String remoteModel,
            @Nullable String remoteHost,
            @Nullable String renderedTemplate,
            @Nullable Integer imageCount,
            JsonObject extras)
            implements GenerationEvent {
        /**
         * Copies the list.
         *
         * @param model see the record
         * @param createdAt see the record
         * @param reason see the record
         * @param context see the record
         * @param stats see the record
         * @param remoteModel see the record
         * @param remoteHost see the record
         * @param renderedTemplate see the record
         * @param imageCount see the record
         * @param extras see the record
         */
        public Done {
            context = context == null ? null : List.copyOf(context);
        }

        /**
         * Without unknown fields.
         *
         * @param model see the record
         * @param createdAt see the record
         * @param reason see the record
         * @param context see the record
         * @param stats see the record
         * @param remoteModel see the record
         * @param remoteHost see the record
         * @param renderedTemplate see the record
         * @param imageCount see the record
         */
        public Done(
                @Nullable String model,
                @Nullable OffsetDateTime createdAt,
                @Nullable String reason,
                @Nullable List<Integer> context,
                GenerationStats stats,
                @Nullable String remoteModel,
                @Nullable String remoteHost,
                @Nullable String renderedTemplate,
                @Nullable Integer imageCount) {
            this(
                    model,
                    createdAt,
                    reason,
                    context,
                    stats,
                    remoteModel,
                    remoteHost,
                    renderedTemplate,
                    imageCount,
                    JsonObject.EMPTY);
        }
    }
}
