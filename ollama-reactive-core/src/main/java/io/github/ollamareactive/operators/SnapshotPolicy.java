// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.internal.shaping.ShapingPolicy;
import io.github.ollamareactive.internal.shaping.TimeLimit;
import io.github.ollamareactive.operators.Observed.Event;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Events with snapshots in between; a snapshot's numbers are taken when it is given, so at most one is ever due. */
final class SnapshotPolicy extends ShapingPolicy<GenerationEvent, Observed> {
    private final Duration every;
    private final MeasuredAnswer received = new MeasuredAnswer();
    private Disposable timer = Disposables.disposed();

    private volatile boolean due;
    private boolean snapshotBefore;
    private @Nullable GenerationEvent held;
    private boolean completed;

    /** A tick may still be under way when the timer is disposed; nothing comes behind the summary. */
    private boolean over;

    SnapshotPolicy(Duration every) {
        this.every = every;
    }

    @Override
    public void start(Runnable wake) {
        long nanos = TimeLimit.nanos(every);
        timer = Schedulers.parallel()
                .schedulePeriodically(
                        () -> {
                            due = true;
                            wake.run();
                        },
                        nanos,
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void take(GenerationEvent event) {
        received.event(event);
        held = event;
    }

    @Override
    public void end(boolean failed) {
        timer.dispose();
        over = true;
        completed = !failed;
    }

    /** Events and snapshots take turns where both wait, so that neither keeps a slow subscriber from the other. */
    @Override
    @Nullable
    public Observed next() {
        GenerationEvent event = held;
        if (due && !over && (event == null || !snapshotBefore)) {
            due = false;
            snapshotBefore = true;
            return received.measurement().snapshot();
        } else if (event != null) {
            snapshotBefore = false;
            held = null;
            return new Event(event);
        } else if (completed) {
            completed = false;
            return received.measurement().summary();
        }
        return null;
    }

    @Override
    public boolean isEmpty() {
        return held == null && !completed;
    }

    @Override
    public boolean wants(long demand) {
        return held == null;
    }

    @Override
    public Throwable failure(Throwable error) {
        return received.failure(error);
    }

    @Override
    public void stop() {
        timer.dispose();
    }

    @Override
    public void discard(Consumer<Object> discarded) {
        GenerationEvent event = held;
        held = null;
        if (event != null) {
            discarded.accept(event);
        }
    }
}
