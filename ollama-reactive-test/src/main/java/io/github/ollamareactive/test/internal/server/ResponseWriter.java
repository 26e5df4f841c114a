// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponseBody;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes a planned response to a channel: delay, head, pieces at their times, end. */
public final class ResponseWriter {

    private final ResponsePlan plan;
    private final ResponseChannel channel;
    private final boolean bodyless;
    private final ResponseClock clock;
    private final UnaryOperator<Duration> waits;
    private final AtomicBoolean sourceFailed = new AtomicBoolean();

    private ResponseWriter(ResponsePlan plan, ResponseChannel channel, String method) {
        this.plan = plan;
        this.channel = channel;
        this.bodyless = method.equals("HEAD") || plan.head().forbidsBody();
        this.clock = new ResponseClock(plan.pace().catchesUp(), LoopbackServer.TIMER);
        this.waits = plan.pace().start();
    }

    /**
     * Completes when everything but the end of a complete response is written. Reactor Netty writes that end then.
     *
     * @param method the method of the request that is answered
     */
    public static Mono<Void> write(ResponsePlan plan, ResponseChannel channel, String method) {
        return new ResponseWriter(plan, channel, method).write();
    }

    private Mono<Void> write() {
        Mono<Void> delay = clock.after(plan.delay());
        if (plan.end().kind().unanswered()) {
            return delay.then(Mono.defer(this::end));
        }
        return delay.then(clock.after(plan.pace().beforeHeadOrEnd(plan.head().gap())))
                .then(Mono.defer(
                        () -> channel.head(plan.head().dated(), plan.body().framing(), announcedLength(), bodyless)))
                .then(bodyless ? Mono.empty() : body())
                .then(clock.after(plan.pace().beforeHeadOrEnd(plan.end().gap())))
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
        Mono<Void> turn = clock.after(waits.apply(piece.gap())).then(clock.pause(piece.pause()));
        return piece.isPause()
                ? turn
                : turn.then(channel.write(piece, plan.body().framing() == BodyFraming.CHUNKED));
    }

    /** One byte more than is written when the response must not look complete. */
    private long announcedLength() {
        long length = plan.body() instanceof ResponseBody.Known known ? known.size() : 0;
        return plan.end().kind().completes() ? length : length + 1;
    }

    private Mono<Void> end() {
        if (sourceFailed.get()) {
            return channel.close();
        }
        return switch (plan.end().kind()) {
            case COMPLETE -> Mono.empty();
            case COMPLETE_AND_CLOSED -> Mono.fromRunnable(channel::closeAfterResponse);
            case SILENCE, UNANSWERED_SILENCE -> Mono.never();
            case RESET, UNANSWERED_RESET -> channel.reset();
            case CLOSE, UNANSWERED -> channel.close();
        };
    }
}
