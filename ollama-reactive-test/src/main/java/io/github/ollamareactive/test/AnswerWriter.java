// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plays an answer onto a wire: wait, head, pieces in their time, end. */
final class AnswerWriter {

    private final Answer answer;
    private final Wire wire;
    private final boolean bodyless;
    private final Timing timing;
    private final AtomicBoolean sourceFailed = new AtomicBoolean();

    AnswerWriter(Answer answer, Wire wire, ReceivedRequest request) {
        this.answer = answer;
        this.wire = wire;
        this.bodyless = request.method().equals("HEAD") || answer.head().forbidsBody();
        this.timing = new Timing(answer.pace());
    }

    /** Completes when everything is written up to the end of a complete answer, which Reactor Netty writes then. */
    Mono<Void> write() {
        Mono<Void> delay = timing.after(answer.delay());
        if (answer.ending().kind() == Ending.Kind.UNANSWERED) {
            return delay.then(wire.close());
        }
        return delay.then(timing.after(answer.pace().aroundPieces(answer.head().gap())))
                .then(Mono.defer(
                        () -> wire.head(answer.head(), answer.content().framing(), promisedLength(), bodyless)))
                .then(bodyless ? Mono.empty() : body())
                .then(timing.after(answer.pace().aroundPieces(answer.ending().gap())))
                .then(Mono.defer(this::end));
    }

    private Mono<Void> body() {
        return answer.pieces()
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
        return timing.after(answer.pace().beforePiece(piece.gap()))
                .then(wire.write(piece, answer.content().framing() == Framing.CHUNKED));
    }

    private long promisedLength() {
        long length = answer.content() instanceof Content.Known known ? known.size() : 0;
        return answer.ending().kind() == Ending.Kind.COMPLETE ? length : length + 1;
    }

    private Mono<Void> end() {
        if (sourceFailed.get()) {
            return wire.close();
        }
        return switch (answer.ending().kind()) {
            case COMPLETE -> Mono.empty();
            case SILENCE -> Mono.never();
            case RESET -> wire.reset();
            case CLOSE, UNANSWERED -> wire.close();
        };
    }
}
