// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import io.github.ollamareactive.examples.cli.conversation.JLineTerminal;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.TerminalWidth;
import io.github.ollamareactive.test.Pace;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the program reads from or writes to outside of its own process, so that tests can replace it.
 *
 * @param variables environment variables by name
 * @param in standard input
 * @param inIsTerminal whether standard input is a terminal
 * @param out standard output
 * @param err standard error
 * @param defaultBaseUrl the server to try if none is named
 * @param replayPace the timing of replayed recordings
 * @param clock the current time
 * @param terminal opens the terminal for an interactive conversation
 */
public record Environment(
        Map<String, String> variables,
        InputStream in,
        boolean inIsTerminal,
        Output out,
        Output err,
        String defaultBaseUrl,
        Pace replayPace,
        Clock clock,
        Supplier<ChatTerminal> terminal) {

    /**
     * System property that the launcher sets: which of the file descriptors 0, 1 and 2 are terminals. Java can't detect this
     * itself. If it is missing, none is assumed to be a terminal.
     */
    private static final String TERMINALS = "ollama-reactive.terminals";

    /**
     * The environment of this process.
     *
     * @return its variables, standard streams and terminal
     */
    public static Environment ofProcess() {
        String terminals = System.getProperty(TERMINALS, "");
        IntSupplier width = new TerminalWidth();
        return new Environment(
                System.getenv(),
                System.in,
                terminals.contains("0"),
                new Output(new FileOutputStream(FileDescriptor.out), terminals.contains("1"), width),
                new Output(new FileOutputStream(FileDescriptor.err), terminals.contains("2"), width),
                "http://127.0.0.1:11434",
                Pace.recorded(),
                Clock.systemUTC(),
                JLineTerminal::open);
    }

    /**
     * Whether standard output may contain colours.
     *
     * @return true for a terminal, unless <a href="https://no-color.org">NO_COLOR</a> is set and not empty
     */
    public boolean allowsColours() {
        String noColor = variables.get("NO_COLOR");
        return out.isTerminal() && (noColor == null || noColor.isEmpty());
    }

    /**
     * Reads an environment variable.
     *
     * @param name the variable's name
     * @return its value; null if it is not set or blank
     */
    public @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
