// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/**
 * Knows whether a text is inside of a Markdown code fence: from the third backtick or tilde at the beginning of a line to the end
 * of the line that closes it with as many. Spaces, {@code >} and the marks of a list may stand before, as fences stand
 * in quotes and lists too. A fence that nobody closes lasts to the end of the text.
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
        if (marked && inside && !opening && count >= needed) {
            inside = false;
        }
        opening = false;
        line = Line.BEGINNING;
    }

    private void beginning(int codePoint) {
        if (inside ? codePoint == mark : codePoint == '`' || codePoint == '~') {
            mark = codePoint;
            count = 1;
            line = Line.MARKS;
        } else if (codePoint != ' ' && codePoint != '\t' && codePoint != '>' && (inside || !isListMark(codePoint))) {
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
        } else if (!opening && !Character.isWhitespace(codePoint)) {
            line = Line.ORDINARY;
        }
    }
}
