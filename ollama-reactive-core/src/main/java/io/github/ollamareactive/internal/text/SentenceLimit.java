// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Lets a number of sentences through, which end where the window of sentences ends them. Of the last one, what stands behind a place
 * where it may have ended is kept until that is certain, and so are blanks.
 */
public final class SentenceLimit implements TextLimit {
    private final Segmenter segmenter;
    private long left;
    private String held = "";
    private boolean spent;

    // Places in the text since the last rest: where the sentence at hand begins, and what is held.
    private long begin;
    private long out;

    public SentenceLimit(long limit, BreakRules breaks) {
        this.left = limit;
        this.segmenter = new Segmenter(text -> new SentenceSplitter(text, breaks), Segmenter.MAX_CHARACTERS);
    }

    @Override
    public String take(String piece) {
        held = held.isEmpty() ? piece : held + piece;
        if (left == 0) {
            spent = !held.isBlank();
            return "";
        }
        segmenter.append(piece);
        for (@Nullable String s = segmenter.next(); s != null; s = segmenter.next()) {
            begin += s.length();
            if (--left == 0) {
                return end();
            }
        }
        long end = out + held.length();
        return release(left > 1 ? end : visible(Math.min(end, segmenter.undecided())));
    }

    private String end() {
        spent = true;
        return release(visible(begin));
    }

    /** The end of the last visible character before a place. */
    private long visible(long place) {
        long to = place;
        while (to > out && Character.isWhitespace(held.charAt((int) (to - out) - 1))) {
            to--;
        }
        return to;
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

    /** Nothing follows the sentence at hand, so that it ends. */
    @Override
    public String rest() {
        for (@Nullable String s = segmenter.last(); s != null; s = segmenter.last()) {
            boolean isSentence = !s.isBlank();
            if (isSentence && left == 0) {
                return end();
            }
            begin += s.length();
            left -= isSentence ? 1 : 0;
        }
        String rest = held;
        held = "";
        begin = 0;
        out = 0;
        return rest;
    }
}
