// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.Partial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a line as its text; {@code last} ends the answer, {@code two} is two events. */
public class TextReader implements EventReader<String> {
    final List<String> read = new ArrayList<>();

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super String> events) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.startsWith("bad")) {
            throw new MalformedFrame("bad line", null);
        } else if (text.startsWith("error")) {
            throw ExceptionFactory.reported(text);
        }
        read.add(text);
        if (text.equals("two")) {
            events.next("one of two");
            events.next("two of two");
        } else if (text.equals("last")) {
            events.last(text);
        } else {
            events.next(text);
        }
    }

    @Override
    public void end(EventSink<? super String> events) {}

    @Override
    public String missing() {
        return "last";
    }

    @Override
    public Partial partial() {
        return new Partial(String.join("|", read), "", List.of(), read.size(), null);
    }
}
