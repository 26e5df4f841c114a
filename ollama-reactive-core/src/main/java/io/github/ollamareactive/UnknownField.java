// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

/**
 * A field that a server sent and the library doesn't know: the server is newer, or it isn't an Ollama.
 *
 * @param endpoint the method and the path of the call, as {@code POST /api/chat}
 * @param name the field's name on the wire; dots lead into objects
 */
public record UnknownField(String endpoint, String name) {}
