// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.received;

import io.github.ollamareactive.protocol.ClientStats;
import io.github.ollamareactive.protocol.Partial;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** What one answer has said so far. Its memory stays within the limits of {@link Partial}, however long the answer is. */
public final class ReceivedAnswer {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> toolCalls = new ArrayList<>();

    /** Adds a piece of the text. */
    public void text(String piece) {
        keep(text, piece);
    }

    /** Adds a piece of the thinking. */
    public void thinking(String piece) {
        keep(thinking, piece);
    }

    /** Adds a tool call. */
    public void toolCall(ToolCall call) {
        if (toolCalls.size() < Partial.MAX_TOOL_CALLS) {
            toolCalls.add(call);
        }
    }

    /**
     * The answer as far as it has come.
     *
     * @param stats what was measured of it
     * @return a copy
     */
    public Partial partial(ClientStats stats) {
        return new Partial(text.toString(), thinking.toString(), toolCalls, stats.events(), stats);
    }

    private static void keep(StringBuilder target, String piece) {
        int room = Partial.MAX_CHARACTERS - target.length();
        if (room > 0) {
            target.append(piece, 0, Math.min(room, piece.length()));
        }
    }
}
