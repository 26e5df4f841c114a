// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** No server was named, none listens at the default address, and the command has no recording. */
public final class NoServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param baseUrl the default address
     */
    public NoServerException(String baseUrl) {
        super("no Ollama answers at " + baseUrl);
    }
}
