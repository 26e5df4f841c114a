// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** Gives every subscriber the same run of a generation, a new one only when the one before was abandoned. */
public final class SharedGeneration extends FluxOperator<GenerationEvent, GenerationEvent> {
    private final long maxBytes;
    private final Duration grace;
    private final AtomicReference<@Nullable SharedExecution> current = new AtomicReference<>();

    public SharedGeneration(Flux<GenerationEvent> source, long maxBytes, Duration grace) {
        super(source);
        this.maxBytes = maxBytes;
        this.grace = grace;
    }

    @Override
    public void subscribe(CoreSubscriber<? super GenerationEvent> actual) {
        while (true) {
            SharedExecution run = current.get();
            SharedExecution begun = null;
            if (run == null) {
                begun = new SharedExecution(actual.currentContext(), maxBytes, grace, this::forget);
                if (!current.compareAndSet(null, begun)) {
                    continue;
                }
                run = begun;
            }
            try {
                if (run.join(actual)) {
                    return;
                }
                forget(run);
            } finally {
                // Also when the subscriber threw, since another may have joined meanwhile.
                if (begun != null && !begun.isAbandoned()) {
                    source.subscribe(begun);
                }
            }
        }
    }

    private void forget(SharedExecution run) {
        current.compareAndSet(run, null);
    }
}
