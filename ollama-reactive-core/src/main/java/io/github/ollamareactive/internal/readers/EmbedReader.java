// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent.Done;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.LineParser;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.Partial;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One row of {@code /api/embed} to one vector, as the row arrives: no tree, and no number as an object. */
public final class EmbedReader implements EventReader<EmbeddingEvent> {
    private int index;
    private boolean complete;

    /** The size of the last row: all rows of an answer have the same. */
    private int size = 16;

    /** A reader for one answer. */
    public EmbedReader() {}

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super EmbeddingEvent> events) {
        LineParser line = LineParser.acquire();
        float[] values = new float[size];
        int count = 0;
        try {
            JsonParser p = line.begin(bytes, offset, length, JsonToken.START_ARRAY, "a list of numbers");
            while (p.nextToken() != JsonToken.END_ARRAY) {
                if (!p.currentToken().isNumeric()) {
                    throw new MalformedFrame("an embedding holds something that is no number", null);
                }
                if (count == values.length) {
                    values = Arrays.copyOf(values, count * 2);
                }
                values[count++] = p.getFloatValue();
            }
            line.end(p);
        } catch (JacksonException e) {
            throw Json.malformed(e);
        }
        line.release();
        size = Math.max(count, 1);
        events.nearlyLast(Vector.of(index++, count == values.length ? values : Arrays.copyOf(values, count)));
    }

    @Override
    public void rest(byte[] bytes, int offset, int length, EventSink<? super EmbeddingEvent> events) {
        Fields fields = new Fields(Json.object(bytes, offset, length));
        fields.checkError();
        complete = true;
        events.last(new Done(
                fields.text("model"),
                fields.duration("total_duration"),
                fields.duration("load_duration"),
                fields.number("prompt_eval_count")));
    }

    @Override
    public void end(EventSink<? super EmbeddingEvent> events) {
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
        return index == 0 ? Partial.NONE : new Partial("", "", List.of(), index, null);
    }
}
