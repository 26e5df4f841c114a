// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.Nullable;

/** Who types. */
public interface ChatTerminal extends AutoCloseable {
    /**
     * Waits for a line.
     *
     * @param prompt what stands before it
     * @return the line; null for Ctrl-D, and for Ctrl-C where nothing was typed
     */
    @Nullable
    String line(String prompt);

    /**
     * Does something, on this thread, that Ctrl-C interrupts.
     *
     * @param work what to do
     * @return whether it was interrupted so
     */
    boolean listen(Runnable work);

    @Override
    void close();
}
