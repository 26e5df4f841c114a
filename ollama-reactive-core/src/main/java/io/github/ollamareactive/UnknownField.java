// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.util.stream.Stream;

/**
 * A field that a server sent and the library doesn't know: the server is newer, or it isn't an Ollama.
 *
 * @param endpoint the method and the path of the call, as {@code POST /api/chat}
 * @param name the field's name on the wire; {@code message.} before those of a message
 */
public record UnknownField(String endpoint, String name) {
    /** Of more than these nobody is told: a server that makes names up must not fill the memory. */
    static final int MOST = 1000;

    /** The unknown fields that an event has. */
    static Stream<UnknownField> in(String endpoint, OllamaEvent event) {
        return event.extras().fields().entrySet().stream()
                .flatMap(field -> field.getKey().equals("message") && field.getValue() instanceof JsonObject message
                        ? message.fields().keySet().stream().map(name -> "message." + name)
                        : Stream.of(field.getKey()))
                .map(name -> new UnknownField(endpoint, name));
    }
}
