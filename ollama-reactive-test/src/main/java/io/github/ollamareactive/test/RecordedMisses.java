// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.response.ResponsePlan;
import io.github.ollamareactive.test.internal.server.RequestForwarder;
import io.github.ollamareactive.test.internal.server.ResponseChannel;
import io.github.ollamareactive.test.internal.server.ResponseWriter;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Sends requests that nothing else answers on to a proxy, and has its recordings of whole answers replayed. */
final class RecordedMisses {

    private final RequestForwarder forwarder;
    private final Disposable recordings;

    RecordedMisses(RecordingProxy proxy, Consumer<Recording> replay) {
        forwarder = new RequestForwarder(proxy.baseUrl());
        recordings = proxy.recordings().filter(Recording::complete).subscribe(replay);
    }

    /** Completes when the response has been passed back. */
    Mono<Void> forward(Exchange exchange, ResponseChannel channel) {
        ReceivedRequest request = exchange.request();
        if (request.bodyLength() > request.content().size()) {
            ResponsePlan refusal = Errors.of(
                            501, "a body of " + request.bodyLength() + " bytes is too long to be recorded")
                    .planFor(request);
            exchange.answered("a request that is too long to be sent on", refusal.head());
            return ResponseWriter.write(refusal, channel, request.method());
        }
        return forwarder
                .forward(
                        request.route(),
                        request.headers(),
                        Mono.fromSupplier(
                                () -> Unpooled.wrappedBuffer(request.content().array())),
                        channel,
                        head -> exchange.answered("the real server, recorded", head))
                .onErrorResume(failure -> channel.isClosed() ? Mono.empty() : channel.close());
    }

    /** Replays no more recordings. */
    void stop() {
        recordings.dispose();
    }
}
