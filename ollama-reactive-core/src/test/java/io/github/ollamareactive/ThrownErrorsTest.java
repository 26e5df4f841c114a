// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Budget;
import io.github.ollamareactive.operators.Conversation;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * B1 and B2: whatever is thrown behind the client or one of its operators ends the stream with that very error and stops the
 * server, also what Reactor takes for fatal and throws through all operators.
 */
final class ThrownErrorsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ChatRequest REQUEST = ChatRequest.of("m", Message.user("hi"));
    private static final String LINE = "{\"model\":\"m\",\"created_at\":\"2026-11-23T08:37:21.983735218Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\"The sky is blue. \\n\\n\"},\"done\":false}";

    private static final Map<String, Supplier<Throwable>> ERRORS = Map.of(
            "a linkage error", () -> new NoClassDefFoundError("thrown by the test"),
            "an overflowing stack", () -> new StackOverflowError("thrown by the test"),
            "no memory", () -> new OutOfMemoryError("thrown by the test"),
            "a failed assertion", () -> new AssertionError("thrown by the test"),
            "a runtime exception", () -> new IllegalStateException("thrown by the test"));

    private static Map<String, Function<Flux<GenerationEvent>, Flux<?>>> operators() {
        Map<String, Function<Flux<GenerationEvent>, Flux<?>>> operators = new LinkedHashMap<>();
        operators.put("chat alone", events -> events);
        operators.put("text", Tokens::text);
        operators.put("words", events -> events.transform(Tokens.words()));
        operators.put("lines", events -> events.transform(Tokens.lines()));
        operators.put("sentences", events -> events.transform(Tokens.sentences()));
        operators.put("paragraphs", events -> events.transform(Tokens.paragraphs()));
        operators.put("chunks", events -> events.transform(Tokens.chunks(5)));
        operators.put("chunks in time", events -> events.transform(Tokens.chunks(5, Duration.ofMinutes(1))));
        operators.put("pace", events -> events.transform(Tokens.pace(1e6)));
        operators.put("until a budget", events -> events.transform(Tokens.until(Budget.UNLIMITED.tokens(1 << 30))));
        operators.put("until an event", events -> events.transform(Tokens.until(event -> false)));
        operators.put("shared", events -> events.transform(Tokens.shared(1 << 20, Duration.ZERO)));
        operators.put("onEnd", events -> events.transform(Stats.onEnd(summary -> {})));
        operators.put("live", events -> events.transform(Stats.live(Duration.ofMinutes(1))));
        operators.put(
                "reply", events -> events.transform(Conversation.of(REQUEST).reply(next -> {})));
        operators.put(
                "one over another",
                events -> events.transform(Tokens.pace(1e6))
                        .transform(Tokens.until(Budget.UNLIMITED.tokens(1 << 30)))
                        .transform(Tokens.sentences()));
        return operators;
    }

    /** Throws in one way behind an operator. */
    private interface Thrower {
        /** @return the error that the end of the stream came with */
        Mono<Throwable> subscribe(Flux<?> events, Throwable thrown);
    }

    private static final Map<String, Thrower> THROWERS = Map.of(
            "map", (events, thrown) -> errorOf(events.map(event -> sneakilyThrow(thrown))),
            "doOnNext", (events, thrown) -> errorOf(events.doOnNext(event -> sneakilyThrow(thrown))),
            "a subscriber",
                    (events, thrown) -> Mono.fromFuture(() -> {
                        ThrowingSubscriber subscriber = new ThrowingSubscriber(thrown);
                        events.subscribe(subscriber);
                        return subscriber.error;
                    }));

    private static Mono<Throwable> errorOf(Flux<?> events) {
        return events.then(Mono.<Throwable>empty()).onErrorResume(Mono::just);
    }

    @TestFactory
    Stream<DynamicTest> b1WhatIsThrownOnAnEventEndsTheStreamAndTheServersWork() {
        OllamaTestServer server = OllamaTestServer.start();
        OllamaClient client = OllamaClient.create(server.baseUrl());
        server.answer("POST", "/api/chat", Answer.ndjson(LINE, LINE, LINE).thenSilence());
        return operators().entrySet().stream()
                .flatMap(operator -> THROWERS.entrySet().stream()
                        .flatMap(thrower -> ERRORS.entrySet().stream()
                                .map(error -> DynamicTest.dynamicTest(
                                        error.getKey() + " of " + thrower.getKey() + " behind " + operator.getKey(),
                                        () -> check(
                                                server,
                                                client,
                                                operator.getValue(),
                                                thrower.getValue(),
                                                error.getValue().get())))))
                .onClose(() -> {
                    client.close();
                    server.close();
                });
    }

    private static void check(
            OllamaTestServer server,
            OllamaClient client,
            Function<Flux<GenerationEvent>, Flux<?>> operator,
            Thrower thrower,
            Throwable thrown) {
        int exchange = server.requests().size();
        StepVerifier.create(thrower.subscribe(operator.apply(client.chat(REQUEST)), thrown))
                .assertNext(e -> assertThat(e).isSameAs(thrown))
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(server.exchange(exchange).flatMap(Exchange::clientGone))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    /** Of our own subscribers; what is thrown behind one of Reactor's that has completed, Reactor drops. */
    @TestFactory
    Stream<DynamicTest> b1WhatIsThrownOnTheEndEndsTheStream() {
        Map<String, Function<Flux<GenerationEvent>, Flux<?>>> operators = operators();
        operators.keySet().removeAll(List.of("text", "until an event", "onEnd", "reply"));
        return operators.entrySet().stream()
                .map(operator -> DynamicTest.dynamicTest(operator.getKey(), () -> {
                    try (OllamaTestServer server = OllamaTestServer.start();
                            OllamaClient client = OllamaClient.create(server.baseUrl())) {
                        server.answer("POST", "/api/chat", Answer.ndjson(LINE, LINE.replace("false", "true")));
                        Throwable thrown = new NoClassDefFoundError("thrown by the test");
                        Flux<?> events = operator.getValue().apply(client.chat(REQUEST));
                        StepVerifier.create(errorOf(events.doOnComplete(() -> sneakilyThrow(thrown))))
                                .assertNext(e -> assertThat(e).isSameAs(thrown))
                                .expectComplete()
                                .verify(SOON);
                    }
                }));
    }

    /** The others go on. */
    @Test
    void b1AThrowingSubscriberOfASharedGenerationGetsItsErrorAlone() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.ndjson(LINE, LINE, LINE.replace("false", "true")));
            Flux<GenerationEvent> shared = client.chat(REQUEST).as(Tokens::shared);
            Throwable thrown = new NoClassDefFoundError("thrown by the test");
            Mono<Throwable> thrower = THROWERS.get("a subscriber").subscribe(shared, thrown);
            StepVerifier.create(Mono.zip(thrower, shared.count(), errorOf(shared.map(e -> sneakilyThrow(thrown)))))
                    .assertNext(all -> {
                        assertThat(all.getT1()).isSameAs(thrown);
                        assertThat(all.getT2()).isEqualTo(4);
                        assertThat(all.getT3()).isSameAs(thrown);
                    })
                    .expectComplete()
                    .verify(SOON);
        }
    }

    /** A good line is not called a bad one because its subscriber failed. */
    @Test
    void b2ASubscribersExceptionIsNotTheServers() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer("POST", "/api/chat", Answer.ndjson(LINE, LINE.replace("false", "true")));
            ThrowingSubscriber subscriber = new ThrowingSubscriber(new IllegalStateException("mine"));
            client.chat(REQUEST).subscribe(subscriber);
            StepVerifier.create(Mono.fromFuture(subscriber.error))
                    .assertNext(e -> assertThat(e)
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessage("mine"))
                    .expectComplete()
                    .verify(SOON);
        }
    }

    /** Breaks rule 2.13 on its first event, as real code does. */
    private static final class ThrowingSubscriber implements CoreSubscriber<Object> {
        private final CompletableFuture<Throwable> error = new CompletableFuture<>();
        private final Throwable thrown;

        ThrowingSubscriber(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void onSubscribe(Subscription s) {
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object event) {
            sneakilyThrow(thrown);
        }

        @Override
        public void onError(Throwable e) {
            error.complete(e);
        }

        @Override
        public void onComplete() {
            error.completeExceptionally(new AssertionError("completed"));
        }
    }

    @SuppressWarnings("unchecked") // the compiler alone knows of checked exceptions
    private static <E extends Throwable, T> T sneakilyThrow(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
