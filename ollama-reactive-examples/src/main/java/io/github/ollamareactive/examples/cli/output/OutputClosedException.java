// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.io.IOException;

/** The output can't be written, because its reader has closed it or the disk is full. */
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super("can't write the output: " + cause.getMessage(), cause);
    }
}
