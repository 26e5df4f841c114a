// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** Gives every subscriber the same run of a generation, a new one only when the one before was abandoned. */
final class SharedGeneration extends FluxOperator<GenerationEvent, GenerationEvent> {
    private final long maxBytes;
    private final Duration grace;
    private final AtomicReference<@Nullable SharedRun> current = new AtomicReference<>();

    SharedGeneration(Flux<GenerationEvent> source, long maxBytes, Duration grace) {
        super(source);
        this.maxBytes = maxBytes;
        this.grace = grace;
    }

    @Override
    public void subscribe(CoreSubscriber<? super GenerationEvent> actual) {
        while (true) {
            SharedRun run = current.get();
            if (run == null) {
                SharedRun begun = new SharedRun(actual.currentContext(), maxBytes, grace, this::forget);
                if (current.compareAndSet(null, begun) && begun.join(actual)) {
                    source.subscribe(begun);
                    return;
                }
            } else if (run.join(actual)) {
                return;
            } else {
                forget(run);
            }
        }
    }

    private void forget(SharedRun run) {
        current.compareAndSet(run, null);
    }
}
