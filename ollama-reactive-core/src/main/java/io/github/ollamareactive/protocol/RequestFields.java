// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The base of every request: an immutable value that holds the JSON document to send.
 *
 * <p>Each wither returns a new request with one field of the document set; a null where a value belongs is a
 * {@code NullPointerException} that names the parameter. A field that was never set is not sent. {@link #with} sets fields that
 * have no wither, and removes fields. Two requests are equal when they have the same
 * type and the same document.
 *
 * @param <R> the request's own type
 */
public abstract class RequestFields<R extends RequestFields<R>> implements JsonWritable {
    private final JsonObject fields;

    /**
     * Creates a request.
     *
     * @param fields the document
     */
    protected RequestFields(JsonObject fields) {
        this.fields = requireNonNull(fields, "fields");
    }

    /**
     * Creates a request of the same type with another document.
     *
     * @param fields the document
     * @return the request
     */
    protected abstract R copy(JsonObject fields);

    /**
     * Sets a field by its name on the wire.
     *
     * @param name the field
     * @param value its value, as {@link JsonValue#of} takes it; null removes the field
     * @return a new request
     */
    public R with(String name, @Nullable Object value) {
        return copy(fields.with(name, value));
    }

    /** {@return the document to send: the fields that were set, in the order in which they were set} */
    public final JsonObject fields() {
        return fields;
    }

    @Override
    public final JsonValue toJson() {
        return fields;
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // Requests of two types differ, even with the same fields.
    public boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass() && fields.equals(((RequestFields<?>) other).fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** {@return the document for people to read: what is long, such as a picture, is cut, with its size} */
    @Override
    public String toString() {
        return getClass().getSimpleName() + Excerpts.of(fields);
    }
}
