// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.JsonWritable;

/** What an answer is constrained to (wire field {@code format}), short of a schema. */
public enum Format implements JsonWritable {
    /** Any JSON. Ask for JSON in the prompt too: models may else fill the answer with blanks. */
    JSON;

    @Override
    public JsonValue toJson() {
        return new JsonString("json");
    }
}
