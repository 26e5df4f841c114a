// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.OllamaException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A file of this machine as a blob: read once for its digest, and again while it is sent. Reading blocks, so it happens on
 * Reactor's threads for that, a piece for each that is asked for.
 *
 * @param file where it lies
 * @param digest {@code sha256:} and 64 hex digits
 * @param size its bytes
 */
record BlobFile(Path file, String digest, long size) {
    private static final int PIECE = 64 * 1024;

    /** Reads the file for its digest. */
    static Mono<BlobFile> of(Path file) {
        return Mono.fromCallable(() -> {
                    MessageDigest sha256 = sha256();
                    long size = 0;
                    try (FileChannel channel = FileChannel.open(file)) {
                        ByteBuffer piece = ByteBuffer.allocate(PIECE);
                        while (channel.read(piece) >= 0) {
                            sha256.update(piece.flip());
                            size += piece.limit();
                            piece.clear();
                        }
                    }
                    return new BlobFile(file, text(sha256), size);
                })
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(IOException.class, e -> unreadable(file, e));
    }

    private static OllamaException unreadable(Path file, IOException e) {
        String problem = e instanceof NoSuchFileException
                ? "there is no such file"
                : Files.isDirectory(file) ? "is a folder, not a file" : "can't be read: " + e.getMessage();
        return ExceptionFactory.localFile(file.toString(), problem, e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(MessageDigest sha256) {
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    /**
     * The file's bytes, digested again on the way: when they aren't those of the digest any more, the error comes before the
     * last piece, so that the server never has the whole of something else.
     */
    Flux<ByteBuf> content() {
        return Flux.<ByteBuf, Sending>generate(
                        () -> new Sending(this),
                        (sending, sink) -> {
                            try {
                                ByteBuf piece = sending.next();
                                if (piece == null) {
                                    sink.complete();
                                } else {
                                    sink.next(piece);
                                }
                            } catch (IOException e) {
                                sink.error(unreadable(file, e));
                            } catch (OllamaException e) {
                                sink.error(e);
                            }
                            return sending;
                        },
                        Sending::close)
                .onErrorMap(IOException.class, e -> unreadable(file, e))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static final class Sending {
        private final BlobFile blob;
        private final FileChannel channel;
        private final MessageDigest sha256 = sha256();
        private long sent;

        Sending(BlobFile blob) throws IOException {
            this.blob = blob;
            this.channel = FileChannel.open(blob.file);
        }

        @Nullable
        ByteBuf next() throws IOException {
            if (sent == blob.size) {
                return null;
            }
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, blob.size - sent));
            while (piece.hasRemaining()) {
                if (channel.read(piece) < 0) {
                    throw changed();
                }
            }
            sha256.update(piece.flip());
            piece.flip();
            sent += piece.remaining();
            if (sent == blob.size
                    && (channel.size() != blob.size || !text(sha256).equals(blob.digest))) {
                throw changed();
            }
            return Unpooled.wrappedBuffer(piece);
        }

        private OllamaException changed() {
            return ExceptionFactory.localFile(blob.file.toString(), "changed while it was sent", null);
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
