// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligns cells in columns that are four spaces apart, as the {@code ollama} program does. If that is too wide for the terminal, the
 * columns are two spaces apart; if that is too wide as well, the cells of a row are written below each other.
 */
public final class ColumnLayout {
    private static final List<Integer> GAPS = List.of(4, 2);
    private static final int INDENT = 2;

    private ColumnLayout() {}

    /**
     * Formats rows as lines of text.
     *
     * @param rows the cells of each row; rows may have different lengths
     * @param columns the width of the terminal
     * @return the lines
     */
    public static List<String> lines(List<List<String>> rows, int columns) {
        List<String> aligned = aligned(rows, columns);
        return aligned == null ? stacked(rows, columns) : aligned;
    }

    /**
     * Formats a table as lines of text.
     *
     * @param header the names of the columns
     * @param rows the cells of each row
     * @param columns the width of the terminal
     * @return the lines; where cells are written below each other, each has the name of its column
     */
    public static List<String> table(List<String> header, List<List<String>> rows, int columns) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        List<String> aligned = aligned(all, columns);
        if (aligned != null) {
            return aligned;
        }
        List<List<String>> labelled = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row.subList(0, 1));
            for (int i = 1; i < row.size(); i++) {
                cells.add(row.get(i).isEmpty() ? "" : header.get(i) + " " + row.get(i));
            }
            labelled.add(cells);
        }
        return stacked(labelled, columns);
    }

    private static @Nullable List<String> aligned(List<List<String>> rows, int columns) {
        for (int gap : GAPS) {
            List<String> lines =
                    rows.stream().map(cells -> line(cells, rows, gap)).toList();
            if (lines.stream().allMatch(line -> TextColumns.width(line) <= columns)) {
                return lines;
            }
        }
        return null;
    }

    private static List<String> stacked(List<List<String>> rows, int columns) {
        List<String> lines = new ArrayList<>();
        for (List<String> cells : rows) {
            for (int i = 0; i < cells.size(); i++) {
                String cell = (i == 0 ? "" : " ".repeat(INDENT)) + cells.get(i);
                if (!cell.isBlank()) {
                    lines.addAll(TextColumns.wrap(cell, columns, 2 * INDENT));
                }
            }
        }
        return lines;
    }

    private static String line(List<String> cells, List<List<String>> rows, int gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(width(i, rows) - TextColumns.width(cell) + gap));
        }
        return line.toString().stripTrailing();
    }

    private static int width(int column, List<List<String>> rows) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> TextColumns.width(row.get(column)))
                .max()
                .orElse(0);
    }
}
