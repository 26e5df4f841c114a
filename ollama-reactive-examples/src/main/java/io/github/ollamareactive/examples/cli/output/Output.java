// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or standard error. The encoding is UTF-8 in every locale. Each call is flushed, because a reader may wait for a
 * single event.
 */
public final class Output {
    private final OutputStream stream;
    private final boolean terminal;
    private boolean isMidLine;

    /**
     * Creates an output.
     *
     * @param stream the stream to write to
     * @param terminal whether the stream is a terminal
     */
    public Output(OutputStream stream, boolean terminal) {
        this.stream = stream;
        this.terminal = terminal;
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
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
    }

    /**
     * Writes a text and a line end.
     *
     * @param text the text
     * @throws OutputClosedException if the stream is closed
     */
    public void printLine(String text) {
        print(text + "\n");
    }

    /** Writes a line end, unless the output is at the start of a line. */
    public void endLine() {
        if (isMidLine) {
            print("\n");
        }
    }

    /**
     * Adapts this output to a writer, for texts of this program's own such as help with colours.
     *
     * @return a writer that need not be closed
     */
    public Writer writer() {
        return new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) {
                printControl(new String(buffer, offset, length));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
