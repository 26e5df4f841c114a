// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a number of characters through and never a part of a grapheme. What follows may belong to the last grapheme of a piece; so
 * near the limit, and only there, that one is kept until it is known to be whole.
 */
public final class CharacterLimit {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final int LONGEST = 64;

    private long room;
    private String held = "";
    private boolean spent;

    public CharacterLimit(long limit) {
        this.room = limit;
    }

    /** Gives what may go on of the text kept and this piece. */
    public String take(String piece) {
        String text = held + piece;
        held = "";
        if (text.length() > room) {
            spent = true;
            return text.substring(0, boundary(text, (int) room));
        }
        int out = text.length();
        if (room - text.length() < LONGEST && !text.isEmpty()) {
            int whole = Character.isHighSurrogate(text.charAt(out - 1)) ? out - 1 : out;
            int last = boundary(text.substring(0, whole), whole - 1);
            out = text.length() - last > LONGEST ? out : last;
        }
        held = text.substring(out);
        room -= out;
        return text.substring(0, out);
    }

    /** The last place up to the limit where a grapheme begins or the text ends. */
    private static int boundary(String text, int limit) {
        Matcher graphemes = GRAPHEME.matcher(text);
        int boundary = 0;
        while (graphemes.find() && graphemes.end() <= limit) {
            boundary = graphemes.end();
        }
        return boundary;
    }

    /** Whether the piece went beyond the limit. */
    public boolean isSpent() {
        return spent;
    }

    /** Gives up what was kept, because nothing follows. */
    public String rest() {
        String rest = held;
        held = "";
        room -= rest.length();
        return rest;
    }
}
