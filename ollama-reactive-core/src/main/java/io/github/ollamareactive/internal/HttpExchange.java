// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal;

import io.github.ollamareactive.internal.PhaseTimeout.Limits;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.RequestFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AttributeKey;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.retry.Retry;

/**
 * The one place of HTTP: sends a request, checks the status, and hands the body on.
 *
 * <p>The order from the socket to the subscriber: response, phase timeouts, error mapping, decoder. None of them holds or
 * asks for more than the decoder wants.
 */
public final class HttpExchange {
    /** Marks a connection that has served a call: only such a one can be stale. */
    private static final AttributeKey<Boolean> SERVED = AttributeKey.valueOf(HttpExchange.class, "SERVED");

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    /**
     * What all calls of a client share.
     *
     * @param baseUrl the server's base URL, without credentials or a slash at its end
     * @param target the same URL in the form that Reactor Netty takes
     * @param headers sent with every call
     * @param headerSource asked before every call for more headers, which win
     * @param connectTimeout the limit of connecting, which the HTTP client watches
     * @param firstEventTimeout the limit until the first bytes of an answer
     * @param idleTimeout the limit between later ones
     * @param totalTimeout the limit of a whole call; null for none
     * @param maxLineBytes the longest line, document or element of a list
     * @param maxErrorBodyBytes how much of an error's body is read
     * @param errorExcerptBytes how much of a malformed line an error shows
     */
    public record Settings(
            String baseUrl,
            String target,
            Map<String, String> headers,
            Mono<Map<String, String>> headerSource,
            Duration connectTimeout,
            Duration firstEventTimeout,
            Duration idleTimeout,
            @Nullable Duration totalTimeout,
            int maxLineBytes,
            int maxErrorBodyBytes,
            int errorExcerptBytes) {}

    private final HttpClient http;
    private final Settings settings;

    /**
     * Makes the exchange of one client.
     *
     * @param http the HTTP client, set up
     * @param settings what all calls share
     */
    public HttpExchange(HttpClient http, Settings settings) {
        this.http = http;
        this.settings = settings;
    }

    /**
     * A call that is answered by lines, or by a single document when the request says {@code stream:false}.
     *
     * @param method the HTTP method
     * @param path the path behind the base URL
     * @param request the JSON body
     * @param reader makes a reader for one answer
     * @param <T> the events
     * @return the cold stream of events
     */
    public <T> Flux<T> lines(
            HttpMethod method, String path, RequestFields<?> request, Supplier<? extends EventReader<T>> reader) {
        boolean single = request.fields().get("stream") instanceof JsonBoolean b && !b.value();
        return call(method, path, request.fields(), single ? this::document : this::lineFrames, reader);
    }

    /**
     * A call that is answered by a single document, or by no body at all.
     *
     * @param method the HTTP method
     * @param path the path behind the base URL
     * @param request the JSON body; null for none
     * @param reader makes a reader for one answer
     * @param <T> the events
     * @return the cold stream of events
     */
    public <T> Flux<T> document(
            HttpMethod method,
            String path,
            @Nullable RequestFields<?> request,
            Supplier<? extends EventReader<T>> reader) {
        return call(method, path, request == null ? null : request.fields(), this::document, reader);
    }

    /**
     * A call that is answered by a document with a list, whose elements are read as they arrive.
     *
     * @param method the HTTP method
     * @param path the path behind the base URL
     * @param request the JSON body; null for none
     * @param list the list's field
     * @param reader makes a reader for one answer
     * @param <T> the events
     * @return the cold stream of events
     */
    public <T> Flux<T> elements(
            HttpMethod method,
            String path,
            @Nullable RequestFields<?> request,
            String list,
            Supplier<? extends EventReader<T>> reader) {
        return call(
                method,
                path,
                request == null ? null : request.fields(),
                () -> new ElementFrames(list, settings.maxLineBytes()),
                reader);
    }

    private Frames lineFrames() {
        return new LineFrames(settings.maxLineBytes());
    }

    private Frames document() {
        return new DocumentFrames(settings.maxLineBytes());
    }

    private <T> Flux<T> call(
            HttpMethod method,
            String path,
            @Nullable JsonObject fields,
            Supplier<? extends Frames> frames,
            Supplier<? extends EventReader<T>> reader) {
        boolean namesModel = fields != null
                && fields.get("model") instanceof JsonString model
                && !model.value().isBlank();
        ErrorMapper errors = new ErrorMapper(
                settings.baseUrl(), method + " " + settings.baseUrl() + path, namesModel, settings.connectTimeout());
        Flux<ByteBuf> body = Flux.defer(() -> {
            byte[] bytes = fields == null ? null : Json.bytes(fields);
            return settings.headerSource()
                    .defaultIfEmpty(Map.of())
                    .flatMapMany(more -> send(method, settings.target() + path, bytes, more, errors));
        });
        Limits limits = new Limits(settings.firstEventTimeout(), settings.idleTimeout(), settings.totalTimeout());
        Flux<ByteBuf> guarded = new PhaseTimeout<>(body, limits).onErrorMap(errors::failure);
        return new NdjsonDecoder<>(guarded, frames, reader, settings.errorExcerptBytes());
    }

    private Flux<ByteBuf> send(
            HttpMethod method, String url, byte @Nullable [] body, Map<String, String> more, ErrorMapper errors) {
        Attempt attempt = new Attempt();
        Flux<ByteBuf> response = http.headers(headers -> headers(headers, body, more))
                .doOnRequest((request, connection) ->
                        attempt.stale = connection.channel().attr(SERVED).getAndSet(true) != null)
                .request(method)
                .uri(url)
                .send(body == null ? Mono.empty() : Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response((head, content) -> {
                    attempt.answered = true;
                    return body(head, content, errors);
                });
        // A connection from the pool may have died unnoticed; the call then never reached a server, and goes out once
        // more.
        return response.retryWhen(Retry.max(1)
                .filter(t -> attempt.stale && !attempt.answered && isGone(t, errors))
                .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    private static boolean isGone(Throwable t, ErrorMapper errors) {
        return errors.failure(t) instanceof OllamaException.Connection c
                && switch (c.problem()) {
                    case CUT, RESET -> true;
                    default -> false;
                };
    }

    private static final class Attempt {
        private volatile boolean stale;
        private volatile boolean answered;
    }

    private void headers(HttpHeaders headers, byte @Nullable [] body, Map<String, String> more) {
        settings.headers().forEach(headers::set);
        more.forEach(headers::set);
        if (!headers.contains(HttpHeaderNames.ACCEPT)) {
            headers.set(HttpHeaderNames.ACCEPT, body == null ? JSON : NDJSON + ", " + JSON);
        }
        if (body != null) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, JSON);
            headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
    }

    private Publisher<ByteBuf> body(HttpClientResponse head, ByteBufFlux content, ErrorMapper errors) {
        int status = head.status().code();
        if (status < 300) {
            return content;
        }
        String location = head.responseHeaders().get(HttpHeaderNames.LOCATION);
        return errorBody(content)
                .flatMap(raw -> Mono.error(errors.status(status, head.status().reasonPhrase(), location, raw)));
    }

    /** Reads up to the limit; a body that is cut short is still what the server said. */
    private Mono<byte[]> errorBody(ByteBufFlux content) {
        int limit = settings.maxErrorBodyBytes();
        return Mono.defer(() -> {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            return content.takeUntil(buffer -> {
                        byte[] bytes = new byte[Math.min(buffer.readableBytes(), limit - read.size())];
                        buffer.getBytes(buffer.readerIndex(), bytes);
                        read.writeBytes(bytes);
                        return read.size() == limit;
                    })
                    .onErrorResume(e -> Flux.empty())
                    .then(Mono.fromSupplier(read::toByteArray));
        });
    }
}
