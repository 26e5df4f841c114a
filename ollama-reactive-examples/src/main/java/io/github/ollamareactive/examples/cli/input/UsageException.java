// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

/** Invalid usage of the command line. The program exits with code 2 and sends nothing. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is invalid, for the user
     */
    public UsageException(String message) {
        super(message);
    }
}
