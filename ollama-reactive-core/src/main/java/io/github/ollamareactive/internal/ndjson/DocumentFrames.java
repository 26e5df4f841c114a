// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

/** One document: the whole body is the frame. */
public final class DocumentFrames extends Frames {
    private boolean read;

    public DocumentFrames(int limit) {
        super(limit);
    }

    @Override
    void moved(int by) {
        // Nothing is remembered before the end.
    }

    @Override
    boolean next() {
        frameStart = start;
        frameEnd = end;
        if (end - start > limit) {
            throw new FrameTooLong();
        }
        return false;
    }

    @Override
    boolean tail() {
        frameStart = start;
        frameEnd = end;
        return !read && !isBlank(start, end);
    }

    @Override
    void consume() {
        read = true;
        start = end;
    }

    @Override
    long line() {
        return 0;
    }
}
