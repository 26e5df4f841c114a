// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.ToolCall;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a generation emits, for chat and generate alike. One line of the wire gives zero to several events, in the order
 * thinking, token, tool calls, done; exactly one {@link Done} ends a stream that succeeds.
 */
public sealed interface GenerationEvent extends OllamaEvent {

    /**
     * A piece of what the model thinks before it answers ({@code thinking}, {@code message.thinking}).
     *
     * @param text the piece, not empty
     * @param logprobs its tokens' probabilities, when asked for; empty when the same line also has answer text
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
     * @param text the piece; empty only when the line carried nothing but logprobs
     * @param logprobs its tokens' probabilities, when asked for
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
     * A function that the model wants called ({@code tool_calls}). It may come before the end or with it.
     *
     * @param call the call, whole
     */
    record ToolCalled(ToolCall call) implements GenerationEvent {}

    /**
     * A step of an image model ({@code completed}, {@code total}); servers 0.14.3 to 0.32.5, experimental there.
     *
     * @param completed steps done
     * @param total steps in all; null when absent
     */
    record Rendering(long completed, @Nullable Long total) implements GenerationEvent {}

    /**
     * The picture of an image model ({@code image}); servers 0.14.3 to 0.32.5, experimental there.
     *
     * @param bytes the decoded picture, read-only
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
         * A view with a position of its own, so that reading it twice gives the same.
         *
         * @return the decoded picture, read-only
         */
        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }
    }

    /**
     * The end of the answer: its last event.
     *
     * @param model the model's name as the server gives it; null when absent
     * @param createdAt the server's time; null when absent
     * @param reason {@code stop}, {@code length}, {@code load}, {@code unload} or what a server may add ({@code done_reason});
     *     null when absent
     * @param context the conversation's state, for the next generate request; null when absent
     * @param stats what the server measured
     * @param remoteModel the model's name on another host that answered ({@code remote_model}); null when absent
     * @param remoteHost that host ({@code remote_host}); null when absent
     * @param renderedTemplate the prompt as the model would see it, in the answer to a debug request
     *     ({@code _debug_info.rendered_template}); null when absent
     * @param imageCount the pictures in that prompt ({@code _debug_info.image_count}); null when absent
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
