// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.test.Pace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The program as a reader of the pages runs it: in a shell, where both outputs go to one place, and without an Ollama. */
public final class PageProgram {
    private final ByteArrayOutputStream output;
    private final int columns;
    private final Supplier<ChatTerminal> terminal;

    /** The program in a shell that shows what was printed to a page. */
    public PageProgram() {
        this(new ByteArrayOutputStream(), 0, () -> new ScriptedTerminal(new ArrayDeque<>()));
    }

    /** The program on a terminal that shows both outputs. */
    public PageProgram(ByteArrayOutputStream output, int columns, Supplier<ChatTerminal> terminal) {
        this.output = output;
        this.columns = columns;
        this.terminal = terminal;
    }

    /** Runs a command until it ends. */
    public int run(List<String> args) {
        Environment environment = new Environment(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                true,
                new Output(output, columns > 0, () -> columns),
                new Output(output, columns > 0, () -> columns),
                TestProgram.UNREACHABLE_URL,
                columns > 0 ? Pace.scaled(0.05) : Pace.atOnce(),
                Clock.systemUTC(),
                terminal);
        return Program.run(environment, args.toArray(String[]::new));
    }

    /** What both outputs have got so far; the address that was tried is the one that a reader's program tries. */
    public String output() {
        return output.toString(UTF_8).replace(TestProgram.UNREACHABLE_URL, "http://127.0.0.1:11434");
    }
}
