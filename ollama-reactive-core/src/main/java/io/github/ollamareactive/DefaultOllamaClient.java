// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.protocol.Arguments.notNegative;
import static io.github.ollamareactive.protocol.Arguments.required;
import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.HEAD;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.internal.http.Blobs;
import io.github.ollamareactive.internal.http.HttpExchange;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.readers.CloudReaders;
import io.github.ollamareactive.internal.readers.DecisionReader;
import io.github.ollamareactive.internal.readers.EmbedReader;
import io.github.ollamareactive.internal.readers.EventReaders;
import io.github.ollamareactive.internal.readers.GenerationReader;
import io.github.ollamareactive.internal.readers.ModelReaders;
import io.github.ollamareactive.protocol.Excerpts;
import io.github.ollamareactive.protocol.JsonCodec;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.server.WebEvent;
import io.github.ollamareactive.server.WebSearchRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The endpoint table: for each endpoint, the HTTP method, the path, the request, and the reader of the answer. */
// A row an endpoint, and the two rules of paths that endpoints share.
final class DefaultOllamaClient implements OllamaClient {
    private final OllamaClientConfig config;
    private final ConnectionProvider connectionPool;
    private final HttpClient http;
    private final AtomicBoolean closed;
    private final boolean derived;
    private final HttpExchange exchange;

    /** For pulls, pushes and creations that report progress; the other for those that don't. */
    private final HttpExchange patientExchange;

    private final HttpExchange silentExchange;
    private final Blobs blobs;

    private DefaultOllamaClient(
            OllamaClientConfig config,
            ConnectionProvider connectionPool,
            HttpClient http,
            AtomicBoolean closed,
            boolean derived) {
        this.config = config;
        this.connectionPool = connectionPool;
        this.http = http;
        this.closed = closed;
        this.derived = derived;
        this.exchange = new HttpExchange(http, config.settings(), closed::get);
        this.patientExchange = new HttpExchange(http, config.patientSettings(true), closed::get);
        this.silentExchange = new HttpExchange(http, config.patientSettings(false), closed::get);
        this.blobs = new Blobs(exchange);
    }

    static DefaultOllamaClient create(OllamaClientConfig config) {
        JsonCodec.instance(); // A jar that lacks it fails here, not in the middle of an answer.
        ConfigValues values = requireNonNull(config, "config").values();
        ConnectionProvider connectionPool = HttpClients.connectionPool(values);
        HttpClient http = HttpClients.create(values, connectionPool);
        return new DefaultOllamaClient(config, connectionPool, http, new AtomicBoolean(), false);
    }

    @Override
    public OllamaClient with(UnaryOperator<OllamaClientConfig> change) {
        OllamaClientConfig changed =
                requireNonNull(requireNonNull(change, "change").apply(config), "change: it returned null");
        HttpClient same = HttpClients.isSame(config.values(), changed.values())
                ? http
                : HttpClients.create(changed.values(), connectionPool);
        return new DefaultOllamaClient(changed, connectionPool, same, closed, true);
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
        return exchange.lines(POST, "/api/generate", request.fields(), GenerationReader::load);
    }

    @Override
    public Flux<GenerationEvent> unload(String model) {
        return load(LoadRequest.of(model).keepAlive(KeepAlive.UNLOAD));
    }

    @Override
    public Flux<EmbeddingEvent> embed(EmbedRequest request) {
        JsonObject fields = request.fields();
        return exchange.elements(POST, "/api/embed", fields, "embeddings", () -> new EmbedReader(fields));
    }

    @Override
    @Deprecated
    public Flux<EmbeddingEvent> embeddings(EmbeddingsRequest request) {
        JsonObject fields = request.fields();
        return exchange.document(POST, "/api/embeddings", fields, () -> EventReaders.embedding(fields));
    }

    @Override
    public Flux<ProgressEvent> pull(PullRequest request) {
        return transfer("/api/pull", request.fields(), EventReaders::transfer);
    }

    @Override
    public Flux<ProgressEvent> push(PushRequest request) {
        return transfer("/api/push", request.fields(), EventReaders::transfer);
    }

    @Override
    public Flux<ProgressEvent> create(CreateRequest request) {
        return blobs.create(request, fields -> transfer("/api/create", fields, EventReaders::creation));
    }

    /** A call during which the server may be silent for hours. */
    private Flux<ProgressEvent> transfer(
            String path, JsonObject fields, Supplier<? extends EventReader<ProgressEvent>> reader) {
        boolean silent = fields.get("stream") instanceof JsonBoolean stream && !stream.value();
        return (silent ? silentExchange : patientExchange).lines(POST, path, fields, reader);
    }

    @Override
    public Flux<ModelEvent.Installed> models() {
        return exchange.elements(GET, "/api/tags", null, "models", ModelReaders::installed);
    }

    @Override
    public Flux<ModelEvent.Running> running() {
        return exchange.elements(GET, "/api/ps", null, "models", ModelReaders::running);
    }

    @Override
    public Flux<ModelEvent.Shown> show(ShowRequest request) {
        return exchange.document(POST, "/api/show", request.fields(), ModelReaders::shown);
    }

    @Override
    public Flux<ModelEvent.Copied> copy(String source, String destination) {
        return exchange.done(
                POST,
                "/api/copy",
                fields("source", source).with("destination", required("destination", destination)),
                new ModelEvent.Copied(source, destination));
    }

    @Override
    public Flux<ModelEvent.Deleted> delete(String model) {
        return exchange.done(DELETE, "/api/delete", fields("model", model), new ModelEvent.Deleted(model));
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
        notNegative("length", length);
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
        return exchange.elements(POST, webPath("web_search"), request.fields(), "results", EventReaders::webResult);
    }

    @Override
    public Flux<WebEvent.Page> webFetch(String url) {
        return exchange.document(POST, webPath("web_fetch"), fields("url", url), EventReaders::webPage);
    }

    @Override
    public Flux<ServerEvent> recommendations() {
        return exchange.elements(
                GET, "/api/experimental/model-recommendations", null, "recommendations", EventReaders::recommendations);
    }

    @Override
    public Flux<DecisionEvent> decide(DecisionRequest request) {
        return exchange.document(
                POST, "/v1/systemone", request.checked(), () -> DecisionReader.of(request.questions()));
    }

    @Override
    public Flux<UsageEvent> usage(UsageRequest request) {
        QueryStringEncoder path = new QueryStringEncoder("/api/usage");
        request.fields()
                .fields()
                .forEach((name, value) ->
                        path.addParam(name, value instanceof JsonString text ? text.value() : value.toString()));
        return exchange.document(GET, path.toString(), null, CloudReaders::usage);
    }

    @Override
    public Flux<ServerEvent.Balance> balance() {
        return exchange.document(GET, "/api/balance", null, CloudReaders::balance);
    }

    /** The path of an endpoint that the cloud serves, and that other servers forward to it under another path. */
    private String webPath(String name) {
        if (!config.values().baseUrl.isCloud()) {
            return "/api/experimental/" + name;
        } else if (!config.values().hasCredentials()) {
            throw new IllegalStateException(name + " at " + config.baseUrl()
                    + " needs a key: set OLLAMA_API_KEY, or apiKey in the configuration");
        }
        return "/api/" + name;
    }

    private static JsonObject fields(String name, String value) {
        return JsonObject.EMPTY.with(name, required(name, value));
    }

    /** Rejects what is not safe in a path. The server checks whether it is a digest. */
    private static String digest(String digest) {
        if (!required("digest", digest).matches("[0-9A-Za-z:_-]+")) {
            throw new IllegalArgumentException(
                    "digest: '" + Excerpts.printable(digest) + "' is not sha256: and 64 hex digits");
        }
        return digest;
    }

    @Override
    public void close() {
        if (!derived && closed.compareAndSet(false, true)) {
            connectionPool.dispose();
        }
    }
}
