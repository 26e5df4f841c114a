// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** Counts sentences by a simple rule, the same for every cut of the text into pieces. */
public final class SentenceLimit {
    private static final String MARKS = ".!?…؟۔।॥";
    private static final String WIDE_MARKS = "。！？｡";
    private static final String CLOSERS = "\"')]}»”’」』）*_`";

    private final long limit;
    private long sentences;
    private boolean marked;
    private boolean wide;

    public SentenceLimit(long limit) {
        this.limit = limit;
    }

    /** Gives where in the piece the last sentence is over; -1 when it isn't. */
    public int end(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            boolean wideMark = WIDE_MARKS.indexOf(c) >= 0;
            if (wideMark || MARKS.indexOf(c) >= 0) {
                marked = true;
                wide |= wideMark;
            } else if (marked && CLOSERS.indexOf(c) < 0) {
                boolean over = wide || Character.isWhitespace(c);
                marked = false;
                wide = false;
                if (over && ++sentences == limit) {
                    return i;
                }
            }
        }
        return -1;
    }
}
