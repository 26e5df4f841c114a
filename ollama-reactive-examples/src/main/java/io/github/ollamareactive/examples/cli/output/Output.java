// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or standard error. Always UTF-8, whatever the locale, and flushed at each call: what reads it may be
 * waiting for each event.
 */
public final class Output {
    /** What reads the output has gone, or the disk is full: there is no use in going on. */
    public static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Closed(IOException cause) {
            super("can't write the output: " + cause.getMessage(), cause);
        }
    }

    private final OutputStream stream;
    private final boolean terminal;
    private boolean midLine;

    /**
     * Writes to a stream.
     *
     * @param stream where to
     * @param terminal whether a person looks at it
     */
    public Output(OutputStream stream, boolean terminal) {
        this.stream = stream;
        this.terminal = terminal;
    }

    /**
     * Whether a person looks at it.
     *
     * @return true for a terminal
     */
    public boolean isTerminal() {
        return terminal;
    }

    /**
     * Writes a text.
     *
     * @param text the text
     * @throws Closed when nobody takes it any more
     */
    public void print(String text) {
        if (text.isEmpty()) {
            return;
        }
        midLine = !text.endsWith("\n");
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    /**
     * Writes a line.
     *
     * @param text the text, without its line end
     */
    public void line(String text) {
        print(text + "\n");
    }

    /** Ends a line that was begun. */
    public void endLine() {
        if (midLine) {
            print("\n");
        }
    }

    /**
     * The same as a writer, for libraries.
     *
     * @return a writer that needs no closing
     */
    public Writer writer() {
        return new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) {
                print(new String(buffer, offset, length));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
