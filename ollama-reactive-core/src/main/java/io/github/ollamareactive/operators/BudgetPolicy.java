// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.internal.shaping.ShapingPolicy;
import io.github.ollamareactive.internal.text.CharacterLimit;
import io.github.ollamareactive.internal.text.RepetitionDetector;
import io.github.ollamareactive.internal.text.SentenceLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Spends a budget on one answer. */
final class BudgetPolicy extends ShapingPolicy<GenerationEvent, GenerationEvent> {
    /** The end of an answer that this side ended. */
    static final Done ENOUGH = new Done(null, null, Summary.BUDGET, null, GenerationStats.NONE, null, null, null, null);

    private final ArrayDeque<GenerationEvent> out = new ArrayDeque<>();
    private final @Nullable Duration duration;
    private final @Nullable CharacterLimit characters;
    private final @Nullable SentenceLimit sentences;
    private final @Nullable RepetitionDetector repetition;
    private long tokensLeft;
    private Disposable timer = Disposables.disposed();
    private volatile boolean late;
    private boolean done;
    private boolean over;

    BudgetPolicy(Budget budget) {
        tokensLeft = budget.tokens() == null ? Long.MAX_VALUE : budget.tokens();
        duration = budget.duration();
        characters = budget.characters() == null ? null : new CharacterLimit(budget.characters());
        sentences = budget.sentences() == null ? null : new SentenceLimit(budget.sentences());
        repetition = budget.repetition() == null
                ? null
                : new RepetitionDetector(
                        budget.repetition().words(), budget.repetition().times());
    }

    @Override
    public void start(Runnable wake) {
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

    private void checkTime() {
        if (late) {
            enough();
        }
    }

    @Override
    public void take(GenerationEvent event) {
        checkTime();
        if (over) {
            return;
        } else if (event instanceof Token token) {
            spend(token);
        } else {
            rest();
            out.add(event);
            done |= event instanceof Done;
            if (event instanceof Thinking thinking && repetition != null && repetition.add(thinking.text())) {
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
        enough |= repetition != null && repetition.add(text);
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
    public void end(boolean failed) {
        done = true;
        rest();
    }

    @Override
    @Nullable
    public GenerationEvent next() {
        checkTime();
        return out.poll();
    }

    @Override
    public boolean isEmpty() {
        return out.isEmpty();
    }

    @Override
    public boolean wants(long demand) {
        return out.isEmpty();
    }

    @Override
    public boolean isOver() {
        checkTime();
        return over;
    }

    @Override
    public void stop() {
        timer.dispose();
    }
}
