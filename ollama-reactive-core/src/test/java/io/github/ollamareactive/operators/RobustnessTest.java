// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.operators.Aggregate.Segment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What is thrown at operators from outside ends in an error, and never in silence. */
final class RobustnessTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final TestPublisher<GenerationEvent> source = TestPublisher.create();

    private static Token token(String text) {
        return new Token(text, List.of());
    }

    /** Rules that need a class which isn't there. */
    private static final Breaks BROKEN = new Breaks() {
        @Override
        public boolean isWord(int codePoint) {
            throw new NoClassDefFoundError("com/ibm/icu/text/BreakIterator");
        }

        @Override
        public int[] words(String run) {
            throw new NoClassDefFoundError("com/ibm/icu/text/BreakIterator");
        }

        @Override
        public boolean endsSentence(String text, int at) {
            throw new NoClassDefFoundError("com/ibm/icu/text/BreakIterator");
        }
    };

    @Test
    void anErrorOfTheBreaksIsTheStreamsError() {
        StepVerifier.create(source.flux().transform(Tokens.sentences(BROKEN)))
                .then(() -> source.next(token("One sentence. And another one. ")))
                .thenConsumeWhile(Segment.class::isInstance)
                .expectError(NoClassDefFoundError.class)
                .verify(SOON);
        source.assertCancelled();
    }

    /** The event comes while the subscriber has the one before it, and the error right behind. */
    @Test
    void anErrorDoesNotOvertakeWhatWasAskedForAndHadCome() {
        List<String> seen = new ArrayList<>();
        List<Throwable> errors = new ArrayList<>();
        source.flux().transform(Tokens.chunks(3)).subscribe(new BaseSubscriber<Aggregate>() {
            @Override
            protected void hookOnNext(Aggregate value) {
                seen.add(((Segment) value).text());
                if (seen.size() == 1) {
                    source.next(token("fgh")).error(new IllegalStateException("cut"));
                }
            }

            @Override
            protected void hookOnError(Throwable t) {
                errors.add(t);
            }
        });
        source.next(token("abcde"));
        assertThat(seen).containsExactly("abc", "def", "gh");
        assertThat(errors).hasSize(1);
    }

    @Test
    void forEverIsALongTime() {
        StepVerifier.create(Flux.<GenerationEvent>just(token("a")).transform(Stats.live(FOREVER)))
                .expectNextCount(2)
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(Flux.<GenerationEvent>just(token("a")).transform(Tokens.chunks(10, FOREVER)))
                .expectNextCount(2)
                .expectComplete()
                .verify(SOON);
        Flux<GenerationEvent> shared = source.flux().transform(Tokens.shared(1_000, FOREVER));
        StepVerifier.create(shared)
                .then(() -> source.next(token("a")))
                .expectNextCount(1)
                .thenCancel()
                .verify(SOON);
        StepVerifier.create(shared).expectNext(token("a")).thenCancel().verify(SOON);
        source.assertNotCancelled();
    }

    @Test
    void aRunThatCannotBeReplayedEndsWithItsLastSubscriber() {
        Flux<GenerationEvent> shared = source.flux().transform(Tokens.shared(100, Duration.ofHours(1)));
        StepVerifier.create(shared)
                .then(() -> {
                    for (int i = 0; i < 50; i++) {
                        source.next(token("a long enough text"));
                    }
                })
                .expectNextCount(50)
                .thenCancel()
                .verify(SOON);
        source.assertCancelled();
        assertThat(source.subscribeCount()).isEqualTo(1);
        StepVerifier.create(shared).expectSubscription().thenCancel().verify(SOON);
        assertThat(source.subscribeCount()).as("a new generation").isEqualTo(2);
    }

    @Test
    void aSubscriberThatThrowsDoesNotStopTheOthers() {
        Flux<GenerationEvent> shared = source.flux().transform(Tokens.shared(10_000, Duration.ZERO));
        List<GenerationEvent> seen = new ArrayList<>();
        shared.subscribe(event -> {
            throw new NoClassDefFoundError("theirs");
        });
        shared.subscribe(seen::add);
        try {
            source.next(token("a"));
        } catch (NoClassDefFoundError e) {
            assertThat(e).hasMessage("theirs");
        }
        source.next(token("b")).complete();
        assertThat(seen).containsExactly(token("a"), token("b"));
    }
}
