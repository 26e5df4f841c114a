// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How far the response of one exchange has been written, and how the exchange ended. */
public final class ExchangeOutcome {

    private final AtomicLong accepted = new AtomicLong();
    private final Sinks.Empty<Void> finished = Sinks.empty();
    private final Sinks.One<Long> clientGone = Sinks.one();

    /** The number of body bytes that the socket has accepted. */
    public long bytesAccepted() {
        return accepted.get();
    }

    /** Completes after the whole response; fails with an {@link IOException} when the connection ended before. */
    public Mono<Void> finished() {
        return finished.asMono();
    }

    /** Emits {@link #bytesAccepted()} when the client closed the connection early; otherwise completes empty. */
    public Mono<Long> clientGone() {
        return clientGone.asMono();
    }

    void accepted(int bytes) {
        accepted.addAndGet(bytes);
    }

    // Each of the following ends the exchange. The first call wins: a sink accepts one signal.

    void responseWritten() {
        finished.tryEmitEmpty();
        clientGone.tryEmitEmpty();
    }

    void clientClosed() {
        long bytes = accepted.get();
        if (clientGone.tryEmitValue(bytes).isSuccess()) {
            finished.tryEmitError(new IOException("the client closed the connection after " + bytes + " body bytes"));
        }
    }

    void serverClosed() {
        if (clientGone.tryEmitEmpty().isSuccess()) {
            finished.tryEmitError(new IOException("the test server was closed"));
        }
    }
}
