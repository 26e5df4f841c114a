// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.JsonWritable;

/** A format that the answer is constrained to, other than a schema (wire field {@code format}). */
public enum Format implements JsonWritable {
    /** Any JSON. Also ask for JSON in the prompt, or the model may answer with endless white space. */
    JSON;

    @Override
    public JsonValue toJson() {
        return new JsonString("json");
    }
}
