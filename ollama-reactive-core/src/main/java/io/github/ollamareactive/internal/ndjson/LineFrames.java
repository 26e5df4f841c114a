// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

/**
 * Lines, cut on LF in bytes. One CR before the LF is dropped, blank lines are skipped, a byte order mark is dropped from the
 * first line, and the last line needs no LF.
 *
 * <p>Not final: a test steps in between its calls.
 */
public class LineFrames extends Frames {
    /** How far the search for LF has come, so that a long line that arrives in pieces is searched once. */
    private int scan;

    private int lineEnd = -1;
    private long line;
    private boolean found;

    public LineFrames(int limit) {
        super(limit);
    }

    @Override
    void moved(int by) {
        scan += by;
        lineEnd += by;
        frameStart += by;
        frameEnd += by;
    }

    @Override
    boolean next() {
        while (!found) {
            int lf = indexOfLf();
            if (lf < 0) {
                begin(end);
                if (frameEnd - frameStart > limit) {
                    line++;
                    throw new FrameTooLong();
                }
                return false;
            }
            take(lf);
        }
        return true;
    }

    private int indexOfLf() {
        byte[] window = bytes;
        for (int i = scan, to = end; i < to; i++) {
            if (window[i] == '\n') {
                return i;
            }
        }
        scan = end;
        return -1;
    }

    /** What counts of a line that ends here, or has come this far. */
    private void begin(int to) {
        frameStart = start;
        frameEnd = to > start && bytes[to - 1] == '\r' ? to - 1 : to;
        if (line == 0 && startsWithMark()) {
            frameStart += 3;
        }
    }

    private void take(int lf) {
        begin(lf);
        line++;
        if (frameEnd - frameStart > limit) {
            throw new FrameTooLong();
        }
        lineEnd = Math.min(lf + 1, end);
        found = true;
        if (isBlank(frameStart, frameEnd)) {
            consume();
        }
    }

    private boolean startsWithMark() {
        return frameEnd - frameStart >= 3
                && bytes[frameStart] == (byte) 0xEF
                && bytes[frameStart + 1] == (byte) 0xBB
                && bytes[frameStart + 2] == (byte) 0xBF;
    }

    @Override
    boolean tail() {
        if (!found && end > start) {
            take(end);
        }
        return found;
    }

    @Override
    void consume() {
        found = false;
        start = lineEnd;
        scan = lineEnd;
    }

    @Override
    long line() {
        return line;
    }
}
