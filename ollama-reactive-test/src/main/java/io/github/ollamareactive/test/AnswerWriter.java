// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plays an answer onto a wire: wait, head, pieces in their time, end. */
final class AnswerWriter {

    private final Plan plan;
    private final Wire wire;
    private final boolean bodyless;
    private final Timing timing;
    private final AtomicBoolean sourceFailed = new AtomicBoolean();

    AnswerWriter(Plan plan, Wire wire, ReceivedRequest request) {
        this.plan = plan;
        this.wire = wire;
        this.bodyless = request.method().equals("HEAD") || plan.head().forbidsBody();
        this.timing = new Timing(plan.pace());
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

    private Mono<Void> piece(Piece piece) {
        Mono<Void> turn = timing.after(plan.pace().beforePiece(piece.gap())).then(timing.pause(piece.pause()));
        return piece.isPause()
                ? turn
                : turn.then(wire.write(piece, plan.content().framing() == Framing.CHUNKED));
    }

    private long promisedLength() {
        long length = plan.content() instanceof Content.Known known ? known.size() : 0;
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
