// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;

/**
 * An event that a call of the client emits.
 *
 * <p>Each family of events is a sealed interface, and a call emits events of one family. Event records may gain
 * components in a minor release: match on types, and read components by name rather than by position.
 */
public interface OllamaEvent extends JsonWritable {
    /**
     * The event in JSON, for logs, histories and browsers: an object whose field {@code event} names the event, as {@code token}. Fields have
     * their names on the wire, times are RFC 3339, durations nanoseconds, bytes base64; absent fields are left out, and unknown ones stand in
     * {@code extras}. {@link #fromJson} reads it back.
     *
     * @return the object
     */
    @Override
    default JsonObject toJson() {
        return JsonCodec.instance().write(this);
    }

    /**
     * Reads an event back from the JSON that {@link #toJson} gave.
     *
     * @param json the object
     * @param family the family that it is of, as {@code GenerationEvent.class}, or the event itself, as
     *     {@code ModelEvent.Running.class}
     * @param <E> the family
     * @return an event that equals the one that was written
     * @throws IllegalArgumentException when it is no event of that family
     */
    static <E extends OllamaEvent> E fromJson(JsonObject json, Class<E> family) {
        return family.cast(JsonCodec.instance().read(json, family));
    }

    /**
     * The fields that came with this event and that the library doesn't know, by their names on the wire: what servers newer than the library
     * say. Unknown fields of a line of a generation stand in one event: its {@code Done}, else its first event, else the first of the lines after
     * it; those of its {@code message} stand in an object of that name. What stands deeper, or beside a list whose elements are the events, isn't
     * kept.
     *
     * @return the fields; {@link JsonObject#EMPTY} without any
     */
    default JsonObject extras() {
        return JsonObject.EMPTY;
    }
}
