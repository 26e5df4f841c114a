// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.protocol.Partial;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** What came in one subscription and when, so that an error can carry it. */
final class ReceivedAnswer {
    private final Measurement measurement = new Measurement();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> toolCalls = new ArrayList<>();

    void event(GenerationEvent event) {
        measurement.event(event);
        if (event instanceof Token token) {
            keep(text, token.text());
        } else if (event instanceof Thinking thought) {
            keep(thinking, thought.text());
        } else if (event instanceof ToolCalled called) {
            toolCalls.add(called.call());
        }
    }

    private static void keep(StringBuilder target, String piece) {
        int room = Partial.MAX_CHARACTERS - target.length();
        if (room > 0) {
            target.append(piece, 0, Math.min(room, piece.length()));
        }
    }

    Measurement measurement() {
        return measurement;
    }

    /** The error with what came, unless it knows that already: the client's own errors do. */
    Throwable failure(Throwable error) {
        return measurement.failure(error, text, thinking, toolCalls);
    }
}
