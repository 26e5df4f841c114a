// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** An error carries the start of a large answer, not all of it: whoever keeps errors would keep the answers. */
final class PartialTest {
    private static final int PIECE = 300_000;
    private static final int PIECES = 4;
    private static final int CALLS = Partial.MAX_TOOL_CALLS + 3;
    private static final int EVENTS = 2 * PIECES + CALLS;

    private static String text(char letter) {
        return String.valueOf(letter).repeat(PIECE);
    }

    private static ToolCall call(int index) {
        return new ToolCall(null, index, "f", JsonObject.EMPTY);
    }

    private static void holdsTheStart(Partial partial) {
        // Compared so that a failure doesn't print a million characters.
        assertThat(partial.text().length()).isEqualTo(Partial.MAX_CHARACTERS);
        assertThat(partial.text().chars()).allMatch(letter -> letter == 'x');
        assertThat(partial.thinking().length()).isEqualTo(Partial.MAX_CHARACTERS);
        assertThat(partial.thinking().chars()).allMatch(letter -> letter == 'h');
        assertThat(partial.toolCalls())
                .isEqualTo(IntStream.range(0, Partial.MAX_TOOL_CALLS)
                        .mapToObj(PartialTest::call)
                        .toList());
        assertThat(partial.events()).isEqualTo(EVENTS);
    }

    @Test
    void cutsWhatItIsGiven() {
        List<ToolCall> calls =
                IntStream.range(0, CALLS).mapToObj(PartialTest::call).toList();
        holdsTheStart(new Partial(text('x').repeat(PIECES), text('h').repeat(PIECES), calls, EVENTS, null));
        Partial small = new Partial("x", "h", calls.subList(0, 2), 4, null);
        assertThat(small.text()).isEqualTo("x");
        assertThat(small.thinking()).isEqualTo("h");
        assertThat(small.toolCalls()).containsExactly(call(0), call(1));
    }

    @Test
    void anAnswerThatBreaksOff() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            lines.add("{\"message\":{\"thinking\":\"" + text('h') + "\"}}");
            lines.add("{\"message\":{\"content\":\"" + text('x') + "\"}}");
        }
        for (int i = 0; i < CALLS; i++) {
            lines.add("{\"message\":{\"tool_calls\":[{\"function\":{\"index\":" + i + ",\"name\":\"f\"}}]}}");
        }
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(server.baseUrl())) {
            server.answer(
                    "POST",
                    "/api/chat",
                    Answer.chunks((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
            StepVerifier.create(client.chat(ChatRequest.of("m", Message.user("q"))))
                    .expectNextCount(EVENTS)
                    .expectErrorSatisfies(e -> holdsTheStart(((OllamaException) e).partial()))
                    .verify(Duration.ofSeconds(30));
        }
    }

    static Stream<Map.Entry<String, Function<Flux<GenerationEvent>, Flux<?>>>> operators() {
        return Map.<String, Function<Flux<GenerationEvent>, Flux<?>>>of(
                "onEnd", events -> events.transform(Stats.onEnd(summary -> {})),
                "live", events -> events.transform(Stats.live(Duration.ofHours(1))),
                "collect", events -> Tokens.collect(events).flux())
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void anOperatorThatAddsWhatCame(Map.Entry<String, Function<Flux<GenerationEvent>, Flux<?>>> operator) {
        Flux<GenerationEvent> texts = Flux.range(0, PIECES)
                .flatMapIterable(i -> List.of(new Thinking(text('h'), List.of()), new Token(text('x'), List.of())));
        Flux<GenerationEvent> calls = Flux.range(0, CALLS).map(i -> new ToolCalled(call(i)));
        Flux<GenerationEvent> failing = texts.concatWith(calls).concatWith(Flux.error(ExceptionFactory.reported("x")));
        StepVerifier.create(operator.getValue().apply(failing))
                .thenConsumeWhile(event -> true)
                .expectErrorSatisfies(e -> holdsTheStart(((OllamaException) e).partial()))
                .verify(Duration.ofSeconds(30));
    }
}
