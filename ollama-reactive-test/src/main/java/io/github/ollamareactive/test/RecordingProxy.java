// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A proxy in front of a real server that records what goes through it: a file for each exchange, as
 * {@link Recording#readAll} reads them.
 *
 * <pre>{@code
 * try (var proxy = RecordingProxy.start("http://127.0.0.1:11434", Path.of("src/test/resources/recordings"))) {
 *     // point the application at proxy.baseUrl(), once
 * }
 * }</pre>
 *
 * <p>Nothing is held back: a chunk goes on when its last byte is here, as a chunk of its own, before the next is asked for.
 * So a client that does not read blocks the real server as it would without the proxy, and one that goes away is gone for
 * the server too. Request bodies stream through as well; of one over 64 KiB only the length is recorded.
 *
 * <p>Headers that carry credentials are passed on and not recorded: all whose names speak of authorization, cookies, tokens,
 * keys, passwords, sessions or signatures. Bodies are recorded as they are.
 *
 * <p>A server that cannot be reached is status 502, and leaves no recording.
 */
public final class RecordingProxy implements AutoCloseable {

    private static final String COMPLETE = "complete";
    private static final int MOST_HEADERS = 64 * 1024;

    private final RecordingFolder folder;
    private final HttpClient upstream;
    private final LoopbackServer loopback;
    private volatile boolean closing;

    private RecordingProxy(int port, String upstream, Path folder) {
        this.folder = new RecordingFolder(folder);
        this.upstream = clientOf(upstream.endsWith("/") ? upstream.substring(0, upstream.length() - 1) : upstream);
        this.loopback = new LoopbackServer(port, this::handle);
    }

    /** A chunk comes whole or not yet: its borders are what is recorded. Nothing else can tell the decoder so. */
    @SuppressWarnings("deprecation")
    private static HttpClient clientOf(String upstream) {
        return HttpClient.newConnection()
                .runOn(LoopbackServer.LOOPS)
                .baseUrl(upstream)
                .disableRetry(true)
                .httpResponseDecoder(decoder -> decoder.maxChunkSize(Integer.MAX_VALUE)
                        .allowPartialChunks(false)
                        .maxHeaderSize(MOST_HEADERS));
    }

    /**
     * Starts a proxy on a free port of 127.0.0.1.
     *
     * @param upstream the real server's base URL, such as {@code http://127.0.0.1:11434}
     * @param folder where recordings are written; made where it is not there. Those in it stay
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
     * @param folder where recordings are written; made where it is not there. Those in it stay
     * @return the proxy
     */
    public static RecordingProxy start(int port, String upstream, Path folder) {
        return new RecordingProxy(port, requireNonNull(upstream, "upstream"), requireNonNull(folder, "folder"));
    }

    /**
     * The port.
     *
     * @return the port the proxy listens on
     */
    public int port() {
        return loopback.port();
    }

    /**
     * What a client is pointed at.
     *
     * @return {@code http://127.0.0.1:PORT}
     */
    public String baseUrl() {
        return loopback.baseUrl();
    }

    /**
     * What has been recorded.
     *
     * <p><b>Emits</b> each recording when its file has been written, those of the past and those to come; completes when the
     * proxy is closed. <b>Threads</b>: the proxy's writer.
     *
     * @return the recordings, in order of their ends
     */
    public Flux<Recording> recordings() {
        return folder.written();
    }

    /**
     * Stops at once: gives the port back and closes every connection. What is going on is recorded as cut. Waits until all is
     * written. Idempotent.
     *
     * @throws java.io.UncheckedIOException when a recording could not be written
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        loopback.kill();
        folder.close(LoopbackServer.mayWait());
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Map<String, List<String>> headers = Headers.of(request.requestHeaders().entries());
        String method = request.method().name();
        ReceivedRequest received = new ReceivedRequest(method, request.uri(), headers, Bytes.EMPTY);
        ResponseChannel wire =
                new ResponseChannel(response, LoopbackServer.channelOf(response), new Exchange(received));
        ExchangeRecorder tape = new ExchangeRecorder(folder.nextName(request.uri()), method, request.uri(), headers);
        return Mono.using(
                folder::begins,
                place -> pass(request, received, new Passage(tape, wire, method.equals("HEAD"))),
                RecordingFolder.Place::ends);
    }

    private Mono<Void> pass(HttpServerRequest request, ReceivedRequest received, Passage to) {
        AtomicBoolean begun = new AtomicBoolean();
        HttpClient.RequestSender sender = upstream.headers(all -> pass(received.headers(), all))
                .request(HttpMethod.valueOf(received.method()))
                .uri(received.path());
        return bodyOf(request, received.headers(), sender, to.tape())
                .response((answer, body) -> {
                    begun.set(true);
                    return pass(answer, body, to);
                })
                .then()
                .onErrorResume(failure ->
                        begun.get() || to.wire().isBroken() ? Mono.empty() : unreachable(to.wire(), received, failure));
    }

    private static HttpClient.ResponseReceiver<?> bodyOf(
            HttpServerRequest request,
            Map<String, List<String>> headers,
            HttpClient.RequestSender sender,
            ExchangeRecorder tape) {
        String length = Headers.first(headers, BodyFraming.CONTENT_LENGTH);
        boolean bodyless =
                Headers.first(headers, BodyFraming.TRANSFER_ENCODING) == null && (length == null || length.equals("0"));
        return bodyless
                ? sender
                : sender.send(request.receive().retain().doOnNext(bytes -> tape.sent(ByteBufUtil.getBytes(bytes))));
    }

    private static void pass(Map<String, List<String>> headers, HttpHeaders to) {
        headers.forEach((name, values) -> {
            if (!HeaderFilters.isHopByHop(name)) {
                to.set(name, values);
            }
        });
    }

    private record Passage(ExchangeRecorder tape, ResponseChannel wire, boolean head) {}

    private Publisher<Void> pass(HttpClientResponse answer, ByteBufFlux body, Passage to) {
        ResponseHead head = headOf(answer);
        to.tape().answered(head.status(), answer.status().reasonPhrase(), head.headers());
        BodyFraming framing = BodyFraming.of(head.headers());
        return to.wire()
                .head(head, framing, 0, to.head() || head.forbidsBody())
                .thenMany(body.map(bytes -> Bytes.of(ByteBufUtil.getBytes(bytes)))
                        .doOnNext(to.tape()::came)
                        .concatMap(chunk -> to.wire().write(BodyPiece.of(chunk), framing == BodyFraming.CHUNKED), 0))
                .then()
                .doOnSuccess(done -> end(to, COMPLETE))
                .doOnCancel(() -> end(to, closing ? "cut: the proxy was closed" : "cut: the client went away"))
                .onErrorResume(failure -> {
                    end(to, "cut: " + failure.getClass().getSimpleName());
                    return to.wire().close();
                });
    }

    private static ResponseHead headOf(HttpClientResponse answer) {
        Map<String, List<String>> headers = Headers.of(answer.responseHeaders().entries());
        for (String name : List.copyOf(headers.keySet())) {
            headers = HeaderFilters.isHopByHop(name) ? Headers.without(headers, name) : headers;
        }
        return new ResponseHead(answer.status().code(), answer.status().reasonPhrase(), headers, Duration.ZERO);
    }

    private void end(Passage passage, String how) {
        Recording recording = passage.tape().end(how);
        if (recording != null) {
            folder.add(recording);
        }
    }

    private static Mono<Void> unreachable(ResponseChannel wire, ReceivedRequest request, Throwable failure) {
        Answer words = Errors.badGateway("the recorded server does not answer: " + failure.getMessage());
        return new ResponseWriter(words.planFor(request), wire, request).write();
    }
}
