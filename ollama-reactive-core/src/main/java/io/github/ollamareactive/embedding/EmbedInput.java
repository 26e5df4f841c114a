// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.embedding;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.Excerpts;
import io.github.ollamareactive.protocol.Images;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonWritable;
import org.jspecify.annotations.Nullable;

/**
 * What becomes one vector: a text, a picture, a sound, or several of them together. Pictures and sounds need a server since 0.40.0 and a model
 * that takes them; older servers refuse them as an {@code invalid input type}.
 */
public final class EmbedInput implements JsonWritable {
    private final JsonObject fields;

    private EmbedInput(JsonObject fields) {
        this.fields = fields;
    }

    /**
     * A text.
     *
     * @param text the text
     * @return the input
     */
    public static EmbedInput text(String text) {
        return new EmbedInput(JsonObject.EMPTY.with("text", requireNonNull(text, "text")));
    }

    /**
     * A picture.
     *
     * @param bytes the bytes of a PNG, JPEG, GIF or WebP file
     * @return the input
     */
    public static EmbedInput image(byte[] bytes) {
        return new EmbedInput(JsonObject.EMPTY).andImage(bytes);
    }

    /**
     * A sound.
     *
     * @param bytes the bytes of a WAV or Ogg file
     * @return the input
     */
    public static EmbedInput audio(byte[] bytes) {
        return new EmbedInput(JsonObject.EMPTY).andAudio(bytes);
    }

    /**
     * Adds a picture, or replaces it: all together give one vector.
     *
     * @param bytes the bytes of a PNG, JPEG, GIF or WebP file
     * @return a new input
     */
    public EmbedInput andImage(byte[] bytes) {
        return new EmbedInput(fields.with("image", Images.encode(bytes)));
    }

    /**
     * Adds a sound, or replaces it: all together give one vector.
     *
     * @param bytes the bytes of a WAV or Ogg file
     * @return a new input
     */
    public EmbedInput andAudio(byte[] bytes) {
        return new EmbedInput(fields.with("audio", Images.encode(bytes)));
    }

    /** {@return a text alone as text, which every server takes; else the object} */
    @Override
    public JsonValue toJson() {
        JsonValue text = fields.get("text");
        return text != null && fields.fields().size() == 1 ? text : fields;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmbedInput input && input.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** {@return the input for people to read: what is long is cut, with its size} */
    @Override
    public String toString() {
        return "EmbedInput" + Excerpts.of(fields);
    }
}
