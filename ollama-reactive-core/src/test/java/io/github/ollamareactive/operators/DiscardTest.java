// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static io.github.ollamareactive.operators.Events.thinking;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What waits somewhere when the subscriber goes is handed to {@code doOnDiscard}. */
final class DiscardTest {
    private final List<Object> discarded = new CopyOnWriteArrayList<>();

    private <T> Flux<T> watched(Flux<GenerationEvent> source, Function<Flux<GenerationEvent>, Flux<T>> operator) {
        return source.transform(operator).doOnDiscard(GenerationEvent.class, discarded::add);
    }

    /** A source that doesn't hear the cancel in time. */
    private static Flux<GenerationEvent> deaf(AtomicReference<Subscriber<? super GenerationEvent>> source) {
        return Flux.from(subscriber -> {
            source.set(subscriber);
            subscriber.onSubscribe(Operators.emptySubscription());
        });
    }

    @Test
    void b8EventsThatABudgetHoldsAreDiscardedOnCancel() {
        StepVerifier.create(watched(answer("ab", "cd"), Tokens.until(Budget.UNLIMITED.characters(3))), 2)
                .expectNext(token("a"), token("bc"))
                .thenCancel()
                .verify(SOON);
        assertThat(discarded).containsExactly(BudgetPolicy.ENOUGH);
    }

    @Test
    void b8EventsThatPaceHoldsAreDiscardedOnCancel() {
        VirtualTimeScheduler.getOrSet();
        try {
            TestPublisher<GenerationEvent> source = TestPublisher.create();
            StepVerifier.create(watched(source.flux(), Tokens.pace(1)))
                    .then(() -> source.next(token("a")))
                    .expectNext(token("a"))
                    .then(() -> source.next(token("b"), token("c")))
                    .thenCancel()
                    .verify(SOON);
            assertThat(discarded).containsExactly(token("b"), token("c"));
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void b8AnEventThatWaitsBehindASnapshotIsDiscardedOnCancel() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.withVirtualTime(() -> watched(source.flux(), Stats.live(Duration.ofMillis(10))), 0)
                .thenRequest(1)
                .thenAwait(Duration.ofMillis(10))
                .expectNextMatches(Observed.Snapshot.class::isInstance)
                .then(() -> source.next(token("a")))
                .thenCancel()
                .verify(SOON);
        assertThat(discarded).containsExactly(token("a"));
    }

    @Test
    void b8AnEventThatWaitsBehindTheTextOfAnotherKindIsDiscardedOnCancel() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.create(
                        watched(source.flux(), Tokens.words()).map(aggregate -> ((Aggregate.Segment) aggregate).text()),
                        0)
                .thenRequest(1)
                .then(() -> source.next(token("a b")))
                .expectNext("a ")
                .thenRequest(1)
                .then(() -> source.next(thinking("hm")))
                .expectNext("b")
                .thenCancel()
                .verify(SOON);
        assertThat(discarded).containsExactly(thinking("hm"));
    }

    @Test
    void b8AnEventThatComesBehindTheCancelIsDiscarded() {
        AtomicReference<Subscriber<? super GenerationEvent>> source = new AtomicReference<>();
        StepVerifier.create(watched(deaf(source), Tokens.until(Budget.UNLIMITED.tokens(9))))
                .then(() -> source.get().onNext(token("a")))
                .expectNext(token("a"))
                .thenCancel()
                .verify(SOON);
        source.get().onNext(token("late"));
        assertThat(discarded).containsExactly(token("late"));
    }

    @Test
    void b8WhatNobodyHadOfASharedGenerationIsDiscardedWhenTheLastOneHasGone() {
        AtomicReference<Subscriber<? super GenerationEvent>> source = new AtomicReference<>();
        StepVerifier.create(watched(deaf(source), Tokens.shared(1 << 20, Duration.ZERO)))
                .then(() -> source.get().onNext(token("a")))
                .expectNext(token("a"))
                .thenCancel()
                .verify(SOON);
        source.get().onNext(token("late"));
        assertThat(discarded).containsExactly(token("late"));
    }

    /** One line gives three events, of which one is asked for. */
    @Test
    void b8EventsOfALineThatWaitInTheDecoderAreDiscardedOnCancel() {
        String line = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"a\",\"thinking\":\"b\"},"
                + "\"done\":true,\"done_reason\":\"stop\"}";
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.ndjson(line));
            StepVerifier.create(watched(client.chat(ChatRequest.of("m", Message.user("hi"))), events -> events), 1)
                    .expectNext(Events.thinking("b"))
                    .thenCancel()
                    .verify(SOON);
            Eventually.until("both are discarded", () -> discarded.size() == 2);
            assertThat(discarded).startsWith(token("a"));
            assertThat(discarded.get(1)).isInstanceOf(DONE.getClass());
        }
    }
}
