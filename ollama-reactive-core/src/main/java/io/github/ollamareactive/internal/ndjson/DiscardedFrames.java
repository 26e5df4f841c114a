// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

/** No frames at all: for answers whose status says it all, a body is dropped as it comes. */
public final class DiscardedFrames extends Frames {
    public DiscardedFrames() {
        super(0);
    }

    @Override
    void moved(int by) {
        // Nothing is remembered.
    }

    @Override
    boolean next() {
        start = end;
        return false;
    }

    @Override
    boolean tail() {
        return false;
    }

    @Override
    void consume() {
        // There is never one.
    }

    @Override
    long line() {
        return 0;
    }
}
