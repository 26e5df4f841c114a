// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.internal.received.ReceivedAnswer;

/** What came in one subscription and when, so that an error can carry it. */
final class MeasuredAnswer {
    private final Measurement measurement = new Measurement();
    private final ReceivedAnswer received = new ReceivedAnswer();

    void event(GenerationEvent event) {
        measurement.event(event);
        if (event instanceof Token token) {
            received.text(token.text());
        } else if (event instanceof Thinking thought) {
            received.thinking(thought.text());
        } else if (event instanceof ToolCalled called) {
            received.toolCall(called.call());
        }
    }

    Measurement measurement() {
        return measurement;
    }

    /** The error with what came, unless it knows that already: the client's own errors do. */
    Throwable failure(Throwable error) {
        return measurement.failure(error, received::partial);
    }
}
