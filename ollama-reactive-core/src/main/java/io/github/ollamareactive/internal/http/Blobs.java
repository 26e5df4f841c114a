// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static io.netty.handler.codec.http.HttpMethod.HEAD;
import static io.netty.handler.codec.http.HttpMethod.POST;

import io.github.ollamareactive.internal.ndjson.DiscardedFrames;
import io.github.ollamareactive.internal.readers.StatusReader;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.BlobEvent.AlreadyThere;
import io.github.ollamareactive.server.BlobEvent.Found;
import io.github.ollamareactive.server.BlobEvent.Missing;
import io.github.ollamareactive.server.BlobEvent.Stored;
import io.github.ollamareactive.server.BlobEvent.Uploading;
import io.github.ollamareactive.server.ProgressEvent;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Looks for blobs and uploads them. What the server has costs a look, not an upload. */
public final class Blobs {
    private static final List<String> FILE_FIELDS = List.of("files", "adapters", "draft_files");

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
        return Flux.defer(() -> {
            // The upload doesn't wait for progress to be asked for.
            Sinks.Many<BlobEvent> progress = Sinks.many().multicast().directBestEffort();
            Content body = new Content(
                    "application/octet-stream",
                    length,
                    () -> Flux.defer(() -> {
                        // Counted anew when a refusal that may pass has it sent again.
                        AtomicLong sent = new AtomicLong();
                        return exactly(length, content.get())
                                .doOnNext(piece -> progress.tryEmitNext(
                                        new Uploading(digest, sent.addAndGet(piece.readableBytes()), length)));
                    }),
                    repeatable);
            Flux<BlobEvent> answer = exchange.call(
                    POST,
                    path(digest),
                    body,
                    DiscardedFrames::new,
                    () -> new StatusReader<BlobEvent>(status ->
                            status == 201 ? new Stored(digest) : status < 300 ? new AlreadyThere(digest) : null));
            // The latest event alone waits, so the end takes the place of progress that nobody has asked for.
            return Flux.merge(progress.asFlux(), answer)
                    .takeUntil(event -> !(event instanceof Uploading))
                    .onBackpressureLatest();
        });
    }

    /** The length was promised to the server: what is more would be taken for another request, what is less waited for. */
    private static Flux<ByteBuf> exactly(long length, Flux<ByteBuf> content) {
        AtomicLong left = new AtomicLong(length);
        return content.doOnNext(piece -> {
                    if (left.addAndGet(-piece.readableBytes()) < 0) {
                        piece.release();
                        throw new OllamaException.LocalFile("the content", "has more than " + length + " bytes", null);
                    }
                })
                .concatWith(Mono.defer(() -> left.get() > 0
                        ? Mono.error(new OllamaException.LocalFile(
                                "the content", "has " + left.get() + " bytes less than " + length, null))
                        : Mono.empty()));
    }

    /**
     * Uploads the local files of a creation, then creates.
     *
     * @param request the document, local files as {@code file:} URIs
     * @param create sends the document, digests in their place
     * @return the progress of the uploads as layers, then that of the creation
     */
    public Flux<ProgressEvent> create(JsonObject request, Function<JsonObject, Flux<ProgressEvent>> create) {
        return Flux.defer(() -> {
            Map<String, String> digests = new ConcurrentHashMap<>();
            List<Flux<ProgressEvent>> steps = new ArrayList<>();
            localFiles(request).forEach(uri -> steps.add(step(uri, digests)));
            steps.add(Flux.defer(() -> create.apply(withDigests(request, digests))));
            return steps.size() == 1 ? steps.get(0) : Flux.concat(steps);
        });
    }

    /** Each once, though it may have several names. */
    private static Set<String> localFiles(JsonObject request) {
        Set<String> uris = new LinkedHashSet<>();
        for (String field : FILE_FIELDS) {
            if (request.get(field) instanceof JsonObject files) {
                files.fields().values().stream()
                        .filter(Blobs::isLocal)
                        .map(JsonValue::asString)
                        .forEach(uris::add);
            }
        }
        return uris;
    }

    private static boolean isLocal(JsonValue file) {
        return file instanceof JsonString s && s.value().startsWith("file:");
    }

    private Flux<ProgressEvent> step(String uri, Map<String, String> digests) {
        Path file;
        try {
            file = Path.of(URI.create(uri));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Flux.error(new OllamaException.LocalFile(uri, "names no file of this machine", e));
        }
        return push(file).map(event -> {
            digests.put(uri, event.digest());
            if (event instanceof Uploading uploading) {
                return new ProgressEvent.Layer(
                        "uploading " + file.getFileName(), uploading.digest(), uploading.total(), uploading.sent());
            }
            return new ProgressEvent.Status(
                    (event instanceof Stored ? "uploaded " : "already there: ") + file.getFileName());
        });
    }

    private static JsonObject withDigests(JsonObject request, Map<String, String> digests) {
        JsonObject result = request;
        for (String field : FILE_FIELDS) {
            if (request.get(field) instanceof JsonObject files) {
                for (Map.Entry<String, JsonValue> file : files.fields().entrySet()) {
                    if (isLocal(file.getValue())) {
                        String digest = digests.get(file.getValue().asString());
                        files = files.with(file.getKey(), digest);
                    }
                }
                result = result.with(field, files);
            }
        }
        return result;
    }
}
