// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Somebody at the terminal of this process, with JLine's editing and history. */
public final class JLineTerminal implements ChatTerminal {
    private final Terminal terminal;
    private final LineReader reader;
    private final InterruptibleRunner interruption = new InterruptibleRunner();

    private JLineTerminal(Terminal terminal) {
        this.terminal = terminal;
        // While a line is typed JLine has a handler of its own; this one is for the time between.
        terminal.handle(Signal.INT, signal -> interruption.interrupt());
        if (terminal instanceof DumbTerminal) {
            // To JLine this one (TERM=dumb, as in Emacs) has no signals.
            Signals.register(Signal.INT.name(), interruption::interrupt);
        }
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(new StringsCompleter(SlashCommands.NAMES))
                // What is said may have exclamation marks, which would call up history.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /**
     * Takes the terminal.
     *
     * @return who sits there
     */
    public static ChatTerminal open() {
        try {
            return new JLineTerminal(TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .encoding(StandardCharsets.UTF_8)
                    // Else it asks the terminal first, and waits for what may not answer.
                    .graphemeCluster(false)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("can't use the terminal: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable String line(String prompt) {
        while (true) {
            try {
                return reader.readLine(prompt);
            } catch (EndOfFileException e) {
                return null;
            } catch (UserInterruptException e) {
                // As in a shell, it drops what was typed.
                if (e.getPartialLine().isEmpty()) {
                    return null;
                }
            }
        }
    }

    @Override
    public boolean listen(Runnable work) {
        return interruption.during(work);
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't give the terminal back: " + e.getMessage(), e);
        }
    }
}
