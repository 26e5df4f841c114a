// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.HEAD;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.internal.http.Blobs;
import io.github.ollamareactive.internal.http.HttpExchange;
import io.github.ollamareactive.internal.readers.EmbedReader;
import io.github.ollamareactive.internal.readers.EventReaders;
import io.github.ollamareactive.internal.readers.GenerationReader;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebEvent;
import io.github.ollamareactive.server.WebSearchRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The endpoint table: each method says verb, path, request and reader. */
final class DefaultOllamaClient implements OllamaClient {
    /**
     * A read yields one message of the HTTP decoder at most, so a paused subscriber leaves less behind it. One object for all
     * clients: it is part of what Reactor Netty tells pools apart by.
     */
    private static final AdaptiveRecvByteBufAllocator RECEIVE = new AdaptiveRecvByteBufAllocator(512, 2048, 8192);

    private final OllamaClientConfig config;
    private final ConnectionProvider connections;
    private final AtomicBoolean closed;
    private final boolean derived;
    private final HttpExchange exchange;
    private final Blobs blobs;

    private DefaultOllamaClient(
            OllamaClientConfig config, ConnectionProvider connections, AtomicBoolean closed, boolean derived) {
        this.closed = closed;
        this.config = config;
        this.connections = connections;
        this.derived = derived;
        this.exchange = new HttpExchange(httpClient(config, connections), config.settings(), closed::get);
        this.blobs = new Blobs(exchange);
    }

    static DefaultOllamaClient create(OllamaClientConfig config) {
        requireNonNull(config, "config");
        // Waiting for a connection counts as waiting for the first event: one limit, not a second one underneath.
        ConnectionProvider connections = ConnectionProvider.builder("ollama-reactive")
                .maxConnections(config.maxConnections())
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofMillis(Integer.MAX_VALUE))
                .maxIdleTime(Duration.ofSeconds(60))
                .evictInBackground(Duration.ofSeconds(30))
                .build();
        return new DefaultOllamaClient(config, connections, new AtomicBoolean(), false);
    }

    private static HttpClient httpClient(OllamaClientConfig config, ConnectionProvider connections) {
        String version = DefaultOllamaClient.class.getPackage().getImplementationVersion();
        HttpClient http = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(
                        1, Math.min(Integer.MAX_VALUE, config.connectTimeout().toMillis())))
                .option(ChannelOption.RECVBUF_ALLOCATOR, RECEIVE)
                // Ours says when a call is sent again, and tells the hook.
                .disableRetry(true)
                .headers(headers -> headers.set(
                        "User-Agent",
                        "ollama-reactive/" + (version == null ? "dev" : version) + " (Java "
                                + Runtime.version().feature() + ")"));
        return config.httpClient().apply(http);
    }

    @Override
    public OllamaClient with(UnaryOperator<OllamaClientConfig> change) {
        return new DefaultOllamaClient(change.apply(config), connections, closed, true);
    }

    @Override
    public Flux<GenerationEvent> generate(GenerateRequest request) {
        return exchange.lines(POST, "/api/generate", request.fields(), GenerationReader::new);
    }

    @Override
    public Flux<GenerationEvent> chat(ChatRequest request) {
        return exchange.lines(POST, "/api/chat", request.fields(), GenerationReader::new);
    }

    @Override
    public Flux<GenerationEvent> load(LoadRequest request) {
        return exchange.lines(POST, "/api/generate", request.fields(), GenerationReader::new);
    }

    @Override
    public Flux<GenerationEvent> unload(String model) {
        return load(LoadRequest.of(model).keepAlive(KeepAlive.UNLOAD));
    }

    @Override
    public Flux<EmbeddingEvent> embed(EmbedRequest request) {
        return exchange.elements(POST, "/api/embed", request.fields(), "embeddings", EmbedReader::new);
    }

    @Override
    @Deprecated
    public Flux<EmbeddingEvent> embeddings(EmbeddingsRequest request) {
        return exchange.document(POST, "/api/embeddings", request.fields(), EventReaders::embedding);
    }

    @Override
    public Flux<ProgressEvent> pull(PullRequest request) {
        return exchange.lines(POST, "/api/pull", request.fields(), EventReaders::transfer);
    }

    @Override
    public Flux<ProgressEvent> push(PushRequest request) {
        return exchange.lines(POST, "/api/push", request.fields(), EventReaders::transfer);
    }

    @Override
    public Flux<ProgressEvent> create(CreateRequest request) {
        return blobs.create(
                request.fields(), fields -> exchange.lines(POST, "/api/create", fields, EventReaders::creation));
    }

    @Override
    public Flux<ModelEvent.Installed> models() {
        return exchange.elements(GET, "/api/tags", null, "models", EventReaders::installed);
    }

    @Override
    public Flux<ModelEvent.Running> running() {
        return exchange.elements(GET, "/api/ps", null, "models", EventReaders::running);
    }

    @Override
    public Flux<ModelEvent.Shown> show(ShowRequest request) {
        return exchange.document(POST, "/api/show", request.fields(), EventReaders::shown);
    }

    @Override
    public Flux<ModelEvent.Copied> copy(String source, String destination) {
        JsonObject fields = JsonObject.EMPTY
                .with("source", required("source", source))
                .with("destination", required("destination", destination));
        return exchange.done(POST, "/api/copy", fields, new ModelEvent.Copied(source, destination));
    }

    @Override
    public Flux<ModelEvent.Deleted> delete(String model) {
        JsonObject fields = JsonObject.EMPTY.with("model", required("model", model));
        return exchange.done(DELETE, "/api/delete", fields, new ModelEvent.Deleted(model));
    }

    @Override
    public Flux<BlobEvent> blobExists(String digest) {
        return blobs.look(digest(digest));
    }

    @Override
    public Flux<BlobEvent> pushBlob(Path file) {
        return blobs.push(requireNonNull(file, "file"));
    }

    @Override
    public Flux<BlobEvent> pushBlob(String digest, long length, Flux<ByteBuffer> content) {
        requireNonNull(content, "content");
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative: " + length);
        }
        return blobs.push(digest(digest), length, () -> content.map(Unpooled::wrappedBuffer), false);
    }

    @Override
    public Flux<ServerEvent.Version> version() {
        return exchange.document(GET, "/api/version", null, EventReaders::version);
    }

    @Override
    public Flux<ServerEvent.Alive> alive() {
        return exchange.done(HEAD, "/", null, new ServerEvent.Alive());
    }

    @Override
    public Flux<ServerEvent.CloudStatus> status() {
        return exchange.document(GET, "/api/status", null, EventReaders::cloudStatus);
    }

    @Override
    public Flux<ServerEvent.Account> me() {
        return exchange.document(POST, "/api/me", null, EventReaders::account);
    }

    @Override
    public Flux<ServerEvent.SignedOut> signOut() {
        return exchange.done(POST, "/api/signout", null, new ServerEvent.SignedOut());
    }

    @Override
    public Flux<WebEvent.Result> webSearch(WebSearchRequest request) {
        return exchange.elements(POST, web("web_search"), request.fields(), "results", EventReaders::webResult);
    }

    @Override
    public Flux<WebEvent.Page> webFetch(String url) {
        JsonObject fields = JsonObject.EMPTY.with("url", required("url", url));
        return exchange.document(POST, web("web_fetch"), fields, EventReaders::webPage);
    }

    @Override
    public Flux<ServerEvent.Recommendation> recommendations() {
        return exchange.elements(
                GET, "/api/experimental/model-recommendations", null, "recommendations", EventReaders::recommendation);
    }

    /** The cloud has these two at another path than a server that passes them on to it. */
    private String web(String name) {
        if (!config.isCloud()) {
            return "/api/experimental/" + name;
        } else if (!config.isAuthorized()) {
            throw new IllegalStateException(name + " at " + config.baseUrl()
                    + " needs a key: set OLLAMA_API_KEY, or apiKey in the configuration");
        }
        return "/api/" + name;
    }

    /** Whether it is a digest is for the server to say; here only what can't stand in a path is refused. */
    private static String digest(String digest) {
        if (!required("digest", digest).matches("[0-9A-Za-z:_-]+")) {
            throw new IllegalArgumentException("digest: '" + digest + "' is not sha256: and 64 hex digits");
        }
        return digest;
    }

    private static String required(String name, String value) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }

    @Override
    public void close() {
        if (!derived && closed.compareAndSet(false, true)) {
            connections.dispose();
        }
    }
}
