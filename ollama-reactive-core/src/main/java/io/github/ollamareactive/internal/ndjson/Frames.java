// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import io.github.ollamareactive.internal.json.Json;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a body that have arrived and not been read, cut into frames.
 *
 * <p>Bytes are copied in and nothing is held: no buffer outlives the call that brought it, so no path of error, cancel or
 * late signal has one to release. The window grows by doubling and is given back above 16 KiB once it is empty.
 */
public abstract class Frames {
    private static final int SMALL = 512;
    private static final int KEPT = 16 * 1024;

    /** The window: unread bytes are from start to end. */
    byte[] bytes = new byte[SMALL];

    int start;
    int end;

    /** The frame, once {@link #next} or {@link #tail} found one. */
    int frameStart;

    int frameEnd;

    final int limit;

    Frames(int limit) {
        this.limit = limit;
    }

    final void append(ByteBuf data) {
        int length = data.readableBytes();
        makeRoom(length);
        data.getBytes(data.readerIndex(), bytes, end, length);
        end += length;
    }

    final void append(byte[] data) {
        makeRoom(data.length);
        System.arraycopy(data, 0, bytes, end, data.length);
        end += data.length;
    }

    private void makeRoom(int more) {
        giveBack();
        if (more <= bytes.length - end) {
            return;
        }
        int unread = end - start;
        long size = bytes.length;
        while (size < (long) unread + more) {
            size = Math.max(size << 1, SMALL);
        }
        byte[] target = size == bytes.length ? bytes : new byte[Math.toIntExact(size)];
        System.arraycopy(bytes, start, target, 0, unread);
        bytes = target;
        moved(-start);
        start = 0;
        end = unread;
    }

    /** Starts anew once everything is read, with a small window where it was a large one. */
    final void giveBack() {
        if (start == end) {
            moved(-start);
            start = 0;
            end = 0;
            if (bytes.length > KEPT) {
                bytes = new byte[SMALL];
            }
        }
    }

    /** Positions that a subclass remembers move along with the bytes. */
    abstract void moved(int by);

    /**
     * Looks for a whole frame; asked again before {@link #consume}, it gives the same one.
     *
     * @throws FrameTooLong when more than the limit has come without an end
     */
    abstract boolean next();

    /** The body has ended: makes a frame of what is left, unless that is blank. */
    abstract boolean tail();

    /** Whether the frame is what is left of a document around its elements. */
    boolean isRest() {
        return false;
    }

    /** Goes on behind the frame. */
    abstract void consume();

    /** The frame's line number from 1, or 0 where frames aren't lines. */
    abstract long line();

    /** Whether what is left after the body's end is how valid JSON begins. */
    boolean isCutJson() {
        return Json.isCut(bytes, frameStart, frameEnd - frameStart);
    }

    /** The frame's beginning, for an error's message. */
    final String excerpt(int characters) {
        int length = Math.min(frameEnd - frameStart, characters);
        String text = new String(bytes, frameStart, length, StandardCharsets.UTF_8).strip();
        return length > 0 && length < frameEnd - frameStart ? text + "…" : text;
    }

    final boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Json.isBlank(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    final void clear() {
        bytes = new byte[0];
        start = 0;
        end = 0;
    }

    /** A line or document over the limit. */
    static final class FrameTooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FrameTooLong() {
            super(null, null, false, false);
        }
    }
}
