// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.server.ArrivalLog;
import io.github.ollamareactive.test.internal.server.ExchangeOutcome;
import io.github.ollamareactive.test.internal.server.LoopbackServer;
import io.github.ollamareactive.test.internal.server.RequestBody;
import io.github.ollamareactive.test.internal.server.ResponseChannel;
import io.github.ollamareactive.test.internal.server.ResponseWriter;
import io.github.ollamareactive.test.internal.server.ServerClock;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An Ollama server on loopback for tests. It gives answers that the test scripts or that were recorded from a real server,
 * in the chunks, at the pace and with the faults that the test asks for. It speaks plain HTTP/1.1, so any client can be
 * tested with it.
 *
 * <pre>{@code
 * try (var ollama = OllamaTestServer.start()) {
 *     ollama.replay(Pace.atOnce(), Chunking.oneByte(), Recording.bundled("chat-demo"));
 *     // point a client at ollama.baseUrl()
 * }
 * }</pre>
 *
 * <p>The answer to a request is the first of: an {@linkplain #expect expectation} that matches, a scripted
 * {@linkplain #answer answer}, a {@linkplain #replay recording}, the {@linkplain #otherwise fallback}.
 *
 * <p><b>Threads.</b> No connection has a thread of its own: all servers of a JVM share a few daemon threads. All methods may
 * be called from any thread.
 */
// Longer than 300 lines because it is all that users ask of a server. AnswerLookup, RecordedMisses, ArrivalLog and
// LoopbackServer do it.
public final class OllamaTestServer implements AutoCloseable {

    private static final int KEPT_REQUESTS = 10_000;
    private static final long KEPT_BYTES = 64L * 1024 * 1024;

    private final AnswerLookup answers = new AnswerLookup();
    private final ArrivalLog<Exchange> exchanges = new ArrivalLog<>(
            KEPT_REQUESTS, KEPT_BYTES, exchange -> exchange.request().content().size());
    private final ServerClock clock = new ServerClock();
    private final LoopbackServer server;
    private volatile @Nullable RecordedMisses misses;

    private OllamaTestServer(String host, int port) {
        server = new LoopbackServer(host, port, this::handle);
    }

    /**
     * Starts a server on a free port of 127.0.0.1.
     *
     * @return the server
     */
    public static OllamaTestServer start() {
        return start(0);
    }

    /**
     * Starts a server on a port of 127.0.0.1. The port of a server that was closed just before can be used at once.
     *
     * @param port the port, 0 for a free one
     * @return the server
     */
    public static OllamaTestServer start(int port) {
        return start(LoopbackServer.HOST, port);
    }

    /**
     * Starts a server that other machines reach, when the host is not a loopback address.
     *
     * @param host the address or name to listen on, such as {@code 0.0.0.0}
     * @param port the port, 0 for a free one
     * @return the server
     */
    public static OllamaTestServer start(String host, int port) {
        return new OllamaTestServer(requireNonNull(host, "host"), port);
    }

    /**
     * The server's port.
     *
     * @return the port the server listens on
     */
    public int port() {
        return server.port();
    }

    /**
     * The base URL for clients.
     *
     * @return {@code http://HOST:PORT}; the host is {@code 127.0.0.1} unless the server was started with another one
     */
    public String baseUrl() {
        return server.baseUrl();
    }

    /**
     * Expects a request and answers it. Expectations take precedence over all other answers. When several match, the first
     * one declared that is not exhausted answers.
     *
     * @param expected the expected request
     * @param answers the answers, in order, the last one again and again; at least one
     * @return this server
     */
    public OllamaTestServer expect(Expected expected, Answer... answers) {
        this.answers.expect(requireNonNull(expected, "expected"), List.of(answers));
        return this;
    }

    /**
     * Fails when an {@linkplain #expect expectation} was not satisfied, when a request had no answer, or when a function of
     * the test failed ({@link Answer#to}, {@link Expected#that}, {@link #otherwise}), be it with an assertion, an exception or
     * an error: such a request gets status 500.
     *
     * @throws AssertionError whose message names each expectation with the differences of the closest request; its cause and
     *     its suppressed exceptions are the failures of the functions
     */
    public void verify() {
        answers.verify();
    }

    /**
     * Scripts answers to requests with a method and a path. Several answers, in one call or in several, are given in order,
     * the last one again and again.
     *
     * @param method the method, such as {@code POST}
     * @param path the path; without a query it matches every query
     * @param answers the answers, in order
     * @return this server
     */
    public OllamaTestServer answer(String method, String path, Answer... answers) {
        Route route = new Route(method, path);
        for (Answer answer : answers) {
            this.answers.add(route, requireNonNull(answer, "answer"));
        }
        return this;
    }

    /**
     * Replays recordings at once and in their own chunks; see {@link #replay(Pace, Chunking, Recording...)}.
     *
     * @param recordings the recordings
     * @return this server
     */
    public OllamaTestServer replay(Recording... recordings) {
        return replay(Pace.atOnce(), Chunking.asWritten(), recordings);
    }

    /**
     * Replays recordings. A recording answers a request with its method and path and with a body that means the same
     * to Ollama, whatever its length: the order of keys and the spelling of numbers do not matter; null, false, zero, an empty
     * text, list or object equal an absent field, except in {@code think}, {@code stream}, {@code truncate}, {@code shift} and
     * inside of {@code options} and schemas; {@code "stream":true} and {@code "truncate":true} are the defaults; {@code name}
     * is {@code model} and {@code m} is {@code m:latest}; {@code keep_alive} is a time. When no body matches, the rules of {@link #replayBy} are tried. Several recordings of the same request are given
     * in order, the last one again and again.
     *
     * @param pace when the pieces are written
     * @param chunking the sizes of the pieces
     * @param recordings the recordings, in order
     * @return this server
     */
    public OllamaTestServer replay(Pace pace, Chunking chunking, Recording... recordings) {
        return replay(answer -> answer.pace(pace).chunking(chunking), recordings);
    }

    /**
     * Replays recordings with any change, such as a {@link Fault}; see {@link #replay(Pace, Chunking, Recording...)}.
     *
     * @param change called now, once for each recording
     * @param recordings the recordings, in order
     * @return this server
     */
    public OllamaTestServer replay(UnaryOperator<Answer> change, Recording... recordings) {
        requireNonNull(change, "change");
        for (Recording recording : recordings) {
            answers.add(recording, Answer.of(recording).with(change));
        }
        return this;
    }

    /**
     * Declares which recordings answer requests whose body was not recorded. Without this they are not answered.
     *
     * @param rules the rules, tried in order; they replace those declared before
     * @return this server
     */
    public OllamaTestServer replayBy(ReplayRule... rules) {
        answers.replayBy(List.of(rules));
        return this;
    }

    /**
     * Sets the fallback, which answers all requests that nothing else answers. Without it they get status 501 with an error
     * that names the request and the available answers, and {@link #verify()} fails.
     *
     * @param answer called on the server's event loop: it must not block, so read recordings before
     * @return this server
     */
    public OllamaTestServer otherwise(Function<ReceivedRequest, Answer> answer) {
        answers.fallback(requireNonNull(answer, "answer"));
        return this;
    }

    /**
     * Records on a miss: a request that nothing else answers is sent on to a real server through a proxy, which records it, and the recording
     * answers the next one. Not with {@link #otherwise}, which answers all of them.
     *
     * <pre>{@code
     * try (var proxy = RecordingProxy.start("http://127.0.0.1:11434", folder);
     *         var ollama = OllamaTestServer.start().recordMisses(proxy)) {
     *     // point a client at ollama.baseUrl()
     * }
     * }</pre>
     *
     * <p>The answer comes in the chunks and at the pace of the real server. Its recordings are replayed at once, except those of
     * answers that were cut. When the real server cannot be reached, the client gets status 502.
     *
     * @param proxy the proxy in front of the real server, which stays yours to close, behind this server
     * @return this server
     */
    public OllamaTestServer recordMisses(RecordingProxy proxy) {
        misses(new RecordedMisses(requireNonNull(proxy, "proxy"), this::replay));
        return this;
    }

    private synchronized void misses(@Nullable RecordedMisses next) {
        RecordedMisses old = misses;
        misses = next;
        if (old != null) {
            old.stop();
        }
    }

    /**
     * Sets how many requests are kept, with their exchanges, for {@link #requests()} and {@link #exchanges()}: 10,000 with 64
     * MiB of bodies, unless this is called. The oldest are dropped, the newest never is. {@link #verify()} judges all requests,
     * dropped or not.
     *
     * @param number the number of requests, at least 1
     * @param bytes the length of all bodies together, at least 0
     * @return this server
     */
    public OllamaTestServer keepRequests(int number, long bytes) {
        if (number < 1 || bytes < 0) {
            throw new IllegalArgumentException(
                    "number must be positive and bytes not negative, but they are " + number + " and " + bytes);
        }
        exchanges.limit(number, bytes);
        return this;
    }

    /**
     * The number of requests that are not kept any more; see {@link #keepRequests}.
     *
     * @return the number since the start or the last {@link #reset()}
     */
    public long droppedRequests() {
        return exchanges.dropped();
    }

    /**
     * The requests so far, except those {@linkplain #droppedRequests() dropped}.
     *
     * @return the requests in order of arrival, answered or not
     */
    public List<ReceivedRequest> requests() {
        return exchanges.all().stream().map(Exchange::request).toList();
    }

    /**
     * All requests.
     *
     * <p><b>Emits</b> each request when it has been received with its body and before it is answered, first those received
     * before the subscription that are {@linkplain #keepRequests kept}; completes when the server is closed. <b>Threads</b>: the server's event loops; do not block.
     *
     * @return the requests in order of arrival
     */
    public Flux<ReceivedRequest> receivedRequests() {
        return exchanges().map(Exchange::request);
    }

    /**
     * All exchanges.
     *
     * <p><b>Emits</b> each exchange when its request has been received with its body and before it is answered, first those
     * before the subscription that are {@linkplain #keepRequests kept}; completes when the server is closed. <b>Threads</b>: the server's event loops; do not block.
     *
     * @return the exchanges in order of arrival
     */
    public Flux<Exchange> exchanges() {
        return exchanges.entries();
    }

    /**
     * One exchange.
     *
     * @param index its index in the order of arrival, from 0 at the start and after {@link #reset()}
     * @return emits the exchange when it arrives; fails with an {@link IndexOutOfBoundsException} when the server is closed
     *     before, or when the exchange was {@linkplain #droppedRequests() dropped}
     */
    public Mono<Exchange> exchange(int index) {
        return exchanges.entry(index);
    }

    /**
     * Forgets all requests, their failures, expectations, answers, recordings and rules, the fallback, and where
     * {@linkplain #recordMisses misses} were sent on to. Exchanges in progress go on; the port stays.
     *
     * @return this server
     */
    public OllamaTestServer reset() {
        misses(null);
        answers.reset();
        exchanges.clear();
        return this;
    }

    /**
     * The number of open connections.
     *
     * @return the TCP connections that are open
     */
    public int openConnections() {
        return server.connections().open();
    }

    /**
     * The number of connections so far.
     *
     * @return the TCP connections accepted since the start, open or closed
     */
    public int connectionsAccepted() {
        return server.connections().accepted();
    }

    /**
     * Refuses new connections; open ones stay. {@link #listen()} accepts connections again.
     *
     * @return this server
     */
    public OllamaTestServer refuse() {
        server.refuse();
        return this;
    }

    /**
     * Refuses new connections and closes the open ones, whatever is in progress. {@link #listen()} restarts the server.
     *
     * @return this server
     */
    public OllamaTestServer kill() {
        server.kill();
        return this;
    }

    /**
     * Listens again on the same port, after {@link #refuse()} or {@link #kill()}. Does nothing while the server listens.
     *
     * @return this server
     * @throws IllegalStateException when the server is {@linkplain #close() closed}
     */
    public OllamaTestServer listen() {
        server.listen();
        return this;
    }

    /** Stops the server for ever: frees the port and closes every connection, whatever is in progress. Idempotent. */
    @Override
    public void close() {
        server.close();
        misses(null);
        exchanges.close();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Instant receivedAt = clock.now();
        return RequestBody.of(request)
                .map(body -> received(request, body, receivedAt))
                .flatMap(received -> answer(received, response));
    }

    private static ReceivedRequest received(HttpServerRequest request, Bytes body, Instant receivedAt) {
        Route route = new Route(request.method().name(), request.uri());
        return new ReceivedRequest(route, Headers.of(request.requestHeaders().entries()), body, receivedAt);
    }

    private Mono<Void> answer(ReceivedRequest request, HttpServerResponse response) {
        ExchangeOutcome outcome = new ExchangeOutcome();
        ResponseChannel channel = new ResponseChannel(response, outcome);
        Exchange exchange = new Exchange(request, outcome);
        exchanges.add(exchange);
        RecordedMisses elsewhere = misses;
        AnswerLookup.@Nullable Found found = answers.find(request, elsewhere != null);
        if (found == null) {
            return requireNonNull(elsewhere).forward(exchange, channel);
        }
        exchange.answered(found.source(), found.plan().head());
        return ResponseWriter.write(found.plan(), channel, request.method())
                // The outcome reports a closed connection. Reactor Netty logs all other failures.
                .onErrorResume(failure -> channel.isClosed(), failure -> Mono.empty());
    }
}
