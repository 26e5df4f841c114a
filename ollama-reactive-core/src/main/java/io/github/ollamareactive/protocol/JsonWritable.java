// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

/** A value that has a JSON form. */
public interface JsonWritable {
    /** {@return this value as it is sent} */
    JsonValue toJson();
}
