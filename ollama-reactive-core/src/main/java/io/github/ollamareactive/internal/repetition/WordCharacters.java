// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.repetition;

import java.lang.Character.UnicodeScript;

/** What the characters of a text are where words are counted: parts of words, marks of prose, marks of data. */
final class WordCharacters {
    private static final String DATA = "|[]{}<>=\"()+&^\\`\t";

    private WordCharacters() {}

    /** Whether it is a letter, a digit or a mark at one. */
    static boolean isWord(int c) {
        return c < 0x80
                ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                : Character.isLetterOrDigit(c) || isMark(c);
    }

    /** Whether it belongs to the letter before it. */
    static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> c == 0x200C || c == 0x200D;
        };
    }

    /** Whether it is a word by itself: a letter of a script that is written without spaces. */
    static boolean isWhole(int c) {
        return c >= 0x0E00
                && switch (UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }

    /** Whether a word may have it inside. */
    static boolean joins(int c) {
        return c == '-' || c == '_' || c == '\'' || c == 0x2019;
    }

    static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
    }

    /** Whether a sentence may end with it, where a blank follows. */
    static boolean isStop(int c) {
        return c == '.' || c == '!' || c == '?' || c == 0x2026;
    }

    /** Whether a sentence ends with it, whatever follows. */
    static boolean isWideStop(int c) {
        return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61;
    }

    /** Whether tables, documents and programs have it between their words. */
    static boolean isData(int c) {
        return DATA.indexOf(c) >= 0;
    }

    static boolean opens(int c) {
        return c == '(' || c == '[' || c == '{';
    }

    static boolean closes(int c) {
        return c == ')' || c == ']' || c == '}';
    }
}
