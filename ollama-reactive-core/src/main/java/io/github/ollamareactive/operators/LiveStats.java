// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Observed.Event;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Events with snapshots in between; a snapshot's numbers are taken when it is given, so at most one is ever due. */
final class LiveStats extends Shaping<Observed> {
    private final Duration every;
    private final Received received = new Received();
    private Disposable timer = Disposables.disposed();

    private volatile boolean due;
    private boolean snapshotBefore;
    private @Nullable GenerationEvent held;
    private boolean completed;

    /** A tick may still be under way when the timer is disposed; nothing comes behind the summary. */
    private boolean over;

    LiveStats(Duration every) {
        this.every = every;
    }

    @Override
    void start(Runnable wake) {
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
    void event(GenerationEvent event) {
        received.event(event);
        held = event;
    }

    @Override
    void end(boolean failed) {
        timer.dispose();
        over = true;
        completed = !failed;
    }

    /** Events and snapshots take turns where both wait, so that neither keeps a slow subscriber from the other. */
    @Override
    @Nullable
    Observed next() {
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
    boolean isEmpty() {
        return held == null && !completed;
    }

    @Override
    boolean wants(long demand) {
        return held == null;
    }

    @Override
    Throwable failure(Throwable error) {
        return received.failure(error);
    }

    @Override
    void stop() {
        timer.dispose();
    }
}
