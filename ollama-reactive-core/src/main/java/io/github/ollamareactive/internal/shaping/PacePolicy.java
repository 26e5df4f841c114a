// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Spreads bursts of text in time. The step between two pieces is that of the pace, or a shorter one by which all that waits goes out
 * within the bound.
 */
public final class PacePolicy extends ShapingPolicy<GenerationEvent, GenerationEvent> {
    /** How long an event may be held back, however the model goes. */
    public static final Duration BOUND = Duration.ofMillis(500);

    private static final long BOUND_NANOS = BOUND.toNanos();
    private static final int EVENTS = 256;
    private static final int CHARACTERS = 1 << 16;

    /** An event and when it was there, or would have been had this side not kept its source waiting. */
    private record Waiting(GenerationEvent event, int characters, long since) {}

    private final long step;
    private final Scheduler scheduler = Schedulers.parallel();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int texts;
    private long characters;
    private boolean failed;
    private boolean begun;
    private long lastText;

    // How far the source is kept behind: by asking late, which happens where the subscriber asks for few at a time.
    private long behind;
    private long lastOut = now();
    private long lastIn = lastOut;
    private long asked = lastOut;

    private Runnable wake = () -> {};
    private Disposable timer = Disposables.disposed();
    private long timerAt = Long.MAX_VALUE;
    private volatile boolean rung;

    public PacePolicy(double perSecond) {
        this.step = (long) (1e9 / perSecond);
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    @Override
    public void start(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void take(GenerationEvent event) {
        long now = now();
        behind = Math.max(0, behind - (now - asked));
        lastIn = now;
        Waiting arrived = new Waiting(event, characters(event), now - behind);
        texts += arrived.characters > 0 ? 1 : 0;
        characters += arrived.characters;
        waiting.add(arrived);
    }

    private static int characters(GenerationEvent event) {
        if (event instanceof Token token) {
            return token.text().length();
        }
        return event instanceof Thinking thinking ? thinking.text().length() : 0;
    }

    @Override
    public void end(boolean failed) {
        this.failed = failed;
    }

    @Override
    @Nullable
    public GenerationEvent next() {
        if (rung) {
            rung = false;
            timerAt = Long.MAX_VALUE;
        }
        Waiting first = waiting.peek();
        if (first == null) {
            return null;
        }
        long now = now();
        long due = due(first, now);
        if (due > now) {
            ring(due, now);
            return null;
        }
        waiting.remove();
        lastOut = now;
        if (first.characters > 0) {
            begun = true;
            lastText = now;
            texts--;
            characters -= first.characters;
        }
        return first.event;
    }

    private long due(Waiting first, long now) {
        if (first.characters == 0 || !begun || failed || isFull()) {
            return now;
        }
        long untilAllAreOut = waiting.getLast().since + BOUND_NANOS - lastText;
        return Math.min(lastText + Math.min(step, untilAllAreOut / texts), first.since + BOUND_NANOS);
    }

    private void ring(long at, long now) {
        if (at < timerAt) {
            timer.dispose();
            timerAt = at;
            timer = scheduler.schedule(
                    () -> {
                        rung = true;
                        wake.run();
                    },
                    at - now,
                    TimeUnit.NANOSECONDS);
        }
    }

    private boolean isFull() {
        return waiting.size() >= EVENTS || characters >= CHARACTERS;
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public boolean wants(long demand) {
        if (isFull() || waiting.size() >= demand) {
            return false;
        }
        behind += Math.max(0, lastOut - lastIn);
        asked = now();
        return true;
    }

    @Override
    public void stop() {
        timer.dispose();
    }

    @Override
    public void discard(Consumer<Object> discarded) {
        discard(waiting, item -> discarded.accept(item.event));
    }
}
