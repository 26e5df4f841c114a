// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** Knows the full stop behind the number or letter of a list's item: {@code 1.}, {@code > 12.}, {@code **3.}, {@code a.} */
final class ListNumber {
    private enum Line {
        BEGINNING,
        DIGITS,
        LETTER,
        ORDINARY
    }

    private Line line = Line.BEGINNING;

    /** Whether nothing but the line's end matters. */
    boolean isOrdinary() {
        return line == Line.ORDINARY;
    }

    /** Takes the next code point, and says whether it is such a full stop. */
    boolean next(int c) {
        Line before = line;
        if (SentenceMark.isLineEnd(c)) {
            line = Line.BEGINNING;
        } else if (line == Line.BEGINNING) {
            line = beginning(c);
        } else if (line != Line.ORDINARY && !(line == Line.DIGITS && isDigit(c))) {
            line = Line.ORDINARY;
        }
        return c == '.' && (before == Line.DIGITS || before == Line.LETTER);
    }

    private static Line beginning(int c) {
        if (c <= ' ' || c == '>' || c == '*' || c == '#' || c == '-' || c == '+' || c == '_') {
            return Line.BEGINNING;
        }
        return isDigit(c) ? Line.DIGITS : c < 0x80 && Character.isLetter(c) ? Line.LETTER : Line.ORDINARY;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
