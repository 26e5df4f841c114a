// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

/**
 * Takes the events of a frame.
 *
 * @param <T> the events
 */
public interface EventSink<T> {

    /**
     * Takes an event.
     *
     * @param event the event
     */
    void next(T event);

    /**
     * Takes the event that completes the answer: whatever follows on the wire is ignored, and a cancel from here on closes
     * no connection.
     *
     * @param event the event
     */
    void last(T event);

    /**
     * Takes an event behind which the answer has little left, as all of it is there on the server: what follows is read as ever,
     * and a cancel from here on reads it too, up to a limit, before it closes the connection.
     *
     * @param event the event
     */
    default void nearlyLast(T event) {
        next(event);
    }
}
