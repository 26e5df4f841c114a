// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base of every request: an immutable value that holds the JSON document to be sent.
 *
 * <p>Each wither gives a new request with one field of the document set; a null removes the field. What was never set is
 * not sent. {@link #with} reaches fields that are newer than the library. Two requests are equal when their documents
 * are.
 *
 * @param <R> the request's own type
 */
public abstract class RequestFields<R extends RequestFields<R>> implements JsonWritable {
    private final JsonObject fields;

    /**
     * Holds a document.
     *
     * @param fields the document
     */
    protected RequestFields(JsonObject fields) {
        this.fields = requireNonNull(fields, "fields");
    }

    /**
     * Makes a request of the same type from another document.
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
    public final R with(String name, @Nullable Object value) {
        return copy(fields.with(name, value));
    }

    /**
     * The document as it goes onto the wire.
     *
     * @return all fields that were set, in order
     */
    public final JsonObject fields() {
        return fields;
    }

    @Override
    public final JsonValue toJson() {
        return fields;
    }

    /**
     * Refuses a missing or blank name before anything is sent.
     *
     * @param name the field's name
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException when it is blank
     */
    protected static String required(String name, String value) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }

    /**
     * Reads a picture's file, here and now.
     *
     * @param file the file
     * @return its bytes
     * @throws UncheckedIOException when it can't be read
     */
    protected static byte[] readImage(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("images: can't read " + file, e);
        }
    }

    /**
     * The images set so far and one more. The server takes the standard alphabet with padding, and no data URI.
     *
     * @param base64 the picture
     * @return the field's new value
     * @throws IllegalArgumentException when the server would refuse it
     */
    protected final JsonValue withImage(String base64) {
        try {
            Base64.getDecoder().decode(requireNonNull(base64, "images"));
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("the padding is missing");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "images: not base64 (standard alphabet, padded, no data URI, no line breaks): " + e.getMessage(),
                    e);
        }
        List<JsonValue> images = new ArrayList<>();
        if (fields.get("images") instanceof JsonArray present) {
            images.addAll(present.items());
        }
        images.add(new JsonString(base64));
        return new JsonArray(images);
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // Two kinds of request with the same fields aren't the same request.
    public final boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass() && fields.equals(((RequestFields<?>) other).fields);
    }

    @Override
    public final int hashCode() {
        return fields.hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + fields;
    }
}
