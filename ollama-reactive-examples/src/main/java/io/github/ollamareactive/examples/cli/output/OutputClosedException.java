// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.io.IOException;
import java.util.Locale;

/** The output can't be written, because its reader has closed it or the disk is full. */
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super("can't write the output: " + cause.getMessage(), cause);
    }

    /**
     * Whether the reader has closed the output, as {@code head} does; then there is nobody to tell.
     *
     * @return false for any other failure, such as a full disk
     */
    public boolean isClosedByReader() {
        return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
