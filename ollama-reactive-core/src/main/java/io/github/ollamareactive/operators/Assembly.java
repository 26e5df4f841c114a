// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.operators.Aggregate.Kind;
import io.github.ollamareactive.operators.Aggregate.Segment;
import org.jspecify.annotations.Nullable;

/** Makes the segments of one answer from its events, each kind's text for itself. One thread at a time. */
final class Assembly {
    private final Segmenter segmenter;
    private final TimeLimit.@Nullable Clock clock;
    private final Measurement measurement = new Measurement();
    private Kind kind = Kind.TEXT;

    /** An event of another kind, which waits until the text before it is given. */
    private @Nullable GenerationEvent held;

    Assembly(Segmenter segmenter, TimeLimit.@Nullable Clock clock) {
        this.segmenter = segmenter;
        this.clock = clock;
    }

    /** Takes the next event; not before {@link #next} gave null. */
    void take(GenerationEvent event) {
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

    /**
     * The next segment that is certain.
     *
     * @param ended whether no event is to come
     * @return null where it takes another event, or all is given
     */
    @Nullable
    Segment next(boolean ended) {
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

    Summary summary() {
        return measurement.summary();
    }

    void clear() {
        segmenter.clear();
        held = null;
        if (clock != null) {
            clock.stop();
        }
    }
}
