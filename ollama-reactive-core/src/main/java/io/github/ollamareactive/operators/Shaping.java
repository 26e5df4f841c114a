// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Stage} does with the events of one subscription. Called by one thread at a time.
 *
 * @param <O> what comes out
 */
abstract class Shaping<O> {
    /**
     * Begins, before anything else is called.
     *
     * @param wake makes the stage look again; may be called by any thread at any time
     */
    void start(Runnable wake) {}

    /** Something may have changed: a call of {@code wake}, an event, a request. */
    void woken() {}

    /** Takes the event that it wanted. */
    abstract void event(GenerationEvent event);

    /**
     * Upstream ended.
     *
     * @param failed whether with an error, which the stage passes on when nothing is left
     */
    abstract void end(boolean failed);

    /** Takes out what is to be emitted next; null when nothing is, yet. Called only when something is asked for. */
    abstract @Nullable O next();

    /** Whether nothing is left to be emitted, now or later, unless another event comes. */
    abstract boolean isEmpty();

    /**
     * Whether it wants another event of upstream.
     *
     * @param demand how much the subscriber is owed, at least 1
     */
    abstract boolean wants(long demand);

    /** Whether it has had enough: upstream is cancelled, and when nothing is left the stream completes. */
    boolean isOver() {
        return false;
    }

    /** The error as the subscriber gets it. */
    Throwable failure(Throwable error) {
        return error;
    }

    /** Ends, however the stream did: timers stop. May be called more than once. */
    void stop() {}
}
