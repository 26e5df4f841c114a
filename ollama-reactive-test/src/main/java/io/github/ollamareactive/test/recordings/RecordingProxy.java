// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.server.LoopbackServer;
import io.github.ollamareactive.test.internal.server.RequestForwarder;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A proxy in front of a real server that records each exchange to a file which {@link Recording#readAll} reads.
 *
 * <pre>{@code
 * try (var proxy = RecordingProxy.start("http://127.0.0.1:11434", Path.of("src/test/resources/recordings"))) {
 *     // point the application at proxy.baseUrl()
 * }
 * }</pre>
 *
 * <p>The proxy does not buffer: it forwards a chunk when its last byte has arrived, as a chunk of its own, before it asks
 * for the next one. Backpressure and disconnects of the client therefore reach the real server. Request bodies are streamed
 * too. Of a body over 128 MiB, and of a blob over 64 KiB, only the length is recorded.
 *
 * <p>Credentials are forwarded but not recorded, as far as {@link Redaction#standard()} recognises them. Everything else is
 * recorded as it was.
 *
 * <p>When the real server cannot be reached, the client gets status 502 and nothing is recorded.
 */
public final class RecordingProxy implements AutoCloseable {

    private final Redaction redaction;
    private final RecordingFolder folder;
    private final RequestForwarder upstream;
    private final LoopbackServer server;
    private volatile boolean closing;

    private RecordingProxy(String host, int port, String upstream, Path folder, Redaction redaction) {
        this.redaction = redaction;
        this.folder = new RecordingFolder(folder);
        this.upstream =
                new RequestForwarder(upstream.endsWith("/") ? upstream.substring(0, upstream.length() - 1) : upstream);
        this.server = new LoopbackServer(host, port, this::handle);
    }

    /**
     * Starts a proxy on a free port of 127.0.0.1.
     *
     * @param upstream the real server's base URL, such as {@code http://127.0.0.1:11434}
     * @param folder the directory to write recordings to; created when it does not exist. Existing recordings are kept
     * @return the proxy
     */
    public static RecordingProxy start(String upstream, Path folder) {
        return start(0, upstream, folder);
    }

    /**
     * Starts a proxy on a port of 127.0.0.1.
     *
     * @param port the port, 0 for a free one
     * @param upstream the real server's base URL, such as {@code http://127.0.0.1:11434}
     * @param folder the directory to write recordings to; created when it does not exist. Existing recordings are kept
     * @return the proxy
     */
    public static RecordingProxy start(int port, String upstream, Path folder) {
        return start(port, upstream, folder, Redaction.standard());
    }

    /**
     * Starts a proxy on a port of 127.0.0.1, which leaves out of recordings what you say.
     *
     * @param port the port, 0 for a free one
     * @param upstream the real server's base URL, such as {@code http://127.0.0.1:11434}
     * @param folder the directory to write recordings to; created when it does not exist. Existing recordings are kept
     * @param redaction what is not recorded
     * @return the proxy
     */
    public static RecordingProxy start(int port, String upstream, Path folder, Redaction redaction) {
        return start(LoopbackServer.HOST, port, upstream, folder, redaction);
    }

    /**
     * Starts a proxy that other machines reach, when the host is not a loopback address.
     *
     * @param host the address or name to listen on, such as {@code 0.0.0.0}
     * @param port the port, 0 for a free one
     * @param upstream the real server's base URL, such as {@code http://127.0.0.1:11434}
     * @param folder the directory to write recordings to; created when it does not exist. Existing recordings are kept
     * @param redaction what is not recorded
     * @return the proxy
     */
    public static RecordingProxy start(String host, int port, String upstream, Path folder, Redaction redaction) {
        return new RecordingProxy(
                requireNonNull(host, "host"),
                port,
                requireNonNull(upstream, "upstream"),
                requireNonNull(folder, "folder"),
                requireNonNull(redaction, "redaction"));
    }

    /**
     * The proxy's port.
     *
     * @return the port the proxy listens on
     */
    public int port() {
        return server.port();
    }

    /**
     * The base URL for clients.
     *
     * @return {@code http://HOST:PORT}; the host is {@code 127.0.0.1} unless the proxy was started with another one
     */
    public String baseUrl() {
        return server.baseUrl();
    }

    /**
     * The recordings made by this proxy.
     *
     * <p><b>Emits</b> each recording when its file has been written, first those written before the subscription; completes
     * when the proxy is closed. <b>Threads</b>: the proxy's writer thread.
     *
     * @return the recordings, in the order in which their exchanges ended
     */
    public Flux<Recording> recordings() {
        return folder.written();
    }

    /**
     * Stops the proxy: frees the port and closes every connection. Exchanges in progress are recorded as cut. Waits until
     * all recordings are written, unless called on an event loop. Idempotent.
     *
     * @throws java.io.UncheckedIOException when a recording could not be written
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        server.kill();
        folder.close(LoopbackServer.mayBlock());
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        String name = folder.nextName(request.uri());
        ProxiedExchange exchange = new ProxiedExchange(name, request, response, folder::add, () -> closing, redaction);
        return Mono.using(
                folder::register, registration -> exchange.forward(upstream), RecordingFolder.Registration::done);
    }
}
