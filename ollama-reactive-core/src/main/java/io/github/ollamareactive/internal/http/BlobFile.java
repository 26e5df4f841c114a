// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.OllamaException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A file of this machine as a blob: read once for its digest, and again while it is sent. Reading blocks, so it happens on
 * {@link FileThreads}, a piece for each that is asked for.
 *
 * @param file where it lies
 * @param digest {@code sha256:} and 64 hex digits
 * @param size its bytes
 */
record BlobFile(Path file, String digest, long size) {
    private static final int PIECE = 64 * 1024;

    /** Reads the file for its digest. */
    static Mono<BlobFile> of(Path file) {
        return Mono.<BlobFile>create(sink -> {
                    AtomicBoolean cancelled = new AtomicBoolean();
                    sink.onCancel(() -> cancelled.set(true));
                    try (Reading reading = Reading.of(file)) {
                        ByteBuffer piece = ByteBuffer.allocate(PIECE);
                        while (!cancelled.get()) {
                            if (!reading.fill(piece.clear())) {
                                sink.success(new BlobFile(file, reading.digest(), reading.size));
                                return;
                            }
                        }
                    } catch (IOException e) {
                        sink.error(unreadable(file, e));
                    } catch (OllamaException e) {
                        sink.error(e);
                    }
                })
                .subscribeOn(FileThreads.SCHEDULER);
    }

    private static OllamaException unreadable(Path file, IOException e) {
        String problem =
                e instanceof NoSuchFileException ? "there is no such file" : "can't be read: " + e.getMessage();
        return ExceptionFactory.localFile(file.toString(), problem, e);
    }

    /**
     * The file's bytes, digested again on the way: when they aren't those of the digest any more, the error comes before the
     * last piece, so that the server never has the whole of something else.
     */
    Flux<ByteBuf> content() {
        return Flux.<ByteBuf, Reading>generate(
                        () -> Reading.of(file),
                        (reading, sink) -> {
                            try {
                                if (reading.size == size) {
                                    sink.complete();
                                } else {
                                    sink.next(next(reading));
                                }
                            } catch (IOException e) {
                                sink.error(unreadable(file, e));
                            } catch (OllamaException e) {
                                sink.error(e);
                            }
                            return reading;
                        },
                        Reading::close)
                .onErrorMap(IOException.class, e -> unreadable(file, e))
                .subscribeOn(FileThreads.SCHEDULER);
    }

    private ByteBuf next(Reading reading) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size - reading.size));
        boolean whole = reading.fill(piece) && !piece.hasRemaining();
        boolean last = reading.size == size;
        if (!whole
                || (last && (reading.channel.size() != size || !reading.digest().equals(digest)))) {
            throw ExceptionFactory.localFile(file.toString(), "changed while it was sent", null);
        }
        return Unpooled.wrappedBuffer(piece.flip());
    }

    /** A file being read, and the digest of what was read. */
    private static final class Reading implements AutoCloseable {
        private final SeekableByteChannel channel;
        private final MessageDigest sha256;
        private long size;

        private Reading(SeekableByteChannel channel, MessageDigest sha256) {
            this.channel = channel;
            this.sha256 = sha256;
        }

        /** Opens a regular file only: the opening of a named pipe waits for its writer, and a device may have no end. */
        static Reading of(Path file) throws IOException {
            if (Files.isDirectory(file)) {
                throw ExceptionFactory.localFile(file.toString(), "is a folder, not a file", null);
            } else if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw ExceptionFactory.localFile(file.toString(), "is a pipe, a socket or a device, not a file", null);
            }
            try {
                return new Reading(Files.newByteChannel(file), MessageDigest.getInstance("SHA-256"));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        /** Reads until the piece is full or the file ends, and tells whether anything came. */
        boolean fill(ByteBuffer piece) throws IOException {
            int start = piece.position();
            while (piece.hasRemaining() && channel.read(piece) >= 0) {}
            int end = piece.position();
            sha256.update(piece.duplicate().flip().position(start));
            size += end - start;
            return end > start;
        }

        /** The digest of what was read; asked for once. */
        String digest() {
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing is lost: it was only read.
            }
        }
    }
}
