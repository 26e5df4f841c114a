// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** No server was named, none is at the default address, and a recording can't stand in. */
public final class NoServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what to do.
     *
     * @param baseUrl where none answers
     * @param remedy how to get one
     */
    public NoServerException(String baseUrl, String remedy) {
        super("no Ollama answers at " + baseUrl + ", and this needs a real one, not a recording: " + remedy);
    }
}
