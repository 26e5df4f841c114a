// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes help whose lines may have any length to an output, wrapped to the width of the terminal. On a narrow terminal a description
 * stands below its option.
 */
public final class HelpWriter extends Writer {
    private static final int MAX_COLUMNS = 100;
    private static final int NARROW_INDENT = 4;
    /** The marker of a required parameter, which is a blank. */
    private static final String COLOURED_BLANK = "^(\u001b\\[[0-9;]*m)+ (\u001b\\[[0-9;]*m)+";

    private static final Pattern NAME_AND_DESCRIPTION = Pattern.compile("( *\\S+(?: \\S+)* {2,})(\\S.*)");
    private static final Pattern INDENTED = Pattern.compile("(Usage: | *)(\\S.*)");

    private final Output out;
    private final StringBuilder line = new StringBuilder();
    private @Nullable OutputClosedException failure;

    /**
     * Creates a writer.
     *
     * @param out the output
     */
    public HelpWriter(Output out) {
        this.out = out;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n') {
                endLine();
            } else {
                line.append(buffer[i]);
            }
        }
    }

    /**
     * Reports a failure to write, which picocli would print with its stack trace and a {@link java.io.PrintWriter} keeps to itself.
     *
     * @throws OutputClosedException if the output could not be written
     */
    public void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private void endLine() throws IOException {
        int columns = Math.min(out.columns(), MAX_COLUMNS);
        try {
            layOut(line.toString().replaceFirst(COLOURED_BLANK, " ").stripTrailing(), columns)
                    .forEach(laidOut -> out.printControl(laidOut + "\n"));
        } catch (OutputClosedException e) {
            failure = e;
            // A PrintWriter stops writing then.
            throw new IOException(e);
        }
        line.setLength(0);
    }

    private static List<String> layOut(String line, int columns) {
        Matcher option = NAME_AND_DESCRIPTION.matcher(line);
        Matcher indented = INDENTED.matcher(line);
        if (TextColumns.width(line) <= columns) {
            return List.of(line);
        } else if (option.matches()) {
            return columns(option.group(1), option.group(2), columns);
        }
        return indented.matches() ? columns(indented.group(1), indented.group(2), columns) : List.of(line);
    }

    private static List<String> columns(String name, String description, int columns) {
        int indent = TextColumns.width(name);
        if (2 * indent <= columns) {
            return TextColumns.wrap(name + description, columns, indent);
        }
        List<String> lines = new ArrayList<>();
        if (!name.isBlank()) {
            lines.addAll(TextColumns.wrap(name.stripTrailing(), columns, NARROW_INDENT));
        }
        lines.addAll(TextColumns.wrap(" ".repeat(NARROW_INDENT) + description, columns, NARROW_INDENT));
        return lines;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
