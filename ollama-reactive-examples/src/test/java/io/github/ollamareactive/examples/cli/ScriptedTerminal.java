// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Says what a test wrote down, and leaves. */
record ScriptedTerminal(Deque<String> lines) implements ChatTerminal {
    @Override
    public @Nullable String line(String prompt) {
        return lines.poll();
    }

    @Override
    public boolean listen(Runnable work) {
        work.run();
        return false;
    }

    @Override
    public void close() {}
}
