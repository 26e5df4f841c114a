// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import io.github.ollamareactive.examples.cli.conversation.JLineTerminal;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.test.Pace;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that the program sees of the world, so that a test can be the world.
 *
 * @param environment variables by name
 * @param in standard input
 * @param inIsTerminal whether a person types there
 * @param out standard output
 * @param err standard error
 * @param defaultHost where a server is looked for when none is named
 * @param replayPace how fast the embedded server answers
 * @param clock tells how long ago something was
 * @param person opens the terminal for who types there
 */
public record Environment(
        Map<String, String> environment,
        InputStream in,
        boolean inIsTerminal,
        Output out,
        Output err,
        String defaultHost,
        Pace replayPace,
        Clock clock,
        Supplier<ChatTerminal> person) {

    /** Set by the launcher: which of the descriptors 0, 1 and 2 are terminals, which Java can't tell. Without it, none is. */
    private static final String TERMINALS = "ollama-reactive.terminals";

    /**
     * The surroundings of this process.
     *
     * @return the real ones
     */
    public static Environment ofProcess() {
        String terminals = System.getProperty(TERMINALS, "");
        return new Environment(
                System.getenv(),
                System.in,
                terminals.contains("0"),
                new Output(new FileOutputStream(FileDescriptor.out), terminals.contains("1")),
                new Output(new FileOutputStream(FileDescriptor.err), terminals.contains("2")),
                "http://127.0.0.1:11434",
                Pace.recorded(),
                Clock.systemUTC(),
                JLineTerminal::open);
    }

    /** Whether standard output may have colours: <a href="https://no-color.org">NO_COLOR</a> says no, whatever its value. */
    public boolean colours() {
        String none = environment.get("NO_COLOR");
        return out.isTerminal() && (none == null || none.isEmpty());
    }

    /**
     * A variable that says something.
     *
     * @param name the variable
     * @return its value; null when it isn't set or blank
     */
    public @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
