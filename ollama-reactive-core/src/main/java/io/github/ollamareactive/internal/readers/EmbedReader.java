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
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.Partial;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One row of {@code /api/embed} to one vector, as the row arrives: no tree, and no number as an object. */
public final class EmbedReader implements EventReader<EmbeddingEvent> {
    private final int texts;
    private int index;
    private boolean complete;

    /** The size of the first row, which all have; 0 before it. */
    private int size;

    /** @param request the request: each of its texts has a vector */
    public EmbedReader(JsonObject request) {
        JsonValue input = request.get("input");
        texts = input instanceof JsonArray list
                ? list.items().size()
                : input instanceof JsonString text && !text.value().isEmpty() ? 1 : 0;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super EmbeddingEvent> events) {
        if (index == texts) {
            throw wrongNumber(index + 1);
        }
        LineParser line = LineParser.acquire();
        float[] values = new float[size == 0 ? 16 : size];
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
                values[count++] = finite(p.getFloatValue());
            }
            line.end(p);
        } catch (JacksonException e) {
            throw Json.malformed(e);
        }
        line.release();
        if (count == 0 && index == 0) {
            throw new MalformedFrame("vector 0 has no dimensions", null);
        } else if (index > 0 && count != size) {
            throw new MalformedFrame("vector " + index + " has " + count + " dimensions, vector 0 has " + size, null);
        }
        size = count;
        events.nearlyLast(Vector.of(index++, count == values.length ? values : Arrays.copyOf(values, count)));
    }

    @Override
    public void rest(byte[] bytes, int offset, int length, EventSink<? super EmbeddingEvent> events) {
        Fields fields = new Fields(Json.object(bytes, offset, length));
        fields.checkError();
        fields.list("embeddings", item -> item);
        if (index != texts || !fields.has("embeddings")) {
            throw wrongNumber(index);
        }
        complete = true;
        events.last(new Done(
                fields.text("model"),
                fields.duration("total_duration"),
                fields.duration("load_duration"),
                fields.number("prompt_eval_count"),
                fields.extras()));
    }

    private MalformedFrame wrongNumber(int vectors) {
        return new MalformedFrame(
                vectors + (vectors == 1 ? " vector" : " vectors") + " for " + texts + (texts == 1 ? " text" : " texts"),
                null);
    }

    static float finite(float value) {
        if (Float.isInfinite(value)) {
            throw new MalformedFrame("an embedding holds a number that is no 32-bit float", null);
        }
        return value;
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
