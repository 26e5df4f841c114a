// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/**
 * Says where one kind of window ends. It sees every code point once, in order, and knows nothing of pieces and streams, so its
 * cuts depend on the text only. One for each text.
 */
public abstract class Splitter {
    /** The text at hand; places are counted from the beginning of the whole text. */
    protected final TextWindow text;

    /** Certain cuts that were not used yet. */
    final OffsetQueue cuts = new OffsetQueue();

    public Splitter(TextWindow text) {
        this.text = text;
    }

    /**
     * Looks at the next code point.
     *
     * @param codePoint the code point
     * @param at its place
     * @param boundary whether the text may be cut before it
     */
    abstract void next(int codePoint, long at, boolean boundary);

    /**
     * The segment was taken out although it isn't over, because its time is.
     *
     * @param whole whether up to the last character that was looked at; else that one is left, since it may grow
     */
    void flushed(boolean whole) {}

    /**
     * The text is over: settles what waited for more.
     *
     * @param at its end
     */
    void end(long at) {}

    /**
     * The first place where a segment may still turn out to end, of the text that was looked at.
     *
     * @return the place; the segment's beginning where the splitter doesn't know
     */
    long undecided() {
        return text.start;
    }

    /** Makes a splitter for a text. */
    public interface Factory {
        Splitter create(TextWindow text);
    }

    /** Cuts nowhere: pieces as long as the limit allows. */
    public static final class None extends Splitter {
        public None(TextWindow text) {
            super(text);
        }

        @Override
        void next(int codePoint, long at, boolean boundary) {}
    }

    /** Cuts behind each LF, which CR may precede: certain with the LF itself. */
    public static final class Lines extends Splitter {
        public Lines(TextWindow text) {
            super(text);
        }

        @Override
        void next(int codePoint, long at, boolean boundary) {
            if (codePoint == '\n') {
                cuts.add(at + 1);
            }
        }
    }
}
