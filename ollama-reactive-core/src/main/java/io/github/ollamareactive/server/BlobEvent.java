// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;

/** What is told of blobs, the files that models are made of. */
public sealed interface BlobEvent extends OllamaEvent {
    /**
     * Which blob.
     *
     * @return {@code sha256:} and 64 hex digits
     */
    String digest();

    /**
     * How far an upload is. These are told as the subscriber asks for them; what it is too slow for is left out.
     *
     * @param digest which blob
     * @param sent bytes handed to the connection
     * @param total bytes in all
     */
    record Uploading(String digest, long sent, long total) implements BlobEvent {}

    /**
     * It was uploaded.
     *
     * @param digest which blob
     */
    record Stored(String digest) implements BlobEvent {}

    /**
     * The server had it, so nothing was uploaded.
     *
     * @param digest which blob
     */
    record AlreadyThere(String digest) implements BlobEvent {}

    /**
     * The server has it.
     *
     * @param digest which blob
     */
    record Found(String digest) implements BlobEvent {}

    /**
     * The server doesn't have it.
     *
     * @param digest which blob
     */
    record Missing(String digest) implements BlobEvent {}
}
