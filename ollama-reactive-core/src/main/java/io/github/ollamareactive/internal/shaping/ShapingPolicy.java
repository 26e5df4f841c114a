// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ShapingOperator} does with the items of one subscription. Called by one thread at a time.
 *
 * @param <I> what comes in
 * @param <O> what comes out
 */
public abstract class ShapingPolicy<I, O> {
    /**
     * Begins, before anything else is called.
     *
     * @param wake makes the operator look again; may be called by any thread at any time
     */
    public void start(Runnable wake) {}

    /**
     * Takes the item that it wanted.
     *
     * @param item the item
     */
    public abstract void take(I item);

    /**
     * Upstream ended.
     *
     * @param failed whether with an error, which the operator passes on when nothing is left
     */
    public abstract void end(boolean failed);

    /**
     * Upstream ended with this error.
     *
     * @param error the error
     */
    public void fail(Throwable error) {
        end(true);
    }

    /**
     * Takes out what is to be emitted next. Called only when something is asked for.
     *
     * @return null when there is nothing, yet
     */
    public abstract @Nullable O next();

    /**
     * Whether nothing is left to be emitted, now or later. Asked once upstream has ended.
     *
     * @return whether the stream may end
     */
    public abstract boolean isEmpty();

    /**
     * Whether it wants another item of upstream.
     *
     * @param demand how much the subscriber is owed, at least 1
     * @return whether upstream is to be asked
     */
    public abstract boolean wants(long demand);

    /**
     * Whether it has had enough: upstream is cancelled before anything else is emitted, and when nothing is left the stream completes.
     *
     * @return whether upstream is no longer needed
     */
    public boolean isOver() {
        return false;
    }

    /**
     * Upstream's error as the subscriber gets it.
     *
     * @param error upstream's
     * @return the subscriber's
     */
    public Throwable failure(Throwable error) {
        return error;
    }

    /** Ends, however the stream did: timers stop, and what is held is let go. May be called more than once. */
    public void stop() {}

    /**
     * Hands over the items that it holds and that nobody will get. Called behind {@link #stop}, and may be called again.
     *
     * @param discarded takes each of them
     */
    public void discard(Consumer<Object> discarded) {}

    /**
     * Hands over a queue's items.
     *
     * @param items empty afterwards
     * @param discarded takes each of them
     */
    protected static <T> void discard(Queue<T> items, Consumer<? super T> discarded) {
        for (T item = items.poll(); item != null; item = items.poll()) {
            discarded.accept(item);
        }
    }
}
