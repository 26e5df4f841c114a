// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event of a pull, push or create call, in the order of the wire. {@link Success}, if it arrives, is the last one.
 */
public sealed interface ProgressEvent extends OllamaEvent {

    /**
     * A step of the work.
     *
     * @param status the server's words
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Status(String status, JsonObject extras) implements ProgressEvent {
        /**
         * Without unknown fields.
         *
         * @param status see the record
         */
        public Status(String status) {
            this(status, JsonObject.EMPTY);
        }
    }

    /**
     * The progress of one layer. Counts may repeat, and decrease when a part is transferred again.
     *
     * @param status the server's words, as {@code "pulling a5fd3b62230a"}
     * @param digest the layer: {@code sha256:} and 64 hex digits, or a pseudo name such as {@code sha256:model}
     * @param total its size in bytes; null while it is not known
     * @param completed the bytes transferred, 0 when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Layer(String status, String digest, @Nullable Long total, long completed, JsonObject extras)
            implements ProgressEvent {
        /**
         * Without unknown fields.
         *
         * @param status see the record
         * @param digest see the record
         * @param total see the record
         * @param completed see the record
         */
        public Layer(String status, String digest, @Nullable Long total, long completed) {
            this(status, digest, total, completed, JsonObject.EMPTY);
        }
    }

    /**
     * The work is done (status {@code success}).
     *
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Success(JsonObject extras) implements ProgressEvent {
        /** Without unknown fields. */
        public Success() {
            this(JsonObject.EMPTY);
        }
    }
}
