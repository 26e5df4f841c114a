// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.protocol.Partial;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that one subscription gives. */
final class CompletionCollector {
    private final Measurement measurement = new Measurement();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private final List<Logprob> logprobs = new ArrayList<>();
    private @Nullable Done done;

    void add(GenerationEvent event) {
        measurement.event(event);
        if (event instanceof Token token) {
            text.append(token.text());
            logprobs.addAll(token.logprobs());
        } else if (event instanceof Thinking thought) {
            thinking.append(thought.text());
            logprobs.addAll(thought.logprobs());
        } else if (event instanceof ToolCalled called) {
            toolCalls.add(called.call());
        } else if (event instanceof Image image) {
            images.add(image);
        } else if (event instanceof Done last) {
            done = last;
        }
    }

    /** The error with what came, unless it knows that already. */
    Throwable failure(Throwable error) {
        return measurement.failure(
                error, stats -> new Partial(text.toString(), thinking.toString(), toolCalls, stats.events(), stats));
    }

    Completion completion() {
        return new Completion(
                text.toString(), thinking.toString(), toolCalls, images, logprobs, done, measurement.summary());
    }
}
