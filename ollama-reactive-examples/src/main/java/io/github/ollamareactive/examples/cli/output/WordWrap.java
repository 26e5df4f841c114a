// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.lang.Character.UnicodeScript;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wraps a text that arrives in pieces at blanks. It holds back the last word, until a blank or a line end shows where the word ends,
 * or until it is wider than the line. Code between fences is not changed.
 */
public final class WordWrap {
    /** A line that begins a block of code; behind backticks there are no others, as in {@code ```ls``` lists files}. */
    private static final Pattern FENCE = Pattern.compile("(`{3,}(?=[^`]*$)|~{3,}).*");

    private static final int TAB = 8;

    /** Scripts without blanks between words: a line can end before any of their characters. */
    private static final Set<UnicodeScript> WITHOUT_BLANKS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final IntSupplier columns;
    /** The line as it was added. */
    private final StringBuilder line = new StringBuilder();

    private final StringBuilder blanks = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private int column;
    private int limit;
    /** The fence that the current block of code began with; empty outside of code. */
    private String fence = "";

    /** Whether a URL that is wider than the line has been printed in part; the terminal itself continues it on its next line. */
    private boolean isLongUrl;

    /**
     * Starts at the beginning of a line.
     *
     * @param columns the current width of the terminal
     */
    public WordWrap(IntSupplier columns) {
        this.columns = columns;
    }

    /**
     * Adds a piece.
     *
     * @param piece the piece; it ends behind a whole character
     * @return what can be printed now
     */
    public String add(String piece) {
        limit = columns.getAsInt();
        StringBuilder printed = new StringBuilder();
        piece.codePoints().forEach(c -> add(c, printed));
        return printed.toString();
    }

    /**
     * Ends the text.
     *
     * @return the rest, which was held back
     */
    public String end() {
        StringBuilder printed = new StringBuilder();
        endWord(printed);
        printed.append(blanks);
        blanks.setLength(0);
        return printed.toString();
    }

    private void add(int c, StringBuilder printed) {
        if (c == '\n') {
            endWord(printed);
            printed.append(blanks).append('\n');
            blanks.setLength(0);
            endLine(line.toString().strip());
            line.setLength(0);
            column = 0;
            isLongUrl = false;
            return;
        }
        line.appendCodePoint(c);
        if (!fence.isEmpty()) {
            printed.appendCodePoint(c);
        } else if (c == ' ' || c == '\t') {
            endWord(printed);
            isLongUrl = false;
            blanks.appendCodePoint(c);
        } else if (isLongUrl) {
            printed.appendCodePoint(c);
            column = (column + TextColumns.width(c)) % limit;
        } else {
            boolean breaksBefore = WITHOUT_BLANKS.contains(UnicodeScript.of(c)) && TextColumns.width(c) > 0;
            if (breaksBefore) {
                endWord(printed);
            }
            word.appendCodePoint(c);
            if (TextColumns.width(word.toString()) >= limit) {
                isLongUrl = word.indexOf("://") >= 0;
                endWord(printed);
            }
        }
    }

    private void endLine(String text) {
        if (fence.isEmpty()) {
            Matcher opening = FENCE.matcher(text);
            fence = opening.matches() ? opening.group(1) : "";
        } else if (text.startsWith(fence) && text.chars().allMatch(c -> c == fence.charAt(0))) {
            fence = "";
        }
    }

    /** Prints the word, on the next line if it doesn't fit into this one. */
    private void endWord(StringBuilder printed) {
        if (word.isEmpty()) {
            return;
        }
        int width = TextColumns.width(word.toString());
        int end = column;
        for (int i = 0; i < blanks.length(); i++) {
            end += blanks.charAt(i) == '\t' ? TAB - end % TAB : 1;
        }
        if (end + width > limit && column > 0) {
            printed.append('\n');
            end = 0;
        } else {
            printed.append(blanks);
        }
        printed.append(word);
        column = end + width;
        blanks.setLength(0);
        word.setLength(0);
    }
}
