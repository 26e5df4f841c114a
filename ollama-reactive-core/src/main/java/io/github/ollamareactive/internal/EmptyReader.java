// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal;

import io.github.ollamareactive.protocol.Partial;

/**
 * For answers whose status says it all: whatever the body holds, its end is the event.
 *
 * @param <T> the event
 */
final class EmptyReader<T> implements EventReader<T> {
    private final T event;

    EmptyReader(T event) {
        this.event = event;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super T> events) {
        // A body beside the status has nothing to add.
    }

    @Override
    public void end(EventSink<? super T> events) {
        events.next(event);
    }

    @Override
    public String missing() {
        return "the end of its body";
    }

    @Override
    public Partial partial() {
        return Partial.NONE;
    }
}
