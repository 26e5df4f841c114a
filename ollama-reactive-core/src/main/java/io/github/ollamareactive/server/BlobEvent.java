// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;

/** An event of a call about blobs, the files that models consist of. */
public sealed interface BlobEvent extends OllamaEvent {
    /** {@return the digest of the blob: {@code sha256:} and 64 hex digits} */
    String digest();

    /**
     * The progress of an upload. When the subscriber requests events more slowly than they occur, some are dropped.
     *
     * @param digest the digest of the blob
     * @param sent bytes written to the connection
     * @param total the size of the blob in bytes
     */
    record Uploading(String digest, long sent, long total) implements BlobEvent {}

    /**
     * The blob was uploaded.
     *
     * @param digest the digest of the blob
     */
    record Stored(String digest) implements BlobEvent {}

    /**
     * The server already had the blob, so nothing was uploaded.
     *
     * @param digest the digest of the blob
     */
    record AlreadyThere(String digest) implements BlobEvent {}

    /**
     * The server has the blob.
     *
     * @param digest the digest of the blob
     */
    record Found(String digest) implements BlobEvent {}

    /**
     * The server doesn't have the blob.
     *
     * @param digest the digest of the blob
     */
    record Missing(String digest) implements BlobEvent {}
}
