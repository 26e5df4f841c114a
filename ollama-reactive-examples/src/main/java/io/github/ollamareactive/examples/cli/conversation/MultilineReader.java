// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.Nullable;

/** What a person says, one entry after the other: a line, or several between {@code """}, as in ollama's own program. */
final class MultilineReader {
    private static final String QUOTES = "\"\"\"";
    private static final String SYSTEM = "/system ";

    private final ChatTerminal person;

    MultilineReader(ChatTerminal person) {
        this.person = person;
    }

    /** The next one; empty for one that was dropped; null when the person leaves. */
    @Nullable
    String next() {
        String line = person.line(">>> ");
        if (line == null) {
            return null;
        }
        String start = line.startsWith(SYSTEM) ? SYSTEM : "";
        String text = line.substring(start.length()).stripLeading();
        if (!text.startsWith(QUOTES)) {
            return line.strip();
        }
        String quoted = rest(text.substring(QUOTES.length()));
        return quoted.isBlank() ? "" : start + quoted;
    }

    private String rest(String first) {
        StringBuilder text = new StringBuilder();
        String line = first;
        while (!line.stripTrailing().endsWith(QUOTES)) {
            text.append(line).append('\n');
            line = person.line("... ");
            if (line == null) {
                return "";
            }
        }
        String last = line.stripTrailing();
        return text.append(last, 0, last.length() - QUOTES.length()).toString().strip();
    }
}
