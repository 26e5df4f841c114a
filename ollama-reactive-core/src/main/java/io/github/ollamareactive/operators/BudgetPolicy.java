// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.repetition.RepetitionDetector;
import io.github.ollamareactive.internal.shaping.ShapingPolicy;
import io.github.ollamareactive.internal.shaping.TimeLimit;
import io.github.ollamareactive.internal.text.CharacterLimit;
import io.github.ollamareactive.internal.text.SentenceLimit;
import io.github.ollamareactive.internal.text.TextLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Spends a budget on the events of one subscription, which may be several answers one after the other. */
final class BudgetPolicy extends ShapingPolicy<GenerationEvent, GenerationEvent> {
    /** The end of an answer that this side ended. */
    static final Done ENOUGH = new Done(null, null, Summary.BUDGET, null, GenerationStats.NONE, null, null, null, null);

    private final ArrayDeque<GenerationEvent> out = new ArrayDeque<>();
    private final @Nullable Duration duration;
    private final @Nullable TextLimit thinking;

    /** What the answer's text goes through, in this order. */
    private final List<TextLimit> limits = new ArrayList<>();

    private final Predicate<? super GenerationEvent> last;
    private long tokensLeft;
    private Disposable timer = Disposables.disposed();
    private volatile boolean late;

    /** An answer has ended, and nothing of another one has come. */
    private boolean answered;

    private boolean over;

    BudgetPolicy(Budget budget, Predicate<? super GenerationEvent> last) {
        this.last = last;
        tokensLeft = budget.tokens() == null ? Long.MAX_VALUE : budget.tokens();
        duration = budget.duration();
        Budget.Repetition repetition = budget.repetition();
        thinking = repetition == null ? null : new RepetitionDetector(repetition.words(), repetition.times());
        if (repetition != null) {
            limits.add(new RepetitionDetector(repetition.words(), repetition.times()));
        }
        if (budget.sentences() != null) {
            limits.add(new SentenceLimit(budget.sentences(), budget.breaks()));
        }
        if (budget.characters() != null) {
            limits.add(new CharacterLimit(budget.characters()));
        }
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
                            TimeLimit.nanos(duration),
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Between two answers nothing is cut, and the end is there already. */
    private void checkTime() {
        if (late && answered) {
            over = true;
        } else if (late) {
            enough();
        }
    }

    @Override
    public void take(GenerationEvent event) {
        GenerationEvent whole = within(event);
        if (whole instanceof Token token) {
            answered = false;
            text(token);
        } else {
            flush();
            if (isSpent()) {
                enough();
                return;
            }
            answered = whole instanceof Done;
            if (whole instanceof Thinking thought && thinking != null) {
                thought(thought, thinking);
            } else {
                out.add(whole);
            }
        }
        tokensLeft -= Measurement.tokens(event);
        if (tokensLeft <= 0 || (!over && !answered && last.test(event))) {
            enough();
        }
    }

    /** A piece that stands for more tokens than are left is cut where its probabilities show the place. */
    private GenerationEvent within(GenerationEvent event) {
        if (Measurement.tokens(event) <= tokensLeft) {
            return event;
        } else if (event instanceof Token token) {
            List<Logprob> left = token.logprobs().subList(0, (int) tokensLeft);
            return new Token(beginning(token.text(), left), left);
        } else if (event instanceof Thinking thought) {
            List<Logprob> left = thought.logprobs().subList(0, (int) tokensLeft);
            return new Thinking(beginning(thought.text(), left), left);
        }
        return event;
    }

    private static String beginning(String text, List<Logprob> tokens) {
        String beginning = tokens.stream().map(Logprob::token).collect(Collectors.joining());
        return text.startsWith(beginning) ? beginning : text;
    }

    private boolean isSpent() {
        return limits.stream().anyMatch(TextLimit::isSpent);
    }

    private void text(Token token) {
        String text = token.text();
        for (TextLimit limit : limits) {
            text = limit.take(text);
        }
        boolean spent = isSpent();
        if (text.equals(token.text())) {
            out.add(token);
        } else if (!text.isEmpty() || (!spent && !token.logprobs().isEmpty())) {
            out.add(new Token(text, token.logprobs()));
        }
        if (spent) {
            enough();
        }
    }

    private void thought(Thinking event, TextLimit limit) {
        String text = limit.take(event.text());
        if (text.equals(event.text())) {
            out.add(event);
        } else if (!text.isEmpty()) {
            out.add(new Thinking(text, event.logprobs()));
        }
        if (limit.isSpent()) {
            enough();
        }
    }

    /** Gives out what the limits keep and what is before the end of each of them. */
    private void flush() {
        String text = "";
        for (TextLimit limit : limits) {
            if (limit.isSpent()) {
                text = "";
            } else {
                text = text.isEmpty() ? "" : limit.take(text);
                text += limit.isSpent() ? "" : limit.rest();
            }
        }
        if (!text.isEmpty()) {
            out.add(new Token(text, List.of()));
        }
    }

    private void enough() {
        if (!over && !answered) {
            over = true;
            flush();
            out.add(ENOUGH);
        }
    }

    @Override
    public void end(boolean failed) {
        flush();
        if (!failed && isSpent()) {
            enough();
        }
        answered = true;
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

    @Override
    public void discard(Consumer<Object> discarded) {
        discard(out, discarded);
    }
}
