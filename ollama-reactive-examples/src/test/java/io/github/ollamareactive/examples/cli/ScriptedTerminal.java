// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A terminal at which a user types prepared lines, followed by the end of the input. */
record ScriptedTerminal(Deque<String> lines) implements ChatTerminal {
    @Override
    public @Nullable String readLine(String prompt) {
        return lines.poll();
    }

    @Override
    public boolean runInterruptibly(Runnable task) {
        task.run();
        return false;
    }

    @Override
    public void close() {}
}
