// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.github.ollamareactive.test.internal.server.ExchangeOutcome;
import io.github.ollamareactive.test.internal.server.LoopbackServer;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request and the progress of its response.
 *
 * <p><b>Threads.</b> Signals are emitted on the server's event loop, or on the subscribing thread when the event has already
 * happened. Subscribers must not block.
 */
public final class Exchange {

    private final ReceivedRequest request;
    private final ExchangeOutcome outcome;
    private volatile String answeredBy = "";
    private volatile int status;

    Exchange(ReceivedRequest request, ExchangeOutcome outcome) {
        this.request = request;
        this.outcome = outcome;
    }

    /**
     * The request.
     *
     * @return the request as received
     */
    public ReceivedRequest request() {
        return request;
    }

    /**
     * What answered the request.
     *
     * @return {@code expectation …}, {@code script}, {@code recording NAME}, {@code fallback}, {@code the real server,
     *     recorded}, or {@code no answer …} with the nearest recording; empty until the answer has been chosen
     */
    public String answeredBy() {
        return answeredBy;
    }

    /**
     * The status of the response.
     *
     * @return the status code that was planned, which a fault may keep from being sent; 0 until the answer has been chosen
     */
    public int status() {
        return status;
    }

    void answered(String source, ResponseHead head) {
        status = head.status();
        answeredBy = source;
    }

    /**
     * The end of the response.
     *
     * @return completes when the operating system has accepted the whole response, including a scripted reset or close; fails
     *     with an {@link IOException} when the client disconnected before, or when the server was closed
     */
    public Mono<Void> finished() {
        return outcome.finished();
    }

    /**
     * A disconnect of the client.
     *
     * @return emits how many bytes of the body the socket had accepted when the client closed the connection before the end
     *     of the response; completes empty when the response ended, or when the server was closed
     */
    public Mono<Long> clientGone() {
        return outcome.clientGone();
    }

    /**
     * The progress of the response.
     *
     * @return the bytes of the body, without framing, that the server's socket has accepted so far. The number does not grow
     *     while the client does not read and the buffers in between are full
     */
    public long bytesAccepted() {
        return outcome.bytesAccepted();
    }

    /**
     * A stall of the response: the client does not read and the buffers in between are full, or nothing is being written.
     *
     * @param duration for how long the socket must not accept a byte; at least a few milliseconds
     * @return emits {@link #bytesAccepted()} when it has not changed for this long since the subscription; completes empty
     *     when the exchange ends before
     */
    public Mono<Long> stalledFor(Duration duration) {
        requireNonNull(duration, "duration");
        return Flux.interval(duration, LoopbackServer.TIMER)
                .map(tick -> bytesAccepted())
                .startWith(Mono.fromSupplier(this::bytesAccepted))
                .buffer(2, 1)
                .filter(pair -> pair.size() == 2 && pair.get(0).equals(pair.get(1)))
                .map(pair -> pair.get(1))
                .takeUntilOther(clientGone().then())
                .next();
    }

    @Override
    public String toString() {
        return request + ", " + bytesAccepted() + " body bytes of the response accepted";
    }
}
