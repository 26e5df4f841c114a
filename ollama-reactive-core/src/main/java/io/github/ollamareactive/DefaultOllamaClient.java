// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.HEAD;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.internal.EventReaders;
import io.github.ollamareactive.internal.GenerationReader;
import io.github.ollamareactive.internal.HttpExchange;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ServerEvent;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The endpoint table: each method says verb, path, request and reader. */
final class DefaultOllamaClient implements OllamaClient {
    private final OllamaClientConfig config;
    private final ConnectionProvider connections;
    private final boolean derived;
    private final HttpExchange exchange;

    private DefaultOllamaClient(OllamaClientConfig config, ConnectionProvider connections, boolean derived) {
        this.config = config;
        this.connections = connections;
        this.derived = derived;
        this.exchange = new HttpExchange(httpClient(config, connections), config.settings());
    }

    static DefaultOllamaClient create(OllamaClientConfig config) {
        requireNonNull(config, "config");
        // Waiting for a connection counts as waiting for the first event: one limit, not a second one underneath.
        ConnectionProvider connections = ConnectionProvider.builder("ollama-reactive")
                .maxConnections(config.maxConnections())
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofMillis(Integer.MAX_VALUE))
                .maxIdleTime(Duration.ofSeconds(60))
                .build();
        return new DefaultOllamaClient(config, connections, false);
    }

    private static HttpClient httpClient(OllamaClientConfig config, ConnectionProvider connections) {
        String version = DefaultOllamaClient.class.getPackage().getImplementationVersion();
        HttpClient http = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.connectTimeout().toMillis()))
                // A read yields one message of the HTTP decoder at most, so a paused subscriber leaves less behind it.
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2048, 8192))
                .headers(headers -> headers.set(
                        "User-Agent",
                        "ollama-reactive/" + (version == null ? "dev" : version) + " (Java "
                                + Runtime.version().feature() + ")"));
        return config.httpClient().apply(http);
    }

    @Override
    public OllamaClient with(UnaryOperator<OllamaClientConfig> change) {
        return new DefaultOllamaClient(change.apply(config), connections, true);
    }

    @Override
    public Flux<GenerationEvent> generate(GenerateRequest request) {
        return exchange.lines(POST, "/api/generate", request, GenerationReader::new);
    }

    @Override
    public Flux<GenerationEvent> chat(ChatRequest request) {
        return exchange.lines(POST, "/api/chat", request, GenerationReader::new);
    }

    @Override
    public Flux<GenerationEvent> load(LoadRequest request) {
        return exchange.lines(POST, "/api/generate", request, GenerationReader::new);
    }

    @Override
    public Flux<GenerationEvent> unload(String model) {
        return load(LoadRequest.of(model).keepAlive(KeepAlive.UNLOAD));
    }

    @Override
    public Flux<ProgressEvent> pull(PullRequest request) {
        return exchange.lines(POST, "/api/pull", request, EventReaders::transfer);
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
    public Flux<ServerEvent.Version> version() {
        return exchange.document(GET, "/api/version", null, EventReaders::version);
    }

    @Override
    public Flux<ServerEvent.Alive> alive() {
        return exchange.document(HEAD, "/", null, EventReaders::alive);
    }

    @Override
    public void close() {
        if (!derived) {
            connections.dispose();
        }
    }
}
