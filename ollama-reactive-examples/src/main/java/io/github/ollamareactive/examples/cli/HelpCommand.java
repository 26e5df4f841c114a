// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.input.UsageException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Show the help of the program or of a command.")
final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command. Default: the program.")
    private @Nullable String command;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        CommandLine subject =
                command == null ? program : program.getSubcommands().get(command);
        if (subject == null) {
            throw new UsageException("there is no command '" + command + "'");
        }
        subject.usage(program.getOut());
        return CommandLine.ExitCode.OK;
    }
}
