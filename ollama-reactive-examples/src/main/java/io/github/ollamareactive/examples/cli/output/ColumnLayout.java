// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.List;

/** Aligns cells in columns that are four spaces apart, as the {@code ollama} program does. */
public final class ColumnLayout {
    private static final String GAP = "    ";

    private ColumnLayout() {}

    /**
     * Formats rows as lines of text.
     *
     * @param rows the cells of each row; rows may have different lengths
     * @return one line per row
     */
    public static List<String> lines(List<List<String>> rows) {
        return rows.stream().map(cells -> line(cells, rows)).toList();
    }

    private static String line(List<String> cells, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(width(i, rows) - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int width(int column, List<List<String>> rows) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
