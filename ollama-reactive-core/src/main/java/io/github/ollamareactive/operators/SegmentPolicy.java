// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.internal.shaping.ShapingPolicy;
import io.github.ollamareactive.internal.shaping.TimeLimit;
import io.github.ollamareactive.internal.text.Segmenter;
import io.github.ollamareactive.operators.Aggregate.Kind;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.protocol.OllamaException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the segments of one answer from its events, each kind's text for itself, then the summary. */
final class SegmentPolicy extends ShapingPolicy<GenerationEvent, Aggregate> {
    private final Segmenter segmenter;
    private final @Nullable TimeLimit time;
    private TimeLimit.@Nullable Clock clock;
    private final Measurement measurement = new Measurement();
    private Kind kind = Kind.TEXT;

    /** An event of another kind, which waits until the text before it is given. */
    private @Nullable GenerationEvent held;

    private boolean ended;
    private boolean failed;
    private boolean summarised;

    SegmentPolicy(Segmenter segmenter, @Nullable TimeLimit time) {
        this.segmenter = segmenter;
        this.time = time;
    }

    @Override
    public void start(Runnable wake) {
        clock = time == null ? null : time.start(wake);
    }

    @Override
    public void take(GenerationEvent event) {
        measurement.event(event);
        if (event instanceof Token token) {
            text(token.text(), Kind.TEXT, event);
        } else if (event instanceof Thinking thinking) {
            text(thinking.text(), Kind.THINKING, event);
        } else if (event instanceof ToolCalled || event instanceof Done) {
            held = event;
        }
    }

    private void text(String piece, Kind of, GenerationEvent event) {
        if (piece.isEmpty()) {
            append(piece, kind);
        } else if (of == kind || segmenter.isEmpty()) {
            append(piece, of);
        } else {
            held = event;
        }
    }

    private void append(String piece, Kind of) {
        if (kind != of) {
            segmenter.clear();
            kind = of;
        }
        segmenter.append(piece);
        if (clock != null && !piece.isEmpty()) {
            clock.arrived();
        }
    }

    @Override
    public void end(boolean failed) {
        ended = true;
    }

    /** The library's own errors go out ahead of text that waits, since they carry all of it; before any other it is given. */
    @Override
    public void fail(Throwable error) {
        failed = true;
        ended = !(error instanceof OllamaException);
    }

    @Override
    public @Nullable Aggregate next() {
        if (failed && !ended) {
            return null;
        }
        Segment segment = segment();
        if (segment == null && ended && !failed && !summarised) {
            summarised = true;
            return measurement.summary();
        }
        return segment;
    }

    /** The next segment that is certain, or null where it takes another event or all is given. */
    private @Nullable Segment segment() {
        while (true) {
            String text = held != null || ended ? segmenter.last() : certain();
            if (clock != null) {
                clock.settle(text != null, segmenter.isEmpty());
            }
            if (text != null) {
                return new Segment(kind, text, segmenter.tokens, null);
            }
            GenerationEvent event = held;
            if (event == null) {
                return null;
            }
            held = null;
            if (event instanceof ToolCalled called) {
                return new Segment(Kind.TOOL_CALL, "", 0, called.call());
            } else if (event instanceof Token token) {
                append(token.text(), Kind.TEXT);
            } else if (event instanceof Thinking thinking) {
                append(thinking.text(), Kind.THINKING);
            }
        }
    }

    private @Nullable String certain() {
        String text = segmenter.next();
        return text == null && clock != null && clock.isOver() ? segmenter.flush() : text;
    }

    @Override
    public boolean isEmpty() {
        return failed || summarised;
    }

    @Override
    public boolean wants(long demand) {
        return true;
    }

    @Override
    public void discard(Consumer<Object> discarded) {
        GenerationEvent event = held;
        held = null;
        if (event != null) {
            discarded.accept(event);
        }
    }

    @Override
    public void stop() {
        segmenter.clear();
        if (clock != null) {
            clock.stop();
        }
    }
}
