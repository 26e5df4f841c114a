// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An HTTP service that streams tokens: a page at {@code /}, server-sent events at {@code /events?prompt=}, NDJSON at
 * {@code /ndjson?prompt=}. A slow reader slows the model down by backpressure; a reader that disconnects stops it.
 */
public final class TokenService {
    /** Small, so that backpressure takes effect soon: tokens in socket buffers may never be read. */
    static final int SOCKET_BUFFER_BYTES = 16 * 1024;

    private static final Duration SNAPSHOT_INTERVAL = Duration.ofMillis(500);

    private final OllamaClient ollama;
    private final String model;
    private final byte[] page = readPage();

    TokenService(OllamaClient ollama, String model) {
        this.ollama = ollama;
        this.model = model;
    }

    public static void main(String[] args) {
        run(OllamaClientConfig.fromEnvironment(), System.out, 8080);
    }

    static void run(OllamaClientConfig config, PrintStream out, int port) {
        try (OllamaClient ollama = OllamaClient.create(withSmallBuffer(config))) {
            DisposableServer server = new TokenService(ollama, "gemma3:270m").start(port);
            try {
                out.println("http://127.0.0.1:" + server.port());
                server.onDispose().block();
            } finally {
                server.disposeNow();
            }
        }
    }

    static OllamaClientConfig withSmallBuffer(OllamaClientConfig config) {
        return config.httpClient(http -> http.option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES));
    }

    DisposableServer start(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .route(routes -> routes.get("/", this::sendPage)
                        .get(
                                "/events",
                                (request, response) -> stream(
                                        request, response, "text/event-stream", json -> "data: " + json + "\n\n"))
                        .get(
                                "/ndjson",
                                (request, response) ->
                                        stream(request, response, "application/x-ndjson", json -> json + "\n")))
                .bindNow();
    }

    private Publisher<Void> stream(
            HttpServerRequest request, HttpServerResponse response, String contentType, UnaryOperator<String> framing) {
        List<String> prompts =
                new QueryStringDecoder(request.uri()).parameters().get("prompt");
        if (prompts == null || prompts.get(0).isBlank()) {
            return response.status(400).sendString(Mono.just("missing query parameter: prompt\n"));
        }
        Flux<String> frames = ollama.generate(GenerateRequest.of(model, prompts.get(0)))
                .transform(Stats.live(SNAPSHOT_INTERVAL))
                .mapNotNull(TokenJson::of)
                .onErrorResume(failure -> Mono.just(TokenJson.ofFailure(failure)))
                .map(JsonObject::toString)
                .map(framing);
        // One write at a time, the next one after the socket has accepted it: send() with a Flux would request 128 at
        // once.
        return response.header(HttpHeaderNames.CONTENT_TYPE, contentType)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .sendHeaders()
                .then(frames.concatMap(text -> response.sendObject(content(response, text)), 0));
    }

    private static HttpContent content(HttpServerResponse response, String text) {
        return new DefaultHttpContent(ByteBufUtil.writeUtf8(response.alloc(), text));
    }

    private Publisher<Void> sendPage(HttpServerRequest request, HttpServerResponse response) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .sendByteArray(Mono.just(page));
    }

    private static byte[] readPage() {
        try (InputStream in = requireNonNull(TokenService.class.getResourceAsStream("tokens.html"), "tokens.html")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
