// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A request and how its answer fares. Signals come on the server's event loop, or at once where the thing has happened;
 * what is subscribed must not block there.
 */
public final class Exchange {

    private final ReceivedRequest request;
    private final AtomicLong accepted = new AtomicLong();
    private final Sinks.Empty<Void> finished = Sinks.empty();
    private final Sinks.One<Long> gone = Sinks.one();

    Exchange(ReceivedRequest request) {
        this.request = request;
    }

    /**
     * The request.
     *
     * @return what was received
     */
    public ReceivedRequest request() {
        return request;
    }

    /**
     * The end of the answer.
     *
     * @return completes when the operating system has taken the whole answer, whatever end it was to have; fails with an
     *     {@link IOException} when the client went before, or when the server was closed
     */
    public Mono<Void> finished() {
        return finished.asMono();
    }

    /**
     * The end of the client.
     *
     * @return emits how many bytes of the body the socket had taken when the client closed the connection before the answer
     *     was complete; empty when the answer came to its end, or when the server was closed
     */
    public Mono<Long> clientGone() {
        return gone.asMono();
    }

    /**
     * How far the answer has come.
     *
     * @return the bytes of the body, without any framing, that the server's socket has taken until now. It stands still
     *     while the client does not read and the buffers between are full
     */
    public long bytesAccepted() {
        return accepted.get();
    }

    /**
     * That the answer stands still: the client does not read and the buffers between are full, or nothing is being written.
     *
     * @param still for how long the socket must not have taken a byte; not less than a few milliseconds
     * @return emits {@link #bytesAccepted()} when nothing has been taken for so long since it was subscribed to; empty when
     *     the exchange ends before
     */
    public Mono<Long> stalledFor(Duration still) {
        requireNonNull(still, "still");
        return Flux.interval(still)
                .map(tick -> bytesAccepted())
                .startWith(Mono.fromSupplier(this::bytesAccepted))
                .buffer(2, 1)
                .filter(two -> two.size() == 2 && two.get(0).equals(two.get(1)))
                .map(two -> two.get(1))
                .takeUntilOther(clientGone().then())
                .next();
    }

    void accepted(int bytes) {
        accepted.addAndGet(bytes);
    }

    // Each of these ends the exchange, and the first to come wins: a sink takes one signal.

    void toldAll() {
        finished.tryEmitEmpty();
        gone.tryEmitEmpty();
    }

    void clientWent() {
        long bytes = accepted.get();
        if (gone.tryEmitValue(bytes).isSuccess()) {
            finished.tryEmitError(new IOException("the client went away after " + bytes + " bytes of the body"));
        }
    }

    void serverClosed() {
        if (gone.tryEmitEmpty().isSuccess()) {
            finished.tryEmitError(new IOException("the test server was closed"));
        }
    }

    @Override
    public String toString() {
        return request.method() + " " + request.path() + ", " + accepted + " bytes of the answer taken";
    }
}
