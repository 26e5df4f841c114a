// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.Nullable;

/** Reads entries: each is a line, or several lines between {@code """}, as in the {@code ollama} program. */
final class MultilineReader {
    private static final String QUOTES = "\"\"\"";
    private static final String SYSTEM = "/system ";

    private final ChatTerminal terminal;

    MultilineReader(ChatTerminal terminal) {
        this.terminal = terminal;
    }

    /** The next entry; empty if the user abandoned it; null at the end of the input. */
    @Nullable
    String readEntry() {
        String line = terminal.readLine(">>> ");
        if (line == null) {
            return null;
        }
        String command = line.startsWith(SYSTEM) ? SYSTEM : "";
        String text = line.substring(command.length()).stripLeading();
        if (!text.startsWith(QUOTES)) {
            return line.strip();
        }
        String quoted = readToClosingQuotes(text.substring(QUOTES.length()));
        return quoted.isBlank() ? "" : command + quoted;
    }

    private String readToClosingQuotes(String firstLine) {
        StringBuilder text = new StringBuilder();
        String line = firstLine;
        while (!line.stripTrailing().endsWith(QUOTES)) {
            text.append(line).append('\n');
            line = terminal.readLine("... ");
            if (line == null) {
                return "";
            }
        }
        String lastLine = line.stripTrailing();
        return text.append(lastLine, 0, lastLine.length() - QUOTES.length())
                .toString()
                .strip();
    }
}
