// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/**
 * Lets a number of characters through and never a part of a grapheme, by the same {@link Graphemes} as the windows. What follows may
 * belong to the last grapheme of a piece; so near the limit, and only there, that one is kept until it is known to be whole.
 */
public final class CharacterLimit implements TextLimit {
    private static final int LONGEST = 64;

    private final long limit;
    private final Graphemes graphemes = new Graphemes();
    private String held = "";
    private boolean spent;

    // Places in the whole text.
    private long out;
    private long scanned;
    private long boundary;

    public CharacterLimit(long limit) {
        this.limit = limit;
    }

    @Override
    public String take(String piece) {
        held = held.isEmpty() ? piece : held + piece;
        long end = out + held.length();
        while (scanned < end) {
            int c = held.codePointAt((int) (scanned - out));
            if (c <= 0xFFFF && Character.isHighSurrogate((char) c) && scanned + 1 == end) {
                break;
            }
            if (graphemes.next(c)) {
                boundary = scanned;
            }
            if (scanned + Character.charCount(c) > limit) {
                spent = true;
                return release(whole());
            }
            scanned += Character.charCount(c);
        }
        return release(limit - end < LONGEST ? whole() : scanned);
    }

    /** Where the last grapheme begins, unless it is longer than any text has. */
    private long whole() {
        return scanned - boundary > LONGEST ? scanned : boundary;
    }

    private String release(long to) {
        if (to <= out) {
            return "";
        }
        String text = held;
        int length = (int) (to - out);
        held = text.substring(length);
        out = to;
        return text.substring(0, length);
    }

    @Override
    public boolean isSpent() {
        return spent;
    }

    @Override
    public String rest() {
        return release(out + held.length());
    }
}
