// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.thinking;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.operators.Aggregate.Kind;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.Partial;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What becomes of a segment that doesn't end: the stream fails, its time is over, or a code fence stays open. */
final class UnfinishedSegmentsTest {
    private static final Map<String, Function<Window, Function<Flux<GenerationEvent>, Flux<Aggregate>>>> WINDOWS =
            Map.of(
                    "words", Tokens::words,
                    "lines", Tokens::lines,
                    "sentences", Tokens::sentences,
                    "paragraphs", Tokens::paragraphs,
                    "chunks", Tokens::chunks);

    private static final Duration WAIT = Duration.ofMillis(100);
    private static final ToolCall CALL = new ToolCall("call_1", 0, "get_weather", JsonObject.EMPTY);

    private static Segment text(String text, int tokens) {
        return new Segment(Kind.TEXT, text, tokens, null);
    }

    @Test
    void g11ATimeoutBeforeTheWindowGivesOutWhatHadArrived() {
        String line =
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"One. Two\"},\"done\":false}\n";
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("POST", "/api/chat", Answer.ndjson(line).thenSilence());
                OllamaClient client = OllamaClient.create(
                        OllamaClientConfig.fromEnvironment(Map.of()).retries(0).baseUrl(server.baseUrl()))) {
            StepVerifier.create(client.chat(ChatRequest.of("m", Message.user("x")))
                            .timeout(Mono.never(), event -> Mono.delay(Duration.ofMillis(50)))
                            .transform(Tokens.sentences()))
                    .expectNext(text("One. ", 0), text("Two", 1))
                    .expectError(TimeoutException.class)
                    .verify(SOON);
        }
    }

    @Test
    void g11AnyOtherErrorGivesOutWhatHadArrivedInEveryWindow() {
        IllegalStateException error = new IllegalStateException("theirs");
        WINDOWS.forEach((name, window) -> {
            Flux<GenerationEvent> failing = Flux.<GenerationEvent>just(thinking("Hm"), token("One"), token("Two"))
                    .concatWith(Flux.error(error));
            StepVerifier.create(failing.transform(window.apply(Window.DEFAULT)))
                    .expectNext(new Segment(Kind.THINKING, "Hm", 1, null), text("OneTwo", 2))
                    .as(name)
                    .expectErrorMatches(e -> e == error)
                    .verify(SOON);
        });
    }

    @Test
    void g11AToolCallThatHadArrivedIsGivenOutToo() {
        Flux<GenerationEvent> failing = Flux.<GenerationEvent>just(token("One"), new ToolCalled(CALL), token("Two"))
                .concatWith(Flux.error(new IllegalStateException("theirs")));
        StepVerifier.create(failing.transform(Tokens.sentences()))
                .expectNext(text("One", 1), new Segment(Kind.TOOL_CALL, "", 0, CALL), text("Two", 1))
                .expectError(IllegalStateException.class)
                .verify(SOON);
    }

    @Test
    void g11WithoutDemandTheErrorDoesNotWait() {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.create(source.flux().transform(Tokens.words()), 1)
                .then(() -> source.next(token("one two three")))
                .expectNext(text("one ", 0))
                .then(() -> source.error(new IllegalStateException("theirs")))
                .expectErrorMessage("theirs")
                .verify(SOON);
    }

    @Test
    void g11TheLibrarysErrorsCarryTheTextInstead() {
        OllamaException error = ExceptionFactory.incomplete("done", 0).with(new Partial("One", "", List.of(), 1, null));
        StepVerifier.create(Flux.<GenerationEvent>just(token("One"))
                        .concatWith(Flux.error(error))
                        .transform(Tokens.sentences()))
                .expectErrorMatches(e -> e == error)
                .verify(SOON);
    }

    @Test
    void g10EveryWindowGivesOutWhatHasWaitedLongEnough() {
        WINDOWS.forEach((name, window) -> {
            TestPublisher<GenerationEvent> source = TestPublisher.create();
            VirtualTimeScheduler time = VirtualTimeScheduler.create();
            List<String> seen = new ArrayList<>();
            texts(source.flux(), window, time).subscribe(seen::add);
            source.next(token("```java"));
            time.advanceTimeBy(WAIT.minusNanos(1));
            assertThat(seen).as(name).isEmpty();
            time.advanceTimeBy(Duration.ofNanos(1));
            assertThat(seen).as(name).containsExactly("```java");
            source.next(token("\n\none"));
            time.advanceTimeBy(WAIT);
            assertThat(String.join("", seen)).as(name).isEqualTo("```java\n\none");
            source.complete();
        });
    }

    private static Flux<String> texts(
            Flux<GenerationEvent> events,
            Function<Window, Function<Flux<GenerationEvent>, Flux<Aggregate>>> window,
            VirtualTimeScheduler time) {
        return events.transform(window.apply(Window.DEFAULT.maxWait(WAIT).scheduler(time)))
                .ofType(Segment.class)
                .map(Segment::text);
    }

    /** What follows a text whose time was over begins no segment of blanks, and its sentence goes on as before. */
    @Test
    void g10WhatFollowsATextThatWasGivenOutIsCutAsBefore() {
        check(Tokens::words, List.of("One", " two", " ", "three four"), List.of("One", " two", " three ", "four"));
        check(
                Tokens::sentences,
                List.of("One.", " Two", " is. ", "Three.\n", "Four"),
                List.of("One.", " Two", " is. ", "Three.\n", "Four"));
        check(Tokens::sentences, List.of("One is", "\n\nTwo", " more. a"), List.of("One is", "\n\nTwo", " more. a"));
        check(Tokens::paragraphs, List.of("One", "\n\nTwo\n\nThree"), List.of("One", "\n\nTwo\n\n", "Three"));
        check(Tokens::lines, List.of("One", " more\nTwo"), List.of("One", " more\n", "Two"));
    }

    /** The time is over behind each piece. */
    private static void check(
            Function<Window, Function<Flux<GenerationEvent>, Flux<Aggregate>>> window,
            List<String> pieces,
            List<String> segments) {
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        List<String> seen = new ArrayList<>();
        texts(source.flux(), window, time).subscribe(seen::add);
        for (String piece : pieces) {
            source.next(token(piece));
            time.advanceTimeBy(WAIT);
        }
        source.complete();
        assertThat(seen).isEqualTo(segments);
    }

    /** Models put fences into fences of equal length; then the last mark opens a fence that nobody closes. */
    @Test
    void g10AFenceInAFenceLeavesNoneOpen() {
        String more = "It is done. ".repeat(200);
        for (String fences : List.of(
                "```markdown\n# Title\n```bash\nnpm i\n```\nThen run.\n```\n",
                "````md\n````python\nx\n````\n````js\ny\n````\n````\n",
                "```\nREADME\n```bash\nnpm i\n```\n```\n",
                "~~~text\n~~~java\nx\n~~~\n~~~\n",
                "1. Do:\n   ```md\n   ```sh\n   x\n   ```\n   ```\n",
                "```python\nx = '''\n        ```\n        y\n        ```\n'''\n```\n",
                "```python\nx\n```python\ny\n```\n",
                "```md\n```sh\nx\n```\n```\n```java\nA a. B b.\n```\n")) {
            long seed = System.nanoTime();
            for (List<String> pieces : List.of(
                    List.of(fences + more),
                    SampleTexts.characters(fences + more),
                    SampleTexts.pieces(fences + more, new Random(seed), 7))) {
                List<String> segments = Events.answer(pieces)
                        .transform(Tokens.sentences(Locale.ENGLISH))
                        .ofType(Segment.class)
                        .map(Segment::text)
                        .collectList()
                        .block(SOON);
                assertThat(segments)
                        .as("%s in %d pieces, seed %d", fences, pieces.size(), seed)
                        .endsWith("It is done. ", "It is done. ")
                        .filteredOn("It is done. "::equals)
                        .hasSize(200);
                assertThat(String.join("", segments)).isEqualTo(fences + more);
            }
        }
    }
}
