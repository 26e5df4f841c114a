// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import static io.github.ollamareactive.internal.text.SentenceMark.NONE;

/**
 * Cuts sentences by the rules of UAX #29, one code point after the other, with what written answers need besides:
 * a full stop, question or exclamation mark of Latin script ends a sentence only before a space, an ellipsis never does, nor
 * the number of a list's item; a line's end does, outside of code fences, inside of which nothing does. {@link SentenceEnd} knows what may
 * stand behind a mark.
 *
 * <p>A segment is a sentence and the spaces behind it. It is certain with the next visible character; behind a full stop, with the
 * next letter or digit (lower case: the sentence goes on), 64 characters later at the latest.
 */
public final class SentenceSplitter extends Splitter {
    /** How much of the sentence {@link BreakRules} is shown. */
    public static final int LOOK_BACK = 256;

    private final BreakRules breaks;
    private final CodeFence fence = new CodeFence();
    private final ListNumber number = new ListNumber();

    /** The mark that the sentence may have ended with, and what has followed it. */
    private final SentenceEnd ending = new SentenceEnd();

    /** The first visible character of the sentence; 0 while there is none. */
    private int first;

    private boolean visible;

    private long begin;
    private long line = -1;

    public SentenceSplitter(TextWindow text, BreakRules breaks) {
        super(text);
        this.breaks = breaks;
    }

    @Override
    void next(int c, long at, boolean boundary) {
        if (ending.mark == NONE && line < 0 && visible && fence.isOrdinary() && number.isOrdinary() && isPlain(c)) {
            return; // most characters of most texts
        }
        fence.next(c);
        boolean listed = number.next(c);
        if (SentenceMark.isLineEnd(c)) {
            end(at);
            ending.drop();
            line = visible && !fence.isInside() ? at + 1 : -1;
        } else if (SentenceMark.isSpace(c)) {
            if (ending.mark != NONE) {
                settle(ending.space(c, at), at + 1);
            }
        } else if (!boundary || SentenceMark.isInvisible(c)) {
            if (ending.mark != NONE) {
                ending.invisible(at, at + Character.charCount(c), !boundary);
            }
        } else {
            if (line >= 0) {
                cut(line, c);
                line = -1;
            }
            if (fence.isInside()) {
                ending.drop();
            } else {
                visible(c, at, listed ? NONE : mark(c, at));
            }
            first = first == 0 ? c : first;
            visible = true;
        }
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || c == ' ' || (c >= 'A' && c <= 'Z');
    }

    /** Armenian's full stop is often written as a colon. */
    private SentenceMark mark(int c, long at) {
        return c == ':' && at > text.start && isArmenian(text.charAt(at - 1)) ? SentenceMark.STOP : SentenceMark.of(c);
    }

    private static boolean isArmenian(char c) {
        return c >= 0x531 && c <= 0x587;
    }

    private void visible(int c, long at, SentenceMark next) {
        long behind = at + Character.charCount(c);
        if (ending.mark != NONE && settle(ending.next(c, at, next, first), behind)) {
            return;
        }
        if (next != NONE) {
            ending.begin(next, behind, at > text.start && Character.isDigit(text.charAt(at - 1)));
        }
    }

    /** Whether the mark still waits for more. */
    private boolean settle(SentenceEnd.Verdict verdict, long behind) {
        if (verdict == SentenceEnd.Verdict.OPEN) {
            return true;
        } else if (verdict == SentenceEnd.Verdict.ENDS) {
            decide(behind);
        }
        ending.drop();
        return false;
    }

    /** The spaces and the line's end that follow go to the next sentence. */
    @Override
    void flushed(boolean whole) {
        if (whole && (ending.mark != NONE || line >= 0)) {
            first = 0;
        }
        visible = !whole;
        line = -1;
        ending.drop();
    }

    @Override
    void end(long at) {
        if (ending.isDue()) {
            decide(at);
        }
    }

    private void decide(long end) {
        long from = Math.max(Math.max(begin, text.start), ending.candidate - LOOK_BACK);
        if (ending.candidate > from) {
            if (Character.isLowSurrogate(text.charAt(from))) {
                from++;
            }
            StringBuilder shown = new StringBuilder(text.substring(from, ending.candidate));
            plain(shown, (int) Math.max(0, ending.marked - from));
            int at = shown.length();
            if (breaks.endsSentence(
                    shown.append(text.substring(ending.candidate, end)).toString(), at)) {
                cut(ending.candidate, ending.first);
            }
        }
    }

    /** Of what is behind the mark only what closes, then the spaces, so that the rules of a language need not know the rest. */
    private static void plain(StringBuilder shown, int marked) {
        if (marked > 0 && shown.charAt(marked - 1) == ':') {
            shown.setCharAt(marked - 1, '\u0589');
        }
        int spaces = shown.length();
        while (spaces > marked && SentenceMark.isSpace(shown.charAt(spaces - 1))) {
            spaces--;
        }
        for (int i = spaces - 1; i >= marked; i--) {
            if (!SentenceMark.closes(shown.charAt(i))) {
                shown.deleteCharAt(i);
            }
        }
    }

    private void cut(long at, int next) {
        cuts.add(at);
        begin = at;
        first = next;
    }

    @Override
    long undecided() {
        return line >= 0 ? line : ending.mark == NONE ? Long.MAX_VALUE : ending.candidate;
    }
}
