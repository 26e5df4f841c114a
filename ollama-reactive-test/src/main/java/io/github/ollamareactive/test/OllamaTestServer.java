// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An Ollama on loopback for tests: it answers what the test scripts or what a real server answered, in the pieces, at the
 * pace and with the accidents that the test asks for. It speaks plain HTTP/1.1, so any client can be tested with it.
 *
 * <pre>{@code
 * try (var ollama = OllamaTestServer.start()) {
 *     ollama.replay(Pace.atOnce(), Chunking.oneByte(), Recording.bundled("chat-demo"));
 *     // point a client at ollama.baseUrl()
 * }
 * }</pre>
 *
 * <p>An answer is looked for among what is {@linkplain #expect expected}, then among the scripted ones, then among the
 * recordings, then {@link #otherwise} is asked.
 *
 * <p><b>Threads.</b> No connection has a thread: all servers of a JVM share a few daemon threads. A server may be scripted
 * and asked from any thread.
 */
public final class OllamaTestServer implements AutoCloseable {

    private final AnswerLookup script = new AnswerLookup();
    private final ExchangeLog arrivals = new ExchangeLog();
    private final LoopbackServer loopback;

    private OllamaTestServer(int port) {
        loopback = new LoopbackServer(port, this::handle);
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
     * Starts a server on a port of 127.0.0.1. A port that another server has just left can be had at once.
     *
     * @param port the port, 0 for a free one
     * @return the server
     */
    public static OllamaTestServer start(int port) {
        return new OllamaTestServer(port);
    }

    /**
     * The port.
     *
     * @return the port the server listens on
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
     * Expects a request and answers it. What is expected comes before all other answers; of several the first declared that
     * fits and is not used up.
     *
     * @param expected what the request is like
     * @param answers the answers, in order, the last one again and again; at least one
     * @return this server
     */
    public OllamaTestServer expect(Expected expected, Answer... answers) {
        script.expect(requireNonNull(expected, "expected"), List.of(answers));
        return this;
    }

    /**
     * Fails when an {@linkplain #expect expected} request did not come, or when one came that nothing answered.
     *
     * @throws AssertionError with what was expected, and what is different in the request that comes nearest
     */
    public void verify() {
        List<String> complaints = script.complaints(arrivals.requests());
        if (!complaints.isEmpty()) {
            throw new AssertionError("not all went as expected:\n  " + String.join("\n  ", complaints));
        }
    }

    /**
     * Answers requests of a method and a path. Several answers, be it in one call or in several, are given in turn, the last
     * one again and again.
     *
     * @param method the method, such as {@code POST}
     * @param path the path; without a query it stands for every query
     * @param answers the answers, in order
     * @return this server
     */
    public OllamaTestServer answer(String method, String path, Answer... answers) {
        Route asked = new Route(requireNonNull(method, "method"), requireNonNull(path, "path"));
        for (Answer answer : answers) {
            script.add(asked, requireNonNull(answer, "answer"));
        }
        return this;
    }

    /**
     * Replays recordings at once, with the chunk borders they have; see {@link #replay(Pace, Chunking, Recording...)}.
     *
     * @param recordings the recordings
     * @return this server
     */
    public OllamaTestServer replay(Recording... recordings) {
        return replay(Pace.atOnce(), Chunking.asWritten(), recordings);
    }

    /**
     * Replays recordings. A request is answered by the recording of its method and path whose request's body is the same
     * JSON: the order of keys and the spelling of numbers do not count, and {@code "stream":true}, null and an empty list are
     * the same as nothing. Where none is, the rules of {@link #replayBy} are asked. Several for the same request are given in
     * turn, the last one again and again.
     *
     * @param pace when the pieces are written
     * @param cuts where the body is cut
     * @param recordings the recordings, in order
     * @return this server
     */
    public OllamaTestServer replay(Pace pace, Chunking cuts, Recording... recordings) {
        for (Recording recording : recordings) {
            script.add(recording, Answer.of(recording).pace(pace).chunking(cuts));
        }
        return this;
    }

    /**
     * Declares which recordings answer requests that were not recorded. Without this none does: status 501.
     *
     * @param rules the rules, asked in order; in place of those before
     * @return this server
     */
    public OllamaTestServer replayBy(ReplayRule... rules) {
        script.replayBy(List.of(rules));
        return this;
    }

    /**
     * Answers everything that nothing else answers. Without it that is status 501, with an error that says what was asked and
     * what there is.
     *
     * @param answer called on the server's event loop: it must not block, so recordings are read before
     * @return this server
     */
    public OllamaTestServer otherwise(Function<ReceivedRequest, Answer> answer) {
        script.otherwise(requireNonNull(answer, "answer"));
        return this;
    }

    /**
     * All requests so far.
     *
     * @return the requests in order of arrival, answered or not
     */
    public List<ReceivedRequest> requests() {
        return arrivals.requests();
    }

    /**
     * All requests, those of the past and those to come.
     *
     * <p><b>Emits</b> each request when it has been received, body included, and before it is answered; completes when the
     * server is closed. <b>Threads</b>: the server's event loops; do not block there.
     *
     * @return the requests in order of arrival
     */
    public Flux<ReceivedRequest> receivedRequests() {
        return exchanges().map(Exchange::request);
    }

    /**
     * All exchanges, those of the past and those to come.
     *
     * <p><b>Emits</b> each exchange when its request, body included, has been received and before it is answered; completes
     * when the server is closed. <b>Threads</b>: the server's event loops; do not block there.
     *
     * @return the exchanges in order of arrival
     */
    public Flux<Exchange> exchanges() {
        return arrivals.exchanges();
    }

    /**
     * One exchange, when it arrives.
     *
     * @param index its place in the order of arrival, from 0
     * @return the exchange; fails with an {@link IndexOutOfBoundsException} when the server is closed before
     */
    public Mono<Exchange> exchange(int index) {
        return exchanges().elementAt(index);
    }

    /**
     * How many connections there are.
     *
     * @return the TCP connections open now
     */
    public int openConnections() {
        return loopback.connections().open();
    }

    /**
     * How many connections there were.
     *
     * @return the TCP connections accepted since the start, open or closed
     */
    public int connectionsAccepted() {
        return loopback.connections().accepted();
    }

    /**
     * Refuses new connections; those that are there stay. The port is kept in mind for {@link #listen()}.
     *
     * @return this server
     */
    public OllamaTestServer refuse() {
        loopback.refuse();
        return this;
    }

    /**
     * Dies: refuses new connections and closes those that are there, whatever is going on. {@link #listen()} is the restart.
     *
     * @return this server
     */
    public OllamaTestServer kill() {
        loopback.kill();
        return this;
    }

    /**
     * Listens again on the same port, after {@link #refuse()} or {@link #kill()}; else nothing.
     *
     * @return this server
     */
    public OllamaTestServer listen() {
        loopback.listen();
        return this;
    }

    /** Stops at once: gives the port back and closes every connection, whatever is going on. Idempotent. */
    @Override
    public void close() {
        loopback.kill();
        arrivals.close();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .collect(RequestBody::new, RequestBody::add)
                .map(body -> received(request, body.bytes()))
                .flatMap(received -> answer(received, response));
    }

    private static ReceivedRequest received(HttpServerRequest request, Bytes body) {
        Map<String, List<String>> headers = Headers.of(request.requestHeaders().entries());
        return new ReceivedRequest(request.method().name(), request.uri(), headers, body);
    }

    private Mono<Void> answer(ReceivedRequest request, HttpServerResponse response) {
        Exchange exchange = new Exchange(request);
        ResponseChannel wire = new ResponseChannel(response, LoopbackServer.channelOf(response), exchange);
        arrivals.add(exchange);
        return new ResponseWriter(script.planFor(request), wire, request)
                .write()
                // The exchange knows already; what else fails is for Reactor Netty to log.
                .onErrorResume(failure -> wire.isBroken(), failure -> Mono.empty());
    }
}
