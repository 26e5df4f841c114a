// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;

/** What the server tells of itself. */
public sealed interface ServerEvent extends OllamaEvent {

    /**
     * The server's version.
     *
     * @param version as {@code "0.24.0"}; {@code "0.0.0"} for development builds
     */
    record Version(String version) implements ServerEvent {}

    /** The server answers. */
    record Alive() implements ServerEvent {}
}
