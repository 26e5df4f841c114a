// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.internal.text.Segmenter;
import io.github.ollamareactive.protocol.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * What the windows of {@link Tokens} emit: segments, then exactly one {@link Summary}. The windows are {@code words},
 * {@code lines}, {@code sentences}, {@code paragraphs} and {@code chunks}, and all of them keep the same contract.
 *
 * <p><b>Emits:</b> the answer's text and thinking, cut. Segments of one kind joined give its text back, and all of them
 * are in the order of the stream, whatever pieces the stream came in. No cut is inside of a grapheme cluster (an emoji with
 * all its parts, a flag, a letter with its marks, a Hangul syllable, a Devanagari conjunct). A segment comes as soon as the text
 * decides where it ends, which each window says for itself; it ends early where the kind changes (from thinking to text, to a
 * tool call), at the answer's end, where it would get longer than the limit, {@value #MAX_CHARACTERS} characters if not
 * said otherwise, and where it has waited longer than a {@link Window} allows. A stream that completes without its last event, or without any, ends with a summary too. Pictures of image
 * models and their progress have no text: they are counted in the summary and otherwise left out, and so are logprobs.
 *
 * <p><b>Errors:</b> those of the stream, at once, ahead of text that nobody had asked for yet. An {@code OllamaException} carries
 * all text that had arrived, the unfinished segment too, in its partial answer. Before any other error, as of a {@code timeout} or a
 * {@code map} between the answer and the window, the unfinished segment is emitted, as far as something is asked for. No summary follows.
 *
 * <p><b>Demand:</b> one event at a time is asked of the stream, only when something is asked for here and the text at hand
 * decides nothing. So at most one event and one unfinished segment are in memory.
 *
 * <p><b>Cancel:</b> goes to the stream at once and drops the unfinished segment; so put a {@code timeout} before the window, not
 * behind it.
 *
 * <p><b>Threads:</b> those of the stream and of {@code request}; where a time limit ends a segment, the scheduler's.
 */
public sealed interface Aggregate permits Aggregate.Segment, Summary {
    /** How long a segment gets at most, if not said otherwise, in UTF-16 units as {@code String.length} counts. */
    int MAX_CHARACTERS = Segmenter.MAX_CHARACTERS;

    /** What a segment is a piece of. */
    enum Kind {
        /** What the model thinks before it answers. */
        THINKING,
        /** The answer. */
        TEXT,
        /** A function that the model wants called. */
        TOOL_CALL
    }

    /**
     * A piece of the answer.
     *
     * @param kind what it is a piece of
     * @param text the piece; empty for a tool call only
     * @param tokens how many of the stream's pieces end in it (a server sends one for each token, mostly): 0 for the beginning of
     *     a piece that was cut, and for a tool call
     * @param toolCall the call, whole, where the kind is {@link Kind#TOOL_CALL}; else null
     */
    record Segment(
            Kind kind, String text, int tokens, @Nullable ToolCall toolCall) implements Aggregate {
        /**
         * Checks the required parts.
         *
         * @param kind see the record
         * @param text see the record
         * @param tokens see the record
         * @param toolCall see the record
         */
        public Segment {
            requireNonNull(kind, "kind");
            requireNonNull(text, "text");
        }
    }
}
