// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** No model was named, and no installed model has the required capability. */
public final class NoModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String exampleModel;

    /**
     * Creates the exception.
     *
     * @param baseUrl the server
     * @param exampleModel a model that has the capability
     */
    public NoModelException(String baseUrl, String exampleModel) {
        super("no suitable model is installed at " + baseUrl);
        this.exampleModel = exampleModel;
    }

    /** A model that has the capability. */
    String exampleModel() {
        return exampleModel;
    }
}
