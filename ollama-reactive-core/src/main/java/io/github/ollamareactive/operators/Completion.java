// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param text the answer's text, possibly empty
 * @param thinking what the model thought before, possibly empty
 * @param toolCalls the functions that it wants called, in order
 * @param images the pictures that it made, in order
 * @param logprobs the tokens' probabilities, when asked for
 * @param done the last event; null when the stream ended without one
 * @param summary the numbers
 */
public record Completion(
        String text,
        String thinking,
        List<ToolCall> toolCalls,
        List<Image> images,
        List<Logprob> logprobs,
        @Nullable Done done,
        Summary summary) {
    /**
     * Copies the lists.
     *
     * @param text see the record
     * @param thinking see the record
     * @param toolCalls see the record
     * @param images see the record
     * @param logprobs see the record
     * @param done see the record
     * @param summary see the record
     */
    public Completion {
        toolCalls = List.copyOf(toolCalls);
        images = List.copyOf(images);
        logprobs = List.copyOf(logprobs);
    }

    /**
     * The answer as the history of a conversation wants it back: text, thinking, tool calls and pictures, nothing lost.
     *
     * @return the assistant's message
     */
    public Message message() {
        Message message = Message.assistant(text);
        if (!thinking.isEmpty()) {
            message = message.thinking(thinking);
        }
        for (Image image : images) {
            message = message.image(image.toArray());
        }
        return toolCalls.isEmpty() ? message : message.toolCalls(toolCalls);
    }
}
