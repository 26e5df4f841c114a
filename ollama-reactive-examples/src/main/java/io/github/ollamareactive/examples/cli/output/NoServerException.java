// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** No server was named, none listens at the default address, and the command can't use a recording. */
public final class NoServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param baseUrl the default address
     * @param hint what the user can do
     */
    public NoServerException(String baseUrl, String hint) {
        super("no Ollama answers at " + baseUrl + ", and this command needs a real server, not a recording: " + hint);
    }
}
