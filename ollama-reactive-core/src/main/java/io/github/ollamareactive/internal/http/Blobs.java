// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static io.netty.handler.codec.http.HttpMethod.HEAD;
import static io.netty.handler.codec.http.HttpMethod.POST;

import io.github.ollamareactive.internal.ndjson.DiscardedFrames;
import io.github.ollamareactive.internal.readers.StatusReader;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.BlobEvent.AlreadyThere;
import io.github.ollamareactive.server.BlobEvent.Found;
import io.github.ollamareactive.server.BlobEvent.Missing;
import io.github.ollamareactive.server.BlobEvent.Stored;
import io.github.ollamareactive.server.BlobEvent.Uploading;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ProgressEvent;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks for blobs and uploads them. What the server has costs a look, not an upload. */
public final class Blobs {
    private final HttpExchange exchange;

    /**
     * Makes the blobs of one client.
     *
     * @param exchange sends the calls
     */
    public Blobs(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Looks for a blob.
     *
     * @param digest which one
     * @return {@code Found} or {@code Missing}
     */
    public Flux<BlobEvent> look(String digest) {
        return exchange.call(
                HEAD,
                path(digest),
                null,
                DiscardedFrames::new,
                () -> new StatusReader<>(
                        status -> status < 300 ? new Found(digest) : status == 404 ? new Missing(digest) : null));
    }

    private static String path(String digest) {
        return "/api/blobs/" + digest;
    }

    /**
     * Uploads a file of this machine.
     *
     * @param file where it lies
     * @return {@code Uploading}*, then {@code Stored} or {@code AlreadyThere}
     */
    public Flux<BlobEvent> push(Path file) {
        return BlobFile.of(file).flatMapMany(blob -> push(blob.digest(), blob.size(), blob::content, true));
    }

    /**
     * Uploads bytes of a known digest.
     *
     * @param digest their digest
     * @param length how many
     * @param content gives them
     * @param repeatable whether it can give them again
     * @return {@code Uploading}*, then {@code Stored} or {@code AlreadyThere}
     */
    public Flux<BlobEvent> push(
            String digest, long length, Supplier<? extends Flux<ByteBuf>> content, boolean repeatable) {
        return look(digest)
                .concatMap(
                        found -> found instanceof Found
                                ? Flux.just(new AlreadyThere(digest))
                                : upload(digest, length, content, repeatable),
                        1);
    }

    private Flux<BlobEvent> upload(
            String digest, long length, Supplier<? extends Flux<ByteBuf>> content, boolean repeatable) {
        return new UploadProgress(progress -> {
            Content body = new Content(
                    "application/octet-stream",
                    length,
                    () -> Flux.defer(() -> {
                        // Counted anew when a refusal that may pass has it sent again.
                        AtomicLong sent = new AtomicLong();
                        return exactly(length, content.get())
                                .doOnNext(piece -> progress.accept(
                                        new Uploading(digest, sent.addAndGet(piece.readableBytes()), length)));
                    }),
                    repeatable);
            return exchange.call(
                    POST,
                    path(digest),
                    body,
                    exchange::document,
                    () -> new StatusReader<BlobEvent>(status ->
                            status == 201 ? new Stored(digest) : status < 300 ? new AlreadyThere(digest) : null));
        });
    }

    /** The length was promised to the server: what is more would be taken for another request, what is less waited for. */
    private static Flux<ByteBuf> exactly(long length, Flux<ByteBuf> content) {
        AtomicLong left = new AtomicLong(length);
        return content.doOnNext(piece -> {
                    if (left.addAndGet(-piece.readableBytes()) < 0) {
                        piece.release();
                        throw ExceptionFactory.localFile("the content", "has more than " + length + " bytes", null);
                    }
                })
                .concatWith(Mono.defer(() -> left.get() > 0
                        ? Mono.error(ExceptionFactory.localFile(
                                "the content", "has " + left.get() + " bytes less than " + length, null))
                        : Mono.empty()));
    }

    /**
     * Uploads the local files of a creation, then creates.
     *
     * @param request the creation
     * @param create sends the document, with digests for the local files
     * @return the progress of the uploads as layers, then that of the creation
     */
    public Flux<ProgressEvent> create(CreateRequest request, Function<JsonObject, Flux<ProgressEvent>> create) {
        return Flux.defer(() -> {
            Map<Path, String> digests = new ConcurrentHashMap<>();
            List<Flux<ProgressEvent>> steps = new ArrayList<>();
            // Each once, though it may have several names.
            request.localFiles().values().stream()
                    .flatMap(files -> files.values().stream())
                    .distinct()
                    .forEach(file -> steps.add(step(file, digests)));
            steps.add(Flux.defer(() -> create.apply(withDigests(request, digests))));
            return steps.size() == 1 ? steps.get(0) : Flux.concat(steps);
        });
    }

    private Flux<ProgressEvent> step(Path file, Map<Path, String> digests) {
        return push(file).map(event -> {
            digests.put(file, event.digest());
            if (event instanceof Uploading uploading) {
                return new ProgressEvent.Layer(
                        "uploading " + file.getFileName(), uploading.digest(), uploading.total(), uploading.sent());
            }
            return new ProgressEvent.Status(
                    (event instanceof Stored ? "uploaded " : "already there: ") + file.getFileName());
        });
    }

    private static JsonObject withDigests(CreateRequest request, Map<Path, String> digests) {
        JsonObject document = request.fields();
        for (Map.Entry<String, Map<String, Path>> field : request.localFiles().entrySet()) {
            JsonObject files = document.get(field.getKey()) instanceof JsonObject present ? present : JsonObject.EMPTY;
            for (Map.Entry<String, Path> file : field.getValue().entrySet()) {
                files = files.with(file.getKey(), digests.get(file.getValue()));
            }
            document = document.with(field.getKey(), files);
        }
        return document;
    }
}
