// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

/** A value that stands for a JSON value on the wire. */
public interface JsonWritable {

    /**
     * Gives this value as it goes onto the wire.
     *
     * @return the JSON value
     */
    JsonValue toJson();
}
