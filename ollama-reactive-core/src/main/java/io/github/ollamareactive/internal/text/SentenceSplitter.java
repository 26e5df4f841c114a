// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import static io.github.ollamareactive.internal.text.SentenceMark.NONE;
import static io.github.ollamareactive.internal.text.SentenceMark.QUESTION;
import static io.github.ollamareactive.internal.text.SentenceMark.STOP;
import static io.github.ollamareactive.internal.text.SentenceMark.WIDE;

/**
 * Cuts sentences by the rules of UAX #29, one code point after the other, with what written answers need besides:
 * a full stop, question or exclamation mark of Latin script ends a sentence only before a space, an ellipsis never does, nor
 * the number of a list's item; a line's end does, outside of code fences, inside of which nothing does.
 *
 * <p>A segment is a sentence and the spaces behind it. It is certain with the next visible character; behind a full stop, with the
 * next letter (lower case: the sentence goes on), {@value #AHEAD} characters later at the latest.
 */
public final class SentenceSplitter extends Splitter {
    /** How much of the sentence {@link BreakRules} is shown. */
    public static final int LOOK_BACK = 256;

    private static final int AHEAD = 64;

    private final BreakRules breaks;
    private final CodeFence fence = new CodeFence();
    private final ListNumber number = new ListNumber();

    /** The mark that the sentence may have ended with; then what has followed it. */
    private SentenceMark mark = NONE;

    private boolean closed;
    private boolean quoted;
    private boolean spaced;
    private boolean looking;

    /** Behind the mark and what has followed: where the sentence would end. */
    private long candidate;

    private boolean visible;
    private long begin;
    private long line = -1;

    public SentenceSplitter(TextWindow text, BreakRules breaks) {
        super(text);
        this.breaks = breaks;
    }

    @Override
    void next(int c, long at, boolean boundary) {
        if (mark == NONE && line < 0 && fence.isOrdinary() && number.isOrdinary() && isPlain(c)) {
            visible = true;
            return; // most characters of most texts
        }
        fence.next(c);
        boolean listed = number.next(c);
        if (SentenceMark.isLineEnd(c)) {
            if (looking) {
                decide(at);
            }
            mark(NONE, at);
            line = visible && !fence.isInside() ? at + 1 : -1;
        } else if (SentenceMark.isSpace(c)) {
            if (mark != NONE && !looking) {
                spaced = true;
                candidate = at + 1;
            }
        } else {
            if (line >= 0) {
                cut(line);
                line = -1;
            }
            visible = true;
            if (fence.isInside()) {
                mark(NONE, at);
            } else if (boundary) {
                visible(c, at, listed ? NONE : SentenceMark.of(c));
            } else if (candidate == at) {
                candidate = at + Character.charCount(c);
            }
        }
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || c == ' ' || (c >= 'A' && c <= 'Z');
    }

    private void visible(int c, long at, SentenceMark next) {
        long behind = at + Character.charCount(c);
        if (mark != NONE && !spaced && next.ends()) {
            mark(closed || mark == SentenceMark.SEMICOLON ? next : mark.and(next), behind);
        } else if (mark != NONE && !spaced && SentenceMark.closes(c)) {
            closed = true;
            quoted |= SentenceMark.isQuote(c);
            candidate = behind;
        } else {
            if (mark != NONE && goesOn(c, next)) {
                mark(NONE, at);
            } else if (mark != NONE && ends(c, at, next)) {
                decide(behind);
                mark(NONE, at);
            }
            if (next != NONE) {
                mark(next, behind);
            }
        }
    }

    /** Whether this character shows that the mark before it ended nothing. */
    private boolean goesOn(int c, SentenceMark next) {
        if (looking) {
            return Character.isLowerCase(c);
        } else if (SentenceMark.continues(c) || mark == SentenceMark.ELLIPSIS || next.ends()) {
            return true;
        } else if (!spaced) {
            return mark != WIDE && !(mark == QUESTION && WordSplitter.isUnspaced(c));
        }
        return (mark == STOP || quoted) && Character.isLowerCase(c);
    }

    /** Whether this character, which doesn't go on, shows that the mark before it was an end. */
    private boolean ends(int c, long at, SentenceMark next) {
        looking = mark == STOP && spaced;
        return !looking || Character.isLetter(c) || next.ends() || at - candidate >= AHEAD;
    }

    private void mark(SentenceMark next, long behind) {
        mark = next;
        candidate = behind;
        closed = false;
        quoted = false;
        spaced = false;
        looking = false;
    }

    private void decide(long end) {
        long from = Math.max(Math.max(begin, text.start), candidate - LOOK_BACK);
        if (candidate > from) {
            if (Character.isLowSurrogate(text.charAt(from))) {
                from++;
            }
            if (breaks.endsSentence(text.substring(from, end), (int) (candidate - from))) {
                cut(candidate);
            }
        }
    }

    private void cut(long at) {
        cuts.add(at);
        begin = at;
    }

    @Override
    void end(long at) {
        if (looking) {
            decide(at);
        }
    }

    @Override
    long undecided() {
        return line >= 0 ? line : mark == NONE ? Long.MAX_VALUE : candidate;
    }
}
