// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static io.github.ollamareactive.internal.http.HeaderFields.checkedName;
import static io.github.ollamareactive.internal.http.HeaderFields.checkedValue;

import io.github.ollamareactive.internal.http.PhaseTimeout.Limits;
import io.github.ollamareactive.internal.http.PhaseTimeout.PhaseTimeoutException;
import io.github.ollamareactive.internal.ndjson.DocumentFrames;
import io.github.ollamareactive.internal.ndjson.ElementFrames;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.Frames;
import io.github.ollamareactive.internal.ndjson.LineFrames;
import io.github.ollamareactive.internal.ndjson.NdjsonDecoder;
import io.github.ollamareactive.internal.readers.StatusReader;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Timeout.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.timeout.TimeoutException;
import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.transport.ProxyProvider;

/**
 * The one place of HTTP: sends a request, checks the status, and hands the body on.
 *
 * <p>The order from the socket to the subscriber: response, phase timeouts, error mapping, decoder. None of them holds or
 * asks for more than the decoder wants.
 *
 * <p>In one file, in spite of its length: the forms of call, and the one way that all of them go, are read together.
 */
public final class HttpExchange {
    private static final Duration ERROR_BODY_TIME = Duration.ofSeconds(5);
    private static final List<AsciiString> BODY_HEADERS = List.of(
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.CONTENT_ENCODING,
            HttpHeaderNames.TRANSFER_ENCODING);

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final HttpClient http;
    private final HttpSettings settings;
    private final BooleanSupplier closed;

    /**
     * Makes the exchange of one client.
     *
     * @param http the HTTP client, set up
     * @param settings what all calls share
     * @param closed whether the client was closed
     */
    public HttpExchange(HttpClient http, HttpSettings settings, BooleanSupplier closed) {
        this.closed = closed;
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
            HttpMethod method, String path, JsonObject request, Supplier<? extends EventReader<T>> reader) {
        boolean single = request.get("stream") instanceof JsonBoolean b && !b.value();
        return json(method, path, request, () -> new LineFrames(settings.maxLineBytes(), !single), reader);
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
            HttpMethod method, String path, @Nullable JsonObject request, Supplier<? extends EventReader<T>> reader) {
        return json(method, path, request, this::document, reader);
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
            @Nullable JsonObject request,
            String list,
            Supplier<? extends EventReader<T>> reader) {
        return json(method, path, request, () -> new ElementFrames(list, settings.maxLineBytes()), reader);
    }

    /**
     * A call whose answer is its status.
     *
     * @param method the HTTP method
     * @param path the path behind the base URL
     * @param request the JSON body; null for none
     * @param event what a success means
     * @param <T> the event
     * @return the cold stream of that event
     */
    public <T> Flux<T> done(HttpMethod method, String path, @Nullable JsonObject request, T event) {
        return json(method, path, request, this::document, () -> StatusReader.success(event));
    }

    /** The frames of an answer that is one document, or none. */
    Frames document() {
        return new DocumentFrames(settings.maxLineBytes());
    }

    private <T> Flux<T> json(
            HttpMethod method,
            String path,
            @Nullable JsonObject request,
            Supplier<? extends Frames> frames,
            Supplier<? extends EventReader<T>> reader) {
        return Flux.defer(() -> {
            Content content = request == null ? null : Content.json(request);
            return call(method, path, content, request, frames, reader);
        });
    }

    public <T> Flux<T> call(
            HttpMethod method,
            String path,
            @Nullable Content content,
            Supplier<? extends Frames> frames,
            Supplier<? extends EventReader<T>> reader) {
        return call(method, path, content, null, frames, reader);
    }

    private <T> Flux<T> call(
            HttpMethod method,
            String path,
            @Nullable Content content,
            @Nullable JsonObject request,
            Supplier<? extends Frames> frames,
            Supplier<? extends EventReader<T>> readers) {
        boolean namesModel = request != null
                && request.get("model") instanceof JsonString model
                && !model.value().isBlank();
        ErrorMapper errors = new ErrorMapper(
                settings.baseUrl(),
                method + " " + settings.baseUrl() + path,
                namesModel,
                settings.connectTimeout(),
                this::proxy);
        return Flux.defer(() -> {
            EventReader<T> reader = readers.get();
            Attempt attempt = new Attempt();
            PhaseTimeout.Sending sending = new PhaseTimeout.Sending();
            Mono<Map<String, String>> headers = closed.getAsBoolean()
                    ? Mono.error(errors.closed(null))
                    : settings.headerSource().defaultIfEmpty(Map.of());
            Flux<ByteBuf> body =
                    headers.flatMapMany(more -> send(method, path, content, more, errors, attempt, reader, sending));
            Limits limits = new Limits(settings.firstEventTimeout(), settings.idleTimeout(), settings.totalTimeout());
            Flux<ByteBuf> guarded = new PhaseTimeout<>(body, limits, sending).onErrorMap(t -> {
                Supplier<? extends OllamaException> refusal = attempt.refusal;
                return t instanceof PhaseTimeoutException && refusal != null ? refusal.get() : errors.failure(t);
            });
            return settings.hooks()
                    .watch(
                            endpoint(method, path),
                            new NdjsonDecoder<>(guarded, frames, () -> reader, settings.errorExcerptBytes()));
        });
    }

    private static String endpoint(HttpMethod method, String path) {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }

    private @Nullable String proxy() {
        ProxyProvider proxy = http.configuration().proxyProvider();
        Supplier<ProxyProvider> source = http.configuration().proxyProviderSupplier();
        if (proxy == null && source != null) {
            proxy = source.get();
        }
        return proxy != null && proxy.getSocketAddress().get() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : null;
    }

    private Flux<ByteBuf> send(
            HttpMethod method,
            String path,
            @Nullable Content content,
            Map<String, String> more,
            ErrorMapper errors,
            Attempt attempt,
            EventReader<?> reader,
            PhaseTimeout.Sending sending) {
        Publisher<ByteBuf> bytes =
                content == null ? Mono.empty() : content.bytes().get();
        if (bytes instanceof Flux<ByteBuf> pieces) {
            bytes = pieces.doOnNext(piece -> sending.piece());
        }
        HttpClient client =
                settings.followRedirects() ? Redirects.follow(http, settings, content, more.keySet()) : http;
        Flux<ByteBuf> exchange = client.headers(headers -> headers(headers, content, more))
                .doOnRequest((request, connection) -> attempt.connected(connection.channel()))
                .request(method)
                .uri(settings.target() + path)
                .send(bytes)
                .response((head, body) -> {
                    settings.hooks().head(endpoint(method, path), head);
                    int status = head.status().code();
                    if (status >= 200 && reader.accepts(status)) {
                        attempt.answered = true;
                        return reader instanceof StatusReader ? body : readable(head, body, errors);
                    }
                    return status < 200
                            ? Flux.error(errors.switched(head.status()))
                            : refusal(head, body, errors, attempt);
                })
                .onErrorMap(TimeoutException.class, e -> hookTimeout(attempt, e));
        Flux<ByteBuf> response = Flux.defer(() -> {
            attempt.reset();
            return closed.getAsBoolean() ? Flux.error(errors.closed(null)) : exchange;
        });
        return content == null || content.repeatable()
                ? response.retryWhen(settings.retries().of(method, path, attempt, errors))
                : response;
    }

    /** A time limit that the hook set in the HTTP client. */
    private PhaseTimeoutException hookTimeout(Attempt attempt, TimeoutException e) {
        Duration limit = http.configuration().responseTimeout();
        return new PhaseTimeoutException(
                attempt.answered ? Phase.IDLE : Phase.FIRST_EVENT, limit == null ? attempt.readLimit : limit, e);
    }

    private static Flux<ByteBuf> readable(HttpClientResponse head, ByteBufFlux body, ErrorMapper errors) {
        String encoding = ErrorMapper.encoding(head.responseHeaders());
        return encoding == null
                ? body
                : body.doOnNext(bytes -> {
                    throw errors.encoded(encoding);
                });
    }

    private void headers(HttpHeaders headers, @Nullable Content content, Map<String, String> more) {
        settings.headers().forEach(headers::set);
        more.forEach((name, value) -> headers.set(checkedName(name), checkedValue("the header " + name, value)));
        // A wrong length would leave the server waiting, or take the rest for another request.
        BODY_HEADERS.forEach(headers::remove);
        if (!headers.contains(HttpHeaderNames.ACCEPT)) {
            headers.set(HttpHeaderNames.ACCEPT, content == null ? JSON : NDJSON + ", " + JSON);
        }
        if (content != null) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, content.type());
            headers.set(HttpHeaderNames.CONTENT_LENGTH, content.length());
        }
    }

    /** Reads up to the limit, for a few seconds; a body that is cut short is still what the server said. */
    private Flux<ByteBuf> refusal(HttpClientResponse head, ByteBufFlux content, ErrorMapper errors, Attempt attempt) {
        int limit = settings.maxErrorBodyBytes();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Supplier<OllamaException> refusal = () -> errors.status(head, read.toByteArray());
        attempt.refusal = refusal;
        return content.takeUntil(buffer -> {
                    byte[] bytes = new byte[Math.min(buffer.readableBytes(), limit - read.size())];
                    buffer.getBytes(buffer.readerIndex(), bytes);
                    read.writeBytes(bytes);
                    return read.size() == limit;
                })
                .take(ERROR_BODY_TIME)
                .onErrorResume(e -> Flux.empty())
                .thenMany(Flux.defer(() -> Flux.error(refusal.get())));
    }
}
