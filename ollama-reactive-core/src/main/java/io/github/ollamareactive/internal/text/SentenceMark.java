// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** The marks that end sentences, as UAX #29 sorts them, and those that stand behind or beside them. */
public enum SentenceMark {
    NONE,
    /** A full stop, which may also belong to an abbreviation or a number. */
    STOP,
    /** Dots that end nothing. */
    ELLIPSIS,
    /** A mark that a space follows at a sentence's end, or a letter of a script without spaces. */
    QUESTION,
    /** A mark of a script that writes no space behind it, or that stands at a sentence's end only. */
    WIDE,
    /** A question mark in Greek, else nothing. */
    SEMICOLON;

    private static final String WIDES =
            "\u3002\uFF01\uFF1F\uFF61\u0964\u0965\u061D\u061E\u061F\u06D4\u0589\u037E\u1362\u1367"
                    + "\u1368\u104A\u104B\u17D4\u17D5\u1803\u1809\uFE56\uFE57";
    private static final String CONTINUING =
            ",-:;\u055D\u060C\u060D\u07F8\u1802\u1808\u2013\u2014\u3001\uFE10\uFE11\uFE13\uFE31"
                    + "\uFE32\uFE50\uFE51\uFE55\uFE58\uFE63\uFF0C\uFF0D\uFF1A\uFF64";
    private static final String MARKDOWN = "*_~`";
    private static final String CORNERS = "\u300D\u300F\uFE42\uFE44\uFF63";

    public static SentenceMark of(int c) {
        return switch (c) {
            case '.', 0x2024, 0xFE52 -> STOP;
            case 0x2025, 0x2026 -> ELLIPSIS;
            case '!', '?', 0xFF0E, 0x203C, 0x203D, 0x2047, 0x2048, 0x2049 -> QUESTION;
            case ';' -> SEMICOLON;
            default -> c > 0x80 && WIDES.indexOf(c) >= 0 ? WIDE : NONE;
        };
    }

    /** What two marks at each other mean. */
    SentenceMark and(SentenceMark next) {
        if (this == WIDE || next == WIDE) {
            return WIDE;
        }
        return this == QUESTION || next == QUESTION ? QUESTION : ELLIPSIS;
    }

    boolean ends() {
        return this != NONE && this != SEMICOLON;
    }

    public static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean isLineEnd(int c) {
        return c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85;
    }

    /** Whether the sentence goes on where this follows its mark. */
    static boolean continues(int c) {
        return CONTINUING.indexOf(c) >= 0;
    }

    /** Quotes, brackets, and Markdown's marks. */
    static boolean closes(int c) {
        if (c < 0x80) {
            return isQuote(c) || c == ')' || c == ']' || c == '}' || isMarkdown(c);
        }
        return isQuote(c) || Character.getType(c) == Character.END_PUNCTUATION;
    }

    public static boolean isMarkdown(int c) {
        return MARKDOWN.indexOf(c) >= 0;
    }

    static boolean isQuote(int c) {
        if (c < 0x80) {
            return c == '"' || c == '\'';
        }
        int type = Character.getType(c);
        return type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || CORNERS.indexOf(c) >= 0;
    }

    /** Whether it is a quote that opens in most languages, though it closes in German. */
    static boolean opens(int c) {
        return Character.getType(c) == Character.INITIAL_QUOTE_PUNCTUATION;
    }

    static boolean opensBracket(int c) {
        return Character.getType(c) == Character.START_PUNCTUATION
                && c != 0x201A
                && c != 0x201E
                && c != '\u300C'
                && c != '\u300E';
    }

    /** Whether it closes wherever it stands. */
    static boolean closesBehindSpace(int c) {
        return Character.getType(c) == Character.END_PUNCTUATION && !isQuote(c);
    }

    /** Emoji and other pictures. */
    static boolean isSymbol(int c) {
        return Character.getType(c) == Character.OTHER_SYMBOL || (c >= 0x1F000 && c < 0x20000);
    }

    /** Whether nobody sees it: marks of direction, joiners and their like; Arabic's number signs are seen. */
    static boolean isInvisible(int c) {
        return c >= 0xAD
                && Character.getType(c) == Character.FORMAT
                && (c < 0x600 || c == 0x61C || (c >= 0x180E && c < 0x11000));
    }
}
