// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/**
 * Knows whether a text is inside of a Markdown code fence: from the third backtick or tilde at the beginning of a line to the end
 * of the line that closes it with as many. Spaces, {@code >} and the marks of a list may stand before, as fences stand
 * in quotes and lists too. A fence that nobody closes lasts to the end of the text.
 *
 * <p>Models put fences into fences of equal length. The inner one's end then closes the outer one, as CommonMark has it,
 * and the outer one's would open another that nobody closes: so a fence without a language opens nothing when a fence with one stood
 * inside of a fence before.
 */
final class CodeFence {
    private enum Line {
        BEGINNING,
        MARKS,
        BEHIND,
        ORDINARY
    }

    private Line line = Line.BEGINNING;
    private int mark;
    private int count;
    private int needed;
    private boolean opening;
    private boolean inside;
    private boolean labelled;

    /** Fences with a language that stood inside of others and were not made up for. */
    private int nested;

    private int column;
    private int indentation;

    boolean isInside() {
        return inside;
    }

    /** Whether nothing but the line's end matters. */
    boolean isOrdinary() {
        return line == Line.ORDINARY;
    }

    void next(int codePoint) {
        if (codePoint == '\n') {
            endLine();
            return;
        }
        switch (line) {
            case BEGINNING -> beginning(codePoint);
            case MARKS -> marks(codePoint);
            case BEHIND -> behind(codePoint);
            case ORDINARY -> {}
        }
    }

    private void endLine() {
        boolean marked = line == Line.MARKS || line == Line.BEHIND;
        if (marked && inside && !opening && count >= needed && column <= indentation + 3) {
            inside = false;
        } else if (marked && inside && opening && !labelled && nested > 0) {
            inside = false;
            nested--;
        }
        opening = false;
        labelled = false;
        column = 0;
        line = Line.BEGINNING;
    }

    private void beginning(int codePoint) {
        if (inside ? codePoint == mark : codePoint == '`' || codePoint == '~') {
            mark = codePoint;
            count = 1;
            line = Line.MARKS;
        } else if (codePoint == '\t') {
            column += 4;
        } else if (codePoint == ' ' || codePoint == '>' || (!inside && isListMark(codePoint))) {
            column++;
        } else {
            line = Line.ORDINARY;
        }
    }

    private static boolean isListMark(int c) {
        return c == '-' || c == '*' || c == '+' || c == '.' || c == ')' || (c >= '0' && c <= '9');
    }

    private void marks(int codePoint) {
        if (codePoint == mark) {
            count++;
            if (!inside && count == 3) {
                inside = true;
                indentation = column;
                opening = true;
            }
            if (opening) {
                needed = count;
            }
        } else {
            line = count >= 3 ? Line.BEHIND : Line.ORDINARY;
            behind(codePoint);
        }
    }

    private void behind(int codePoint) {
        if (opening && mark == '`' && codePoint == '`') {
            inside = false; // code within a line, written with three backticks
            opening = false;
            line = Line.ORDINARY;
        } else if (opening) {
            labelled |= !Character.isWhitespace(codePoint);
        } else if (!Character.isWhitespace(codePoint)) {
            nested += count == needed && Character.isLetter(codePoint) ? 1 : 0;
            line = Line.ORDINARY;
        }
    }
}
