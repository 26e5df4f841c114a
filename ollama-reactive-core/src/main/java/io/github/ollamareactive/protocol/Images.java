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

/** The wire field {@code images} of messages and generate requests: a list of files in base64. */
public final class Images {
    private Images() {}

    /**
     * Reads a file; blocks the calling thread.
     *
     * @param file the file
     * @return its bytes
     * @throws UncheckedIOException when it can't be read
     */
    public static byte[] read(Path file) {
        try {
            // The opening of a named pipe would wait for its writer; a device may have no end.
            if (Files.exists(requireNonNull(file, "file")) && !Files.isRegularFile(file)) {
                throw new IOException("it is no regular file");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("images: can't read " + Excerpts.printable(file.toString()), e);
        }
    }

    /**
     * Encodes a file.
     *
     * @param bytes the file's bytes
     * @return the bytes in base64, as the server takes them
     */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(requireNonNull(bytes, "bytes"));
    }

    /**
     * Appends an image to those of a document. The server takes the standard alphabet with padding, and no data URI.
     *
     * @param fields the document
     * @param base64 the image
     * @return the new value of the field {@code images}
     * @throws IllegalArgumentException when the server would refuse the text
     */
    public static JsonValue append(JsonObject fields, String base64) {
        List<JsonValue> images = new ArrayList<>();
        if (fields.get("images") instanceof JsonArray present) {
            images.addAll(present.items());
        }
        images.add(new JsonString(checked(base64)));
        return new JsonArray(images);
    }

    private static String checked(String base64) {
        try {
            Base64.getDecoder().decode(requireNonNull(base64, "base64"));
            // Java's decoder also takes text without padding.
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("the padding is missing");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "images: not base64 (standard alphabet, padded, no data URI, no line breaks): " + e.getMessage(),
                    e);
        }
        return base64;
    }
}
