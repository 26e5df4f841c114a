// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Partial;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * For answers whose status says it all: their end is the event. A body beside the status has nothing to add unless it reports
 * an error; one that is no JSON is somebody else's answer.
 *
 * @param <T> the event
 */
public final class StatusReader<T> implements EventReader<T> {
    private final IntFunction<? extends @Nullable T> eventOf;
    private @Nullable T event;

    /** @param eventOf gives the event of a status, or null for one that is an error */
    public StatusReader(IntFunction<? extends @Nullable T> eventOf) {
        this.eventOf = eventOf;
    }

    /** Any success is the event. */
    public static <T> StatusReader<T> success(T event) {
        return new StatusReader<>(status -> status < 300 ? event : null);
    }

    @Override
    public boolean accepts(int status) {
        event = eventOf.apply(status);
        return event != null;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super T> events) {
        if (Json.value(bytes, offset, length) instanceof JsonObject object) {
            new Fields(object).checkError();
        }
    }

    @Override
    public void end(EventSink<? super T> events) {
        if (event != null) {
            events.next(event);
        }
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
