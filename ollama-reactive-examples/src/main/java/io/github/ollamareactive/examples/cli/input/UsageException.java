// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

/** The command line asks for what can't be: exit code 2, and nothing is sent. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param words for the person who typed it
     */
    public UsageException(String words) {
        super(words);
    }
}
