// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The operators of the main job: what they give, and what they ask for. */
final class TokensTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ToolCall CALL =
            new ToolCall("call_1", 0, "get_weather", JsonObject.EMPTY.with("city", "Paris"));

    private static Token token(String text) {
        return new Token(text, List.of());
    }

    private static Done done(String reason, GenerationStats stats) {
        return new Done("m", null, reason, null, stats, null, null, null, null);
    }

    private static final GenerationStats STATS = new GenerationStats(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            5L,
            null,
            Duration.ofMillis(500),
            30L,
            Duration.ofMillis(1500));

    private static Flux<GenerationEvent> answer() {
        return Flux.just(
                new Thinking("hm", List.of()),
                new Thinking("!", List.of()),
                token("Blue"),
                token(""),
                token(" sky"),
                new ToolCalled(CALL),
                done("stop", STATS));
    }

    @Test
    void textAndThinkingAreSeparate() {
        StepVerifier.create(answer().transform(Tokens::text))
                .expectNext("Blue", " sky")
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(answer().transform(Tokens::thinking))
                .expectNext("hm", "!")
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(answer().as(Tokens::join))
                .expectNext("Blue sky")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void textAsksForNoMoreThanItGives() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        List<Long> asked = new ArrayList<>();
        StepVerifier.create(source.flux().doOnRequest(asked::add).transform(Tokens::text), 0)
                .thenRequest(1)
                .then(() -> source.next(new Thinking("hm", List.of()), token("a")))
                .expectNext("a")
                .then(() -> assertThat(asked.stream().mapToLong(Long::longValue).sum())
                        .isBetween(1L, 2L))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void collectHoldsEverythingAndTheMessageForTheHistory() {
        StepVerifier.create(answer().as(Tokens::collect))
                .assertNext(completion -> {
                    assertThat(completion.text()).isEqualTo("Blue sky");
                    assertThat(completion.thinking()).isEqualTo("hm!");
                    assertThat(completion.toolCalls()).containsExactly(CALL);
                    assertThat(completion.summary().reason()).isEqualTo("stop");
                    assertThat(completion.summary().server()).isEqualTo(STATS);
                    assertThat(completion.summary().client().events()).isEqualTo(7);
                    assertThat(completion.summary().client().characters()).isEqualTo(11);
                    assertThat(completion.message())
                            .isEqualTo(Message.assistant("Blue sky")
                                    .thinking("hm!")
                                    .toolCalls(List.of(CALL)));
                })
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void ratesAreCountsOverTimeAndAbsentWithoutThem() {
        assertThat(STATS.tokensPerSecond()).hasValue(20.0);
        assertThat(STATS.promptTokensPerSecond()).hasValue(10.0);
        assertThat(GenerationStats.NONE.tokensPerSecond()).isEqualTo(OptionalDouble.empty());
        assertThat(new GenerationStats(null, null, null, null, null, 5L, null).tokensPerSecond())
                .isEmpty();
        assertThat(new GenerationStats(null, null, null, null, null, 5L, Duration.ZERO).tokensPerSecond())
                .isEmpty();
    }

    @Test
    void aFailedAnswerCarriesWhatHadArrived() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.replay(Recording.bundled("chat-runner-crashed")).replayBy(ReplayRule.anyBody());
            StepVerifier.create(client.chat(ChatRequest.of("gemma3:270m", Message.user("Tell me a long story.")))
                            .as(Tokens::collect))
                    .expectErrorSatisfies(e -> {
                        OllamaException.Stream error = (OllamaException.Stream) e;
                        assertThat(error.partial().text()).hasSizeGreaterThan(100);
                        assertThat(error.partial().events()).isEqualTo(50);
                        assertThat(error.partial().stats().events()).isEqualTo(50);
                    })
                    .verify(SOON);
        }
    }
}
