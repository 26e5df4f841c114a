// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;

/**
 * An event that a call of the client emits.
 *
 * <p>Each family of events is a sealed interface, and a call emits events of one family. Event records may gain
 * components in a minor release: match on types, and read components by name rather than by position.
 */
public interface OllamaEvent {
    /**
     * The fields that came with this event and that the library doesn't know, by their names on the wire: what servers newer than the library
     * say. Unknown fields of one line stand in one event of it, the last if that is the end of the answer, else the first; those of an inner
     * object stand in an object of its name.
     *
     * @return the fields; {@link JsonObject#EMPTY} without any
     */
    default JsonObject extras() {
        return JsonObject.EMPTY;
    }
}
