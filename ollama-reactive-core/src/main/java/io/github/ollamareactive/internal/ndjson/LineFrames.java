// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import io.github.ollamareactive.internal.json.Json;

/**
 * Lines, cut on LF in bytes. One CR before the LF is dropped, blank lines are skipped, a byte order mark is dropped from the
 * first line, and the last line needs no LF. An object that is indented over several lines counts as one line.
 *
 * <p>Not final: a test steps in between its calls.
 */
public class LineFrames extends Frames {
    /** How far the search for LF has come, so that a long line that arrives in pieces is searched once. */
    private int scan;

    /** Where the line begins that the search is in, which needn't be a record's first. */
    private int scanFrom;

    private int lineEnd = -1;
    private long line;
    private boolean found;
    private final boolean numbered;

    // An indented object: how deep its lines have come so far, and how many they are besides its first.
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int moreLines;

    public LineFrames(int limit) {
        this(limit, true);
    }

    /** @param numbered false where one line is expected, so that its number says nothing */
    public LineFrames(int limit, boolean numbered) {
        super(limit);
        this.numbered = numbered;
    }

    @Override
    void moved(int by) {
        scan += by;
        scanFrom += by;
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
            if (isEnd(lf)) {
                take(lf);
            }
        }
        return true;
    }

    /** Whether the line's end is the record's. A line that ends with a brace is, without a further look. */
    private boolean isEnd(int lf) {
        int from = scanFrom;
        scanFrom = lf + 1;
        if (depth == 0) {
            begin(lf);
            int last = frameEnd - 1;
            while (last > frameStart && Json.isBlank(bytes[last])) {
                last--;
            }
            if (last < frameStart || bytes[last] == '}' || !Json.isCut(bytes, frameStart, lf + 1 - frameStart)) {
                return true;
            }
            from = frameStart;
        }
        for (int i = from; i < lf; i++) {
            count(bytes[i]);
        }
        if (depth > 0) {
            moreLines++;
            scan = lf + 1;
        }
        return depth <= 0;
    }

    private void count(byte b) {
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
        } else if (b == '"') {
            inString = true;
        } else if (b == '{' || b == '[') {
            depth++;
        } else if (b == '}' || b == ']') {
            depth--;
        }
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
        if (line == 0 && Json.startsWithMark(bytes, frameStart, frameEnd - frameStart)) {
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
        scanFrom = lineEnd;
        line += moreLines;
        moreLines = 0;
        depth = 0;
        inString = false;
        escaped = false;
    }

    @Override
    long line() {
        return numbered ? line : 0;
    }
}
