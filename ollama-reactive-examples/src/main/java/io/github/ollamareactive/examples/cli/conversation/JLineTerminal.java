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

/** The terminal of this process, with the line editing and the history of JLine. */
public final class JLineTerminal implements ChatTerminal {
    private final Terminal terminal;
    private final LineReader lineReader;
    private final InterruptibleRunner runner = new InterruptibleRunner();

    private JLineTerminal(Terminal terminal) {
        this.terminal = terminal;
        // JLine replaces this handler while it reads a line, so this one only runs between lines.
        terminal.handle(Signal.INT, signal -> runner.interrupt());
        if (terminal instanceof DumbTerminal) {
            // JLine handles no signals for a dumb terminal (TERM=dumb, as in Emacs).
            Signals.register(Signal.INT.name(), runner::interrupt);
        }
        this.lineReader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(new StringsCompleter(SlashCommands.NAMES))
                // Otherwise an exclamation mark would be expanded from the history.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /**
     * Opens the terminal of this process.
     *
     * @return the terminal
     */
    public static ChatTerminal open() {
        try {
            return new JLineTerminal(TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .encoding(StandardCharsets.UTF_8)
                    // Otherwise JLine queries the terminal first and waits, though it may not reply.
                    .graphemeCluster(false)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("can't open the terminal: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable String readLine(String prompt) {
        while (true) {
            try {
                return lineReader.readLine(prompt);
            } catch (EndOfFileException e) {
                return null;
            } catch (UserInterruptException e) {
                // As in a shell, Ctrl-C discards a partial line.
                if (e.getPartialLine().isEmpty()) {
                    return null;
                }
            }
        }
    }

    @Override
    public boolean runInterruptibly(Runnable task) {
        return runner.run(task);
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't restore the terminal: " + e.getMessage(), e);
        }
    }
}
