// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Spends a budget on one answer. */
final class Spending extends Shaping<GenerationEvent> {
    /** The end of an answer that this side ended. */
    static final Done ENOUGH = new Done(null, null, Summary.BUDGET, null, GenerationStats.NONE, null, null, null, null);

    private final ArrayDeque<GenerationEvent> out = new ArrayDeque<>();
    private final @Nullable Duration duration;
    private final @Nullable CharacterLimit characters;
    private final @Nullable SentenceLimit sentences;
    private final @Nullable Circles circles;
    private long tokensLeft;
    private Disposable timer = Disposables.disposed();
    private volatile boolean late;
    private boolean done;
    private boolean over;

    Spending(Budget budget) {
        tokensLeft = budget.tokens() == null ? Long.MAX_VALUE : budget.tokens();
        duration = budget.duration();
        characters = budget.characters() == null ? null : new CharacterLimit(budget.characters());
        sentences = budget.sentences() == null ? null : new SentenceLimit(budget.sentences());
        circles = budget.repetition() == null ? null : new Circles(budget.repetition());
    }

    @Override
    void start(Runnable wake) {
        if (duration != null) {
            timer = Schedulers.parallel()
                    .schedule(
                            () -> {
                                late = true;
                                wake.run();
                            },
                            duration.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    @Override
    void woken() {
        if (late) {
            enough();
        }
    }

    @Override
    void event(GenerationEvent event) {
        if (over) {
            return;
        } else if (event instanceof Token token) {
            spend(token);
        } else {
            rest();
            out.add(event);
            done |= event instanceof Done;
            if (event instanceof Thinking thinking && circles != null && circles.add(thinking.text())) {
                enough();
            }
        }
        tokensLeft -= Measurement.tokens(event);
        if (tokensLeft <= 0) {
            enough();
        }
    }

    private void spend(Token token) {
        String text = token.text();
        int end = sentences == null ? -1 : sentences.end(text);
        boolean enough = end >= 0;
        if (enough) {
            text = text.substring(0, end);
        }
        enough |= circles != null && circles.add(text);
        if (characters != null) {
            text = characters.take(text);
            enough |= characters.isSpent();
        }
        if (text.equals(token.text())) {
            out.add(token);
        } else if (!text.isEmpty() || !token.logprobs().isEmpty()) {
            out.add(new Token(text, token.logprobs()));
        }
        if (enough) {
            enough();
        }
    }

    private void rest() {
        String rest = characters == null ? "" : characters.rest();
        if (!rest.isEmpty()) {
            out.add(new Token(rest, List.of()));
        }
    }

    private void enough() {
        if (!over && !done) {
            over = true;
            rest();
            out.add(ENOUGH);
        }
    }

    @Override
    void end(boolean failed) {
        done = true;
        rest();
    }

    @Override
    @Nullable
    GenerationEvent next() {
        return out.poll();
    }

    @Override
    boolean isEmpty() {
        return out.isEmpty();
    }

    @Override
    boolean wants(long demand) {
        return out.isEmpty();
    }

    @Override
    boolean isOver() {
        return over;
    }

    @Override
    void stop() {
        timer.dispose();
    }
}
