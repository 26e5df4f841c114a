// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** An HTTP server on loopback that may be stopped and started again on the same port, and knows its connections. */
final class LoopbackServer {

    static final LoopResources LOOPS = LoopResources.create("ollama-test-server", 2, true);

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Small, so that a client that does not read is felt soon. */
    private static final int SEND_BUFFER = 32 * 1024;

    private final HttpServer http;
    private final Connections connections = new Connections();
    private final int port;
    private DisposableServer listener;

    LoopbackServer(int port, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
        http = HttpServer.create()
                .host(HOST)
                .runOn(LOOPS)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .doOnChannelInit((observer, channel, remote) -> accepted(channel))
                .handle(handler);
        listener = http.port(port).bindNow(PATIENCE);
        this.port = listener.port();
    }

    private void accepted(Channel channel) {
        connections.add(channel);
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, ExchangeHandler.NAME, new ExchangeHandler());
    }

    static Channel channelOf(HttpServerResponse response) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        response.withConnection(connection -> channel.set(connection.channel()));
        return requireNonNull(channel.get(), "channel");
    }

    int port() {
        return port;
    }

    String baseUrl() {
        return "http://" + HOST + ":" + port;
    }

    Connections connections() {
        return connections;
    }

    /** Connections that are there stay; new ones are refused. */
    synchronized void refuse() {
        listener.dispose();
        if (mayWait()) {
            listener.disposeNow(PATIENCE);
        }
    }

    /** Refuses, and closes the connections that are there. */
    synchronized void kill() {
        listener.dispose();
        var gone = connections.close();
        if (mayWait()) {
            listener.disposeNow(PATIENCE);
            gone.awaitUninterruptibly(PATIENCE.toMillis());
        }
    }

    synchronized void listen() {
        if (listener.isDisposed()) {
            connections.reopen();
            listener = http.port(port).bindNow(PATIENCE);
        }
    }

    /** On an event loop there is no waiting: it would wait for itself. */
    static boolean mayWait() {
        return !Schedulers.isInNonBlockingThread();
    }
}
