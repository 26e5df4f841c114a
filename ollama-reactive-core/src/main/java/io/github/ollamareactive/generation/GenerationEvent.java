// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

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
     */
    record Thinking(String text, List<Logprob> logprobs) implements GenerationEvent {
        /**
         * Copies the list.
         *
         * @param text see the record
         * @param logprobs see the record
         */
        public Thinking {
            logprobs = List.copyOf(logprobs);
        }
    }

    /**
     * A piece of the answer ({@code response}, {@code message.content}).
     *
     * @param text the piece; empty only when the line has log probabilities and no text
     * @param logprobs the log probabilities of its tokens, if requested
     */
    record Token(String text, List<Logprob> logprobs) implements GenerationEvent {
        /**
         * Copies the list.
         *
         * @param text see the record
         * @param logprobs see the record
         */
        public Token {
            logprobs = List.copyOf(logprobs);
        }
    }

    /**
     * A function call that the model asks for ({@code tool_calls}). It may arrive before the last line or in it.
     *
     * @param call the complete call
     */
    record ToolCalled(ToolCall call) implements GenerationEvent {}

    /**
     * The progress of an image model ({@code completed}, {@code total}); experimental in servers 0.14.3 to 0.32.5.
     *
     * @param completed the steps that are done
     * @param total the number of steps; null when absent
     */
    record Rendering(long completed, @Nullable Long total) implements GenerationEvent {}

    /**
     * The image that an image model made ({@code image}); experimental in servers 0.14.3 to 0.32.5.
     *
     * @param bytes the decoded image, read-only
     */
    record Image(ByteBuffer bytes) implements GenerationEvent {
        /**
         * Makes the buffer read-only.
         *
         * @param bytes see the record
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
            @Nullable Integer imageCount)
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
         */
        public Done {
            context = context == null ? null : List.copyOf(context);
        }
    }
}
