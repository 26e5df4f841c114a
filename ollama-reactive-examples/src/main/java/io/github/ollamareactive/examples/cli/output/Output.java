// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * Standard output or standard error. The encoding is UTF-8 in every locale. Each call is flushed, because a reader may wait for a
 * single event.
 */
public final class Output {
    private static final int USUAL_COLUMNS = 80;
    private static final int MIN_COLUMNS = 20;

    private final OutputStream stream;
    private final boolean terminal;
    private final IntSupplier terminalWidth;
    private boolean isMidLine;

    /** The first half of a character whose second half comes with the next text: an emoji may come in two tokens. */
    private String heldHalf = "";

    /**
     * Creates an output.
     *
     * @param stream the stream to write to
     * @param terminal whether the stream is a terminal
     */
    public Output(OutputStream stream, boolean terminal) {
        this(stream, terminal, () -> USUAL_COLUMNS);
    }

    /**
     * Creates an output.
     *
     * @param stream the stream to write to
     * @param terminal whether the stream is a terminal
     * @param terminalWidth the current number of columns of the terminal; 0 if it is not known
     */
    public Output(OutputStream stream, boolean terminal, IntSupplier terminalWidth) {
        this.stream = stream;
        this.terminal = terminal;
        this.terminalWidth = terminalWidth;
    }

    /**
     * The width that lines should fit into. It can change at any time.
     *
     * @return the number of columns of the terminal, 20 at least; without a terminal no limit
     */
    public int columns() {
        if (!terminal) {
            return Integer.MAX_VALUE;
        }
        int columns = terminalWidth.getAsInt();
        return columns <= 0 ? USUAL_COLUMNS : Math.max(MIN_COLUMNS, columns);
    }

    /**
     * Whether the stream is a terminal.
     *
     * @return true for a terminal
     */
    public boolean isTerminal() {
        return terminal;
    }

    /**
     * Writes a text. On a terminal control characters are shown as pictures, so that no text controls the terminal; a pipe gets
     * the text as it is.
     *
     * @param text the text
     * @throws OutputClosedException if the stream is closed
     */
    public void print(String text) {
        write(terminal ? TerminalText.visible(text) : text);
    }

    /**
     * Writes a text of this program's own that may control the terminal.
     *
     * @param text the text
     * @throws OutputClosedException if the stream is closed
     */
    public void printControl(String text) {
        write(text);
    }

    private void write(String text) {
        if (text.isEmpty()) {
            return;
        }
        isMidLine = !text.endsWith("\n");
        String whole = heldHalf + text;
        int end = Character.isHighSurrogate(whole.charAt(whole.length() - 1)) ? whole.length() - 1 : whole.length();
        heldHalf = whole.substring(end);
        try {
            stream.write(WholeCharacters.of(whole.substring(0, end)).getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
    }

    /**
     * Writes lines for people. On a terminal lines that are too wide are wrapped at blanks.
     *
     * @param text the lines, without the last line end
     * @throws OutputClosedException if the stream is closed
     */
    public void printLine(String text) {
        if (!terminal) {
            write(text + "\n");
            return;
        }
        for (String line : TerminalText.visible(text).split("\n", -1)) {
            int indent = line.length() - line.stripLeading().length();
            write(String.join("\n", TextColumns.wrap(line, columns(), indent)) + "\n");
        }
    }

    /** Writes a line end, unless the output is at the start of a line. */
    public void endLine() {
        if (isMidLine) {
            print("\n");
        }
    }
}
