// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Measures, cuts and wraps text by the columns that it takes on a terminal. */
public final class TextColumns {
    /** Colours and other attributes take no column. */
    private static final String ATTRIBUTES = "\u001b\\[[0-9;]*m";

    private static final String ELLIPSIS = "…";
    private static final int SMALLEST_REST = 12;

    private TextColumns() {}

    /**
     * The number of columns of a text without tabs and line ends.
     *
     * @param text the text, which may contain attributes
     * @return the number of columns; East Asian characters and emoji take two, combining characters none
     */
    public static int width(String text) {
        String shown = text.indexOf('\u001b') < 0 ? text : text.replaceAll(ATTRIBUTES, "");
        return shown.codePoints().map(TextColumns::width).sum();
    }

    /** A control character is shown as one column. */
    static int width(int codePoint) {
        int width = WCWidth.wcwidth(codePoint);
        return width < 0 ? 1 : width;
    }

    /**
     * Shortens a text that is too wide.
     *
     * @param text the text, without attributes
     * @param columns the greatest number of columns
     * @return the text, or its start and an ellipsis
     */
    public static String truncate(String text, int columns) {
        return width(text) <= columns ? text : text.substring(0, fitting(text, columns - 1)) + ELLIPSIS;
    }

    /** The number of characters at the start that fit; combining characters and attributes stay with what is before them. */
    private static int fitting(String text, int columns) {
        int end = 0;
        int width = 0;
        while (end < text.length()) {
            if (text.charAt(end) == '\u001b') {
                end = Math.max(end, text.indexOf('m', end)) + 1;
                continue;
            }
            int codePoint = text.codePointAt(end);
            width += width(codePoint);
            if (width > columns) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    /**
     * Wraps a line at blanks. A word that is wider than the line is cut, unless it is a URL.
     *
     * @param line the line
     * @param columns the greatest number of columns
     * @param indent the number of blanks before all lines but the first one
     * @return the lines, at least one
     */
    public static List<String> wrap(String line, int columns, int indent) {
        if (width(line) <= columns) {
            return List.of(line);
        }
        int hanging = Math.min(indent, Math.max(0, columns - SMALLEST_REST));
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        String gap = "";
        for (String part : line.split("(?<= )(?! )|(?<! )(?= )", -1)) {
            if (part.isBlank()) {
                gap = part;
                continue;
            }
            String word = part;
            if (!current.toString().isBlank() && width(current + gap + word) > columns) {
                lines.add(current.toString());
                current = new StringBuilder(" ".repeat(hanging));
                gap = "";
            }
            current.append(gap);
            while (width(current + word) > columns && !word.contains("://")) {
                int end = fitting(word, columns - width(current.toString()));
                if (end == 0) {
                    break;
                }
                lines.add(current + word.substring(0, end));
                word = word.substring(end);
                current = new StringBuilder(" ".repeat(hanging));
            }
            current.append(word);
            gap = "";
        }
        lines.add(current.toString());
        return lines;
    }
}
