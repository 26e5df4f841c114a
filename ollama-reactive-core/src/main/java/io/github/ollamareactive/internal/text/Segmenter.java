// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import org.jspecify.annotations.Nullable;

/** Cuts one text into segments, as it comes. Every code point is looked at once, and only when a segment is asked for. */
public final class Segmenter {
    /** How long a segment gets at most, if not said otherwise, in UTF-16 units. */
    public static final int MAX_CHARACTERS = 1 << 20;

    private final Splitter.Factory splitters;
    private final int limit;

    private TextWindow text = new TextWindow();
    private Splitter splitter;
    private Graphemes graphemes = new Graphemes();
    private final OffsetQueue pieces = new OffsetQueue();
    private long scanned;
    private long lastBoundary;
    private long forced;
    private boolean ended;

    /** How many of the text's pieces end in the segment given last. */
    public int tokens;

    /**
     * Cuts a text.
     *
     * @param limit the most characters of a segment; only a single grapheme may be longer
     */
    public Segmenter(Splitter.Factory splitters, int limit) {
        this.splitters = splitters;
        this.limit = limit;
        this.splitter = splitters.create(text);
    }

    public void append(String piece) {
        text.append(piece);
        pieces.add(text.end());
    }

    /** The first place where a segment may still turn out to end, counted from the text's beginning. */
    public long undecided() {
        return splitter.undecided();
    }

    public boolean isEmpty() {
        return text.start == text.end();
    }

    public int length() {
        return (int) (text.end() - text.start);
    }

    public long work() {
        return text.work;
    }

    /** The next segment whose end is certain. */
    @Nullable
    public String next() {
        while (true) {
            long cut = cut();
            if (cut >= 0) {
                return take(cut);
            }
            long end = text.end();
            if (scanned == end) {
                return null;
            }
            char first = text.charAt(scanned);
            int codePoint = first;
            if (Character.isHighSurrogate(first)) {
                if (scanned + 1 < end) {
                    char second = text.charAt(scanned + 1);
                    codePoint = Character.isLowSurrogate(second) ? Character.toCodePoint(first, second) : first;
                } else if (!ended) {
                    return null;
                }
            }
            scan(codePoint);
        }
    }

    private void scan(int codePoint) {
        boolean boundary = graphemes.next(codePoint);
        if (boundary) {
            lastBoundary = scanned;
        }
        splitter.next(codePoint, scanned, boundary);
        scanned += Character.charCount(codePoint);
        if (scanned - text.start > limit) {
            long cut = cut();
            if (cut < 0 || cut - text.start > limit) {
                // A character longer than any text has is cut too, for memory's sake.
                forced = lastBoundary > text.start || scanned - text.start < MAX_CHARACTERS ? lastBoundary : scanned;
            }
        }
    }

    /** The first place to cut at, or -1. */
    private long cut() {
        if (forced > text.start) {
            return forced;
        }
        OffsetQueue cuts = splitter.cuts;
        cuts.removeUpTo(text.start);
        return cuts.isEmpty() ? -1 : cuts.peek();
    }

    private String take(long to) {
        tokens = pieces.removeUpTo(to);
        return text.take(to);
    }

    /** The text is over: the next of its last segments, or null when all are given; then the next text begins. */
    @Nullable
    public String last() {
        ended = true;
        String next = next();
        if (next == null) {
            splitter.end(text.end());
            next = next();
        }
        if (next == null && !isEmpty()) {
            next = take(text.end());
        }
        if (next == null) {
            reset();
        }
        return next;
    }

    private void reset() {
        long work = text.work;
        text = new TextWindow();
        text.work = work;
        splitter = splitters.create(text);
        graphemes = new Graphemes();
        pieces.clear();
        scanned = 0;
        lastBoundary = 0;
        forced = 0;
        ended = false;
    }

    public void clear() {
        reset();
    }

    /** What is there of an unfinished segment, a last character left out that may yet grow. Blanks alone are nothing. */
    @Nullable
    public String flush() {
        long to = scanned == text.end() && graphemes.isSettled() ? scanned : lastBoundary;
        long visible = text.start;
        while (visible < to && SentenceMark.isSpace(text.charAt(visible))) {
            visible++;
        }
        if (visible >= to) {
            return null;
        }
        String taken = take(to);
        splitter.flushed(to == scanned);
        return taken;
    }
}
