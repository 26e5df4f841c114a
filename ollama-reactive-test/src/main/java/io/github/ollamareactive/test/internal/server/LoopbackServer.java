// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** An HTTP server on 127.0.0.1 that can be stopped and restarted on the same port. */
public final class LoopbackServer {

    /** The event loops of all servers and proxies of the JVM. */
    public static final LoopResources LOOPS = LoopResources.create("ollama-test-server", 2, true);

    /** Runs on the event loops, so that virtual time does not replace it. */
    public static final Scheduler TIMER = Schedulers.fromExecutorService(LOOPS.onServer(true));

    /** The host unless another one is asked for. */
    public static final String HOST = "127.0.0.1";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Small, so that a client that does not read is noticed after few bytes. */
    private static final int SEND_BUFFER = 32 * 1024;

    private final HttpServer http;
    private final Connections connections = new Connections();
    private final String host;
    private final int port;
    private DisposableServer listener;
    private boolean closed;

    /**
     * Starts to listen.
     *
     * @param host the address or name to listen on
     * @param port the port, 0 for a free one
     * @param handler answers the requests
     */
    public LoopbackServer(
            String host, int port, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
        this.host = host;
        http = HttpServer.create()
                .host(host)
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

    public int port() {
        return port;
    }

    public String baseUrl() {
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    public Connections connections() {
        return connections;
    }

    /** Refuses new connections; open ones stay. */
    public synchronized void refuse() {
        listener.dispose();
        if (mayBlock()) {
            listener.disposeNow(PATIENCE);
        }
    }

    /** Refuses new connections and closes those that are open. */
    public synchronized void kill() {
        listener.dispose();
        var closed = connections.close();
        if (mayBlock()) {
            listener.disposeNow(PATIENCE);
            closed.awaitUninterruptibly(PATIENCE.toMillis());
        }
    }

    /** As {@link #kill()}, and for ever. */
    public synchronized void close() {
        closed = true;
        kill();
    }

    /**
     * Listens again on the same port. Does nothing while the server listens.
     *
     * @throws IllegalStateException when the server is closed
     */
    public synchronized void listen() {
        if (closed) {
            throw new IllegalStateException("the test server at " + baseUrl() + " is closed");
        }
        if (listener.isDisposed()) {
            connections.reopen();
            listener = http.port(port).bindNow(PATIENCE);
        }
    }

    /** Whether the calling thread may wait for the server. An event loop may not: it could be waiting for itself. */
    public static boolean mayBlock() {
        return !Schedulers.isInNonBlockingThread();
    }
}
