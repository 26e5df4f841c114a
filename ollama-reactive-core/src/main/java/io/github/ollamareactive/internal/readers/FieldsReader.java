// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.Partial;
import java.util.List;

/**
 * Reads the families that aren't hot: each frame becomes a tree, and a small function of {@link EventReaders} makes events
 * of it.
 *
 * @param <T> the events
 */
final class FieldsReader<T> implements EventReader<T> {

    /** Makes events of one frame. */
    interface Reading<T> {
        /** Makes events of one frame, and says whether the answer may end after it. */
        boolean read(Fields fields, EventSink<? super T> events);
    }

    private final Reading<T> frame;
    private final String missing;
    private long events;
    private boolean complete;

    /** @param missing what an answer lacks that ended before a frame said it may */
    FieldsReader(String missing, Reading<T> frame) {
        this.frame = frame;
        this.missing = missing;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super T> out) {
        Fields fields = new Fields(Json.object(bytes, offset, length));
        fields.checkError();
        complete |= frame.read(fields, new EventSink<T>() {
            @Override
            public void next(T event) {
                events++;
                out.next(event);
            }

            @Override
            public void nearlyLast(T event) {
                events++;
                out.nearlyLast(event);
            }

            @Override
            public void last(T event) {
                events++;
                out.last(event);
            }
        });
    }

    @Override
    public void end(EventSink<? super T> out) {
        if (!complete) {
            throw ExceptionFactory.incomplete(missing, 0);
        }
    }

    @Override
    public String missing() {
        return missing;
    }

    @Override
    public Partial partial() {
        return events == 0 ? Partial.NONE : new Partial("", "", List.of(), events, null);
    }
}
