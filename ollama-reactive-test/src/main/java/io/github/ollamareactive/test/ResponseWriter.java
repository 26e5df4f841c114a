// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plays an answer onto a wire: wait, head, pieces in their time, end. */
final class ResponseWriter {

    private final ResponsePlan plan;
    private final ResponseChannel wire;
    private final boolean bodyless;
    private final ResponseClock timing;
    private final AtomicBoolean sourceFailed = new AtomicBoolean();

    ResponseWriter(ResponsePlan plan, ResponseChannel wire, ReceivedRequest request) {
        this.plan = plan;
        this.wire = wire;
        this.bodyless = request.method().equals("HEAD") || plan.head().forbidsBody();
        this.timing = new ResponseClock(plan.pace());
    }

    /** Completes when everything is written up to the end of a complete answer, which Reactor Netty writes then. */
    Mono<Void> write() {
        Mono<Void> delay = timing.after(plan.delay());
        if (plan.ending().kind().unanswered()) {
            return delay.then(Mono.defer(this::end));
        }
        return delay.then(timing.after(plan.pace().aroundPieces(plan.head().gap())))
                .then(Mono.defer(() -> wire.head(plan.head(), plan.content().framing(), promisedLength(), bodyless)))
                .then(bodyless ? Mono.empty() : body())
                .then(timing.after(plan.pace().aroundPieces(plan.ending().gap())))
                .then(Mono.defer(this::end));
    }

    private Mono<Void> body() {
        return plan.pieces()
                .doOnError(failure -> sourceFailed.set(true))
                .onErrorComplete()
                .concatMap(
                        group -> Flux.fromIterable(group)
                                .concatMap(this::piece, 0)
                                .then(),
                        0)
                .then();
    }

    private Mono<Void> piece(BodyPiece piece) {
        Mono<Void> turn = timing.after(plan.pace().beforePiece(piece.gap())).then(timing.pause(piece.pause()));
        return piece.isPause()
                ? turn
                : turn.then(wire.write(piece, plan.content().framing() == BodyFraming.CHUNKED));
    }

    private long promisedLength() {
        long length = plan.content() instanceof ResponseBody.Known known ? known.size() : 0;
        return plan.ending().kind().completes() ? length : length + 1;
    }

    private Mono<Void> end() {
        if (sourceFailed.get()) {
            return wire.close();
        }
        return switch (plan.ending().kind()) {
            case COMPLETE -> Mono.empty();
            case DROPPED -> Mono.fromRunnable(wire::dropWhenDone);
            case SILENCE, UNANSWERED_SILENCE -> Mono.never();
            case RESET, UNANSWERED_RESET -> wire.reset();
            case CLOSE, UNANSWERED -> wire.close();
        };
    }
}
