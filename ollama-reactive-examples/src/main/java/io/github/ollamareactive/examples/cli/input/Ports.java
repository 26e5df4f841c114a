// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

/** Checks ports to listen on. */
public final class Ports {
    private static final int MAX_PORT = 65_535;

    private Ports() {}

    /**
     * Checks the value of {@code --port}.
     *
     * @param port the port; 0 selects a free one
     * @throws UsageException if there is no such port
     */
    public static void check(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new UsageException("--port: " + port + " is not a port from 0 to " + MAX_PORT);
        }
    }
}
