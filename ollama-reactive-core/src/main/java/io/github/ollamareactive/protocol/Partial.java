// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer that had arrived when the call failed.
 *
 * @param text the text of the answer, at most its first {@value #MAX_CHARACTERS} characters
 * @param thinking the thinking, with the same limit
 * @param toolCalls the tool calls, at most the first {@value #MAX_TOOL_CALLS}
 * @param events how many events were emitted
 * @param stats what the client measured; null when it measured nothing
 */
public record Partial(
        String text,
        String thinking,
        List<ToolCall> toolCalls,
        long events,
        @Nullable ClientStats stats) {
    /** The most characters kept of a text: an answer may be larger than the heap. */
    public static final int MAX_CHARACTERS = 1 << 20;

    /** The most tool calls kept. */
    public static final int MAX_TOOL_CALLS = 1_000;

    /** The value when nothing had arrived. */
    public static final Partial NONE = new Partial("", "", List.of(), 0, null);

    /**
     * Keeps what is within the limits, and copies the list.
     *
     * @param text see the record
     * @param thinking see the record
     * @param toolCalls see the record
     * @param events see the record
     * @param stats see the record
     */
    public Partial {
        text = start(text);
        thinking = start(thinking);
        toolCalls = List.copyOf(toolCalls.subList(0, Math.min(toolCalls.size(), MAX_TOOL_CALLS)));
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
    }
}
