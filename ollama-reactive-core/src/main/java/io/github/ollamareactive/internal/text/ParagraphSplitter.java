// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/**
 * Cuts where a line begins behind one or more blank ones, outside of code fences. Certain with the first visible character
 * of that line, whose indentation stays with it.
 */
public final class ParagraphSplitter extends Splitter {
    private final CodeFence fence = new CodeFence();
    private boolean visible;
    private boolean visibleLine;
    private long cut = -1;

    public ParagraphSplitter(TextWindow text) {
        super(text);
    }

    /** The blank lines that follow go to the next paragraph. */
    @Override
    void flushed(boolean whole) {
        visible = !whole;
        cut = -1;
    }

    @Override
    void next(int codePoint, long at, boolean boundary) {
        fence.next(codePoint);
        if (codePoint == '\n') {
            if (visible && !visibleLine && !fence.isInside()) {
                cut = at + 1;
            }
            visibleLine = false;
        } else if (!Character.isWhitespace(codePoint)) {
            if (cut >= 0) {
                cuts.add(cut);
                cut = -1;
            }
            visible = true;
            visibleLine = true;
        }
    }
}
