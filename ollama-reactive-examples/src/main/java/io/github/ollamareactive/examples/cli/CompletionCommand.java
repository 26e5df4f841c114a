// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.command.Environment;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a script that completes commands and options in a shell."
                + " For bash and zsh: source <(ollama-reactive completion bash)."
                + " For fish: ollama-reactive completion fish | source.")
final class CompletionCommand implements Callable<Integer> {
    /** A shell; the names are those on the command line. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Environment environment;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        // The script for bash also runs in zsh, where it turns on the emulation of bash's completion.
        String script = shell == Shell.fish
                ? FishCompletion.script(program)
                : AutoComplete.bash(program.getCommandName(), program);
        environment.out().print(script);
        environment.out().endLine();
        return CommandLine.ExitCode.OK;
    }
}
