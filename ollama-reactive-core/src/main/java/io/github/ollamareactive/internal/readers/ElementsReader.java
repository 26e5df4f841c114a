// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.Partial;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of a document, an event an element. One that can't be read doesn't hide the others: the first such is the
 * error at the list's end.
 *
 * @param <T> the events
 */
final class ElementsReader<T> implements EventReader<T> {
    private final String list;
    private final Function<Fields, ? extends T> element;
    private final Function<Fields, ? extends List<? extends T>> behind;
    private long index;
    private long events;
    private @Nullable MalformedFrame problem;
    private boolean complete;

    /**
     * @param list the list's field
     * @param element makes an event of an element
     */
    ElementsReader(String list, Function<Fields, ? extends T> element) {
        this(list, element, fields -> List.of());
    }

    /**
     * @param list the list's field
     * @param element makes an event of an element
     * @param behind makes events of the document's other fields
     */
    ElementsReader(
            String list, Function<Fields, ? extends T> element, Function<Fields, ? extends List<? extends T>> behind) {
        this.list = list;
        this.element = element;
        this.behind = behind;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super T> out) {
        JsonValue value = Json.value(bytes, offset, length);
        T event;
        try {
            event = element.apply(Fields.of(value));
        } catch (MalformedFrame e) {
            if (problem == null) {
                problem = new MalformedFrame(list + "[" + index + "]: " + e.problem(), e.getCause());
            }
            return;
        } finally {
            index++;
        }
        events++;
        out.nearlyLast(event);
    }

    @Override
    public void rest(byte[] bytes, int offset, int length, EventSink<? super T> out) {
        Fields fields = new Fields(Json.object(bytes, offset, length));
        fields.checkError();
        fields.checkList(list);
        if (problem != null) {
            throw problem;
        }
        behind.apply(fields).forEach(event -> {
            events++;
            out.next(event);
        });
        complete = true;
    }

    @Override
    public void end(EventSink<? super T> out) {
        if (!complete) {
            throw ExceptionFactory.incomplete(missing(), 0);
        }
    }

    @Override
    public String missing() {
        return EventReaders.DOCUMENT;
    }

    @Override
    public Partial partial() {
        return events == 0 ? Partial.NONE : new Partial("", "", List.of(), events, null);
    }
}
