// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent.Done;
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
 * @param logprobs the tokens' probabilities, when asked for
 * @param done the last event; null when the stream ended without one
 * @param summary the numbers
 */
public record Completion(
        String text,
        String thinking,
        List<ToolCall> toolCalls,
        List<Logprob> logprobs,
        @Nullable Done done,
        Summary summary) {
    /**
     * Copies the lists.
     *
     * @param text see the record
     * @param thinking see the record
     * @param toolCalls see the record
     * @param logprobs see the record
     * @param done see the record
     * @param summary see the record
     */
    public Completion {
        toolCalls = List.copyOf(toolCalls);
        logprobs = List.copyOf(logprobs);
    }

    /**
     * The answer as the history of a conversation wants it back: text, thinking and tool calls, nothing lost.
     *
     * @return the assistant's message
     */
    public Message message() {
        Message message = Message.assistant(text);
        if (!thinking.isEmpty()) {
            message = message.thinking(thinking);
        }
        return toolCalls.isEmpty() ? message : message.toolCalls(toolCalls);
    }
}
