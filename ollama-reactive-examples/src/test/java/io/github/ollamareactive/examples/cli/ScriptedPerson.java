// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.talk.Person;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Says what a test wrote down, and leaves. */
record ScriptedPerson(Deque<String> lines) implements Person {
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
