// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** No model was named, and the server has none to take instead. */
public final class NoModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what to do.
     *
     * @param baseUrl the server
     * @param example a model that would do
     */
    public NoModelException(String baseUrl, String example) {
        super("no model for this is installed at " + baseUrl + ": get one with 'ollama-reactive pull " + example
                + "', or name one with --model");
    }
}
