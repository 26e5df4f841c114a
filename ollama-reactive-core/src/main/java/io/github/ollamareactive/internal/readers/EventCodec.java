// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;

/** The codec of values and of events. */
public final class EventCodec extends Json {
    /** {@link io.github.ollamareactive.protocol.JsonCodec} makes it, by name. */
    public EventCodec() {}

    @Override
    public JsonObject write(OllamaEvent event) {
        return EventWriters.of(event);
    }

    @Override
    public OllamaEvent read(JsonObject json, Class<? extends OllamaEvent> family) {
        try {
            return StoredEvents.read(json, family);
        } catch (MalformedFrame e) {
            throw new IllegalArgumentException("no event: " + e.problem(), e);
        }
    }
}
