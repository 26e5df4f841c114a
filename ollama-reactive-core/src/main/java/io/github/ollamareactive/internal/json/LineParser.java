// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A Jackson parser that is used for one line after another, since a parser a line costs more than parsing it.
 *
 * <p>It holds some 12 KB of buffers, so streams share a small pool: a line is parsed whole, and between two lines the
 * parser has no state. One that saw malformed JSON is thrown away.
 */
public final class LineParser {
    private static final int SLOTS = Math.max(4, Runtime.getRuntime().availableProcessors() * 2);
    private static final AtomicReferenceArray<@Nullable LineParser> POOL = new AtomicReferenceArray<>(SLOTS);

    /** A parser remembers every field name it saw, and the names in tool calls are the models' own: so none lives for ever. */
    private static final int LINES = 1 << 16;

    private static final byte[] NOTHING = new byte[0];

    private final Feed feed = new Feed();
    private final Leftover leftover = new Leftover();

    // Made while there is nothing to read: so it doesn't guess an encoding from its first line, and takes UTF-8.
    private final JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), feed);
    private int lines;

    private LineParser() {}

    public static LineParser acquire() {
        int slot = slot();
        LineParser pooled = POOL.getAndSet(slot, null);
        return pooled == null ? new LineParser() : pooled;
    }

    /** Gives a parser back that came to the end of its line in good order. */
    public void release() {
        // Else the pool would keep the stream's window, and whatever the conversation was about.
        feed.set(NOTHING, 0, 0);
        // Behind a number or a word it has looked for more, found the end, and reads no further.
        if (++lines < LINES && parser.currentToken().isStructEnd()) {
            POOL.lazySet(slot(), this);
        }
    }

    /** A thread finds the parser it used last, mostly; two threads on one slot just make another parser. */
    private static int slot() {
        return (int) (Thread.currentThread().getId() % SLOTS);
    }

    /** Starts a frame; the parser stands on its first token. */
    public JsonParser begin(byte[] bytes, int offset, int length) {
        feed.set(bytes, offset, length);
        if (parser.nextToken() == null) {
            throw new MalformedFrame("no JSON", null);
        }
        return parser;
    }

    /** Starts a frame that has to begin with a token. */
    public JsonParser begin(byte[] bytes, int offset, int length, JsonToken first, String words) {
        if (begin(bytes, offset, length).currentToken() != first) {
            throw new MalformedFrame("not " + words, null);
        }
        return parser;
    }

    /** Ends a line: nothing but blanks may follow the object. */
    public void end(JsonParser p) {
        leftover.seen = false;
        p.releaseBuffered(leftover);
        if (leftover.seen || feed.hasMore()) {
            throw new MalformedFrame("more after the JSON value", null);
        }
    }

    private static final class Feed extends InputStream {
        private byte[] bytes = NOTHING;
        private int position;
        private int end;

        void set(byte[] bytes, int offset, int length) {
            this.bytes = bytes;
            this.position = offset;
            this.end = offset + length;
        }

        boolean hasMore() {
            while (position < end) {
                if (!Json.isBlank(bytes[position++])) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int read() {
            return position < end ? bytes[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position >= end) {
                return -1;
            }
            int n = Math.min(length, end - position);
            System.arraycopy(bytes, position, target, offset, n);
            position += n;
            return n;
        }
    }

    private static final class Leftover extends OutputStream {
        private boolean seen;

        @Override
        public void write(int b) {
            seen |= !Json.isBlank((byte) b);
        }
    }
}
