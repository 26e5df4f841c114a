// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import java.lang.Character.UnicodeScript;

/**
 * Where a text may be cut without cutting a grapheme cluster, one code point after the other, in constant time and memory.
 *
 * <p>These are the rules of UAX #29 with fewer boundaries: wherever Unicode, {@code \X} or ICU sees one cluster, there is no
 * boundary here, in any of their versions; a few more places have none either (any sign behind a joiner, any
 * letter behind a virama). So no table of emoji is needed, and the JDK's version doesn't matter much.
 */
final class Graphemes {
    private static final int OTHER = 0;
    private static final int CONTROL = 1;
    private static final int CR = 2;
    private static final int EXTEND = 3;
    private static final int LINKER = 4;
    private static final int JOINER = 5;
    private static final int FLAG = 6;
    private static final int PREPEND = 7;
    private static final int LEADING = 8;
    private static final int VOWEL = 9;
    private static final int TRAILING = 10;
    private static final int SYLLABLE = 11;
    private static final int CLOSED_SYLLABLE = 12;

    /** Marks that join two consonants into one (viramas, {@code InCB=Linker} and their like). */
    private static final String LINKERS =
            "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2\u1A60\u1B44"
                    + "\u1BAB\uA8C4\uA9C0\uAAF6\uABED\uD804\uDC46\uD804\uDD33\uD804\uDDC0\uD804\uDE35\uD804\uDF4D\uD804\uDFD0\uD806\uDD3E"
                    + "\uD806\uDE47\uD806\uDE99\uD807\uDF42";

    private static final String PREPENDED = "\u0600\u0601\u0602\u0603\u0604\u0605\u06DD\u070F\u0890\u0891\u08E2\u0D4E"
            + "\uD804\uDCBD\uD804\uDCCD\uD804\uDDC2\uD804\uDDC3\uD804\uDFD1\uD806\uDD3F\uD806\uDD41\uD806\uDE3A\uD806\uDE84"
            + "\uD806\uDE85\uD806\uDE86\uD806\uDE87\uD806\uDE88\uD806\uDE89\uD807\uDD46\uD807\uDF02";

    private int last = CONTROL;
    private int lastCodePoint;
    private boolean oddFlags;
    private boolean linked;

    /**
     * Takes the next code point.
     *
     * @return whether the text may be cut before it
     */
    boolean next(int codePoint) {
        int type;
        boolean boundary;
        if (codePoint < 0x80) {
            type = codePoint >= ' ' && codePoint != 0x7F ? OTHER : codePoint == '\r' ? CR : CONTROL;
            boundary = last == CR ? codePoint != '\n' : last != PREPEND || type != OTHER;
            linked = false;
        } else {
            type = type(codePoint);
            boundary = boundary(type, codePoint);
            linked = type == LINKER || (linked && (type == EXTEND || type == JOINER));
        }
        oddFlags = type == FLAG && !oddFlags;
        last = type;
        lastCodePoint = codePoint;
        return boundary;
    }

    private boolean boundary(int type, int codePoint) {
        if (last == CONTROL || last == CR || type == CONTROL) {
            return true;
        } else if (type == EXTEND || type == LINKER || type == JOINER || last == PREPEND) {
            return false;
        } else if (last == JOINER) {
            return !linked && Character.getType(codePoint) == Character.OTHER_LETTER; // no letter is an emoji but one
        } else if (type == FLAG) {
            return !oddFlags;
        }
        return switch (last) {
            case LEADING -> type != LEADING && type != VOWEL && type != SYLLABLE && type != CLOSED_SYLLABLE;
            case VOWEL, SYLLABLE -> type != VOWEL && type != TRAILING;
            case TRAILING, CLOSED_SYLLABLE -> type != TRAILING;
            default -> !(linked && Character.isLetter(codePoint));
        };
    }

    private static int type(int c) {
        if (c >= 0x1100 && c <= 0x11FF) {
            return c < 0x1160 ? LEADING : c < 0x11A8 ? VOWEL : TRAILING;
        } else if (c >= 0xAC00 && c <= 0xD7A3) {
            return (c - 0xAC00) % 28 == 0 ? SYLLABLE : CLOSED_SYLLABLE;
        } else if (c >= 0xA960 && c <= 0xA97C) {
            return LEADING;
        } else if (c == 0x16D63 || (c >= 0x16D67 && c <= 0x16D6A)) {
            return VOWEL; // Kirat Rai
        } else if (c >= 0xD7B0 && c <= 0xD7FB) {
            return c < 0xD7CB ? VOWEL : TRAILING;
        } else if (c >= 0x1F1E6 && c <= 0x1F1FF) {
            return FLAG;
        } else if ((c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0020 && c <= 0xE007F)) {
            return EXTEND; // skin colours; the tags of regional flags
        }
        return switch (c) {
            case 0x200C, 0xFF9E, 0xFF9F, 0x0E33, 0x0EB3 -> EXTEND;
            case 0x200D -> JOINER;
            default -> category(c);
        };
    }

    private static int category(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                LINKERS.indexOf(c) >= 0 ? LINKER : EXTEND;
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> PREPENDED.indexOf(c) >= 0 ? PREPEND : CONTROL;
            default -> c > 0xD00 && PREPENDED.indexOf(c) >= 0 ? PREPEND : OTHER;
        };
    }

    /**
     * Whether the last character is whole as far as one can tell without the next: accents that come by themselves behind a
     * letter of these scripts are not waited for.
     */
    boolean isSettled() {
        if (last == CONTROL || last == SYLLABLE || last == CLOSED_SYLLABLE) {
            return true;
        } else if (last != OTHER) {
            return false;
        }
        return switch (UnicodeScript.of(lastCodePoint)) {
            case LATIN, GREEK, CYRILLIC, HAN, HIRAGANA, KATAKANA -> true;
            default -> lastCodePoint < 0x80 || Character.isSpaceChar(lastCodePoint) || isPunctuation(lastCodePoint);
        };
    }

    private static boolean isPunctuation(int c) {
        int type = Character.getType(c);
        return (type >= Character.DASH_PUNCTUATION && type <= Character.OTHER_PUNCTUATION)
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION;
    }
}
