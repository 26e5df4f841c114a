// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.util.Objects;

/**
 * A part of a recorded body: the payload of one HTTP chunk, or what one read gave of a body with a {@code Content-Length}.
 */
public final class RecordedChunk {

    private final Duration at;
    private final Bytes content;

    RecordedChunk(Duration at, Bytes content) {
        this.at = at;
        this.content = content;
    }

    /**
     * When the chunk arrived.
     *
     * @return the time since the request
     */
    public Duration at() {
        return at;
    }

    /**
     * The chunk as text.
     *
     * @return the bytes decoded as UTF-8
     */
    public String text() {
        return content.text();
    }

    /**
     * The chunk as bytes.
     *
     * @return a copy of the bytes
     */
    public byte[] bytes() {
        return content.toArray();
    }

    Bytes content() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedChunk chunk && at.equals(chunk.at) && content.equals(chunk.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, content);
    }

    @Override
    public String toString() {
        return at + ": " + content;
    }
}
