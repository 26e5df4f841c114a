// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** Lets a text through until it is enough, at the same place for every cut of the text into pieces. */
public interface TextLimit {

    /**
     * Takes a piece.
     *
     * @param piece what comes next
     * @return what may go on of the text that was kept and this piece
     */
    String take(String piece);

    /**
     * Whether the text went beyond the limit: what {@link #take} gave last is its end.
     *
     * @return whether it is enough
     */
    boolean isSpent();

    /**
     * Gives up what was kept, because nothing follows for now.
     *
     * @return the text that was kept
     */
    String rest();
}
