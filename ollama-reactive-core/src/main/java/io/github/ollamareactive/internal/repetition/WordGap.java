// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.repetition;

/** What stands between two words: whether it is the same as elsewhere, and whether prose or data has such. */
final class WordGap {
    private long hash;
    private boolean hasMark;
    private boolean hasAsciiMark;
    private boolean hasDataMark;
    private boolean hasApostrophe;
    private boolean hasComma;
    private boolean hasBlank;
    private boolean hasColumn;
    private boolean hasLineEnd;
    private boolean hasStop;
    private boolean hasEnd;
    private int blanks;

    // Of the text so far: the last bracket opened, and so did the last quote behind it.
    private boolean inBrackets;
    private boolean inQuotes;

    /** A word is over, and the next gap begins. */
    void begin() {
        hash = 0;
        hasMark = false;
        hasAsciiMark = false;
        hasDataMark = false;
        hasApostrophe = false;
        hasComma = false;
        hasBlank = false;
        hasColumn = false;
        hasLineEnd = false;
        hasStop = false;
        hasEnd = false;
        blanks = 0;
    }

    void add(int c) {
        hash = RepeatedWords.mix(hash, c);
        boolean lineEnd = WordCharacters.isLineEnd(c);
        boolean blank = WordCharacters.isBlank(c);
        blanks = blank ? blanks + 1 : 0;
        hasBlank |= blank;
        hasColumn |= blanks > 1;
        hasLineEnd |= lineEnd;
        hasEnd |= lineEnd || WordCharacters.isWideStop(c) || (hasStop && blank);
        hasStop |= WordCharacters.isStop(c);
        hasMark |= !blank || lineEnd;
        hasAsciiMark |= c < 0x80 && !blank && (!WordCharacters.joins(c) || c == '_');
        hasDataMark |= WordCharacters.isData(c);
        hasComma |= c == ',';
        hasApostrophe |= c == '\'';
        if (c == '"') {
            inQuotes = !inQuotes;
        } else if (WordCharacters.opens(c) || WordCharacters.closes(c)) {
            inBrackets = WordCharacters.opens(c);
            inQuotes = false;
        }
    }

    long hash() {
        return hash;
    }

    /** Whether it is more than blanks. */
    boolean isPunctuated() {
        return hasMark;
    }

    /** Whether it has the end of a line or of a sentence. */
    boolean isEnd() {
        return hasEnd;
    }

    /** Whether tables, documents and programs have such between their words. */
    boolean isData() {
        return hasDataMark
                || (hasColumn && !hasLineEnd)
                || (hasComma && inBrackets && !inQuotes)
                || (hasAsciiMark && (!hasBlank || hasApostrophe));
    }
}
