// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.Nullable;

/** The terminal of an interactive conversation: reads lines, and lets Ctrl-C interrupt an answer. */
public interface ChatTerminal extends AutoCloseable {
    /**
     * Waits for a line of input.
     *
     * @param prompt the prompt to print before the input
     * @return the line; null on Ctrl-D, or on Ctrl-C on an empty line
     */
    @Nullable
    String readLine(String prompt);

    /**
     * Runs a task on this thread. Ctrl-C interrupts it.
     *
     * @param task the task
     * @return whether Ctrl-C interrupted the task
     */
    boolean runInterruptibly(Runnable task);

    @Override
    void close();
}
