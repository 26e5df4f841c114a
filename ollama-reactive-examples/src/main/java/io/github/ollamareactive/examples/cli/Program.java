// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import io.github.ollamareactive.examples.cli.inference.ChatCommand;
import io.github.ollamareactive.examples.cli.inference.EmbedCommand;
import io.github.ollamareactive.examples.cli.inference.GenerateCommand;
import io.github.ollamareactive.examples.cli.inference.LoadCommand;
import io.github.ollamareactive.examples.cli.inference.StopCommand;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.models.BlobCommand;
import io.github.ollamareactive.examples.cli.models.CpCommand;
import io.github.ollamareactive.examples.cli.models.CreateCommand;
import io.github.ollamareactive.examples.cli.models.ListCommand;
import io.github.ollamareactive.examples.cli.models.PsCommand;
import io.github.ollamareactive.examples.cli.models.PullCommand;
import io.github.ollamareactive.examples.cli.models.PushCommand;
import io.github.ollamareactive.examples.cli.models.RmCommand;
import io.github.ollamareactive.examples.cli.models.ShowCommand;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.server.PingCommand;
import io.github.ollamareactive.examples.cli.server.RecordCommand;
import io.github.ollamareactive.examples.cli.server.ReplayCommand;
import io.github.ollamareactive.examples.cli.server.VersionCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: a table of commands, and what is wrong with what was typed. */
@Command(
        name = "ollama-reactive",
        description = "Talks to an Ollama server. Exit codes: 0; 1 the call failed; 2 wrong usage; 130 interrupted.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        versionProvider = Program.Version.class)
@SuppressWarnings("UnusedVariable") // picocli acts on the fields by itself.
public final class Program {
    private static final int HELP_WIDTH = 100;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show this program's own version.")
    private boolean version;

    private Program() {}

    private static List<Object> commands(Environment surroundings) {
        return List.of(
                new ChatCommand(surroundings),
                new GenerateCommand(surroundings),
                new PullCommand(surroundings),
                new PushCommand(surroundings),
                new CreateCommand(surroundings),
                new ListCommand(surroundings),
                new PsCommand(surroundings),
                new ShowCommand(surroundings),
                new CpCommand(surroundings),
                new RmCommand(surroundings),
                new LoadCommand(surroundings),
                new StopCommand(surroundings),
                new EmbedCommand(surroundings),
                new BlobCommand(surroundings),
                new VersionCommand(surroundings),
                new PingCommand(surroundings),
                new RecordCommand(surroundings),
                new ReplayCommand(surroundings));
    }

    /**
     * Runs a command.
     *
     * @param surroundings the world
     * @param args the command and its options
     * @return the exit code: 0, 1 when the call failed, 2 for wrong usage, 130 when the thread was interrupted
     */
    public static int run(Environment surroundings, String... args) {
        Output err = surroundings.err();
        CommandLine program = new CommandLine(new Program());
        commands(surroundings).forEach(program::addSubcommand);
        program.setOut(writer(surroundings.out()))
                .setErr(writer(err))
                .setColorScheme(Help.defaultColorScheme(surroundings.colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                // A prompt may begin with an @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, typed) -> wrongUsage(err, wrong.getCommandLine(), wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof UsageException) {
                        return wrongUsage(err, command, failure);
                    }
                    err.line(ErrorLine.of(failure));
                    return ExitCodes.FAILED;
                });
        if (args.length == 0) {
            program.usage(program.getErr());
            return CommandLine.ExitCode.USAGE;
        }
        return program.execute(args);
    }

    private static PrintWriter writer(Output output) {
        return new PrintWriter(output.writer(), true);
    }

    private static int wrongUsage(Output err, CommandLine command, Exception wrong) {
        err.line("ollama-reactive: " + wrong.getMessage());
        if (wrong instanceof ParameterException parameter) {
            UnmatchedArgumentException.printSuggestions(parameter, command.getErr());
        }
        err.line("'" + command.getCommandSpec().qualifiedName() + " --help' shows what there is.");
        return CommandLine.ExitCode.USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Program.class.getPackage().getImplementationVersion();
            return new String[] {"ollama-reactive " + (version == null ? "dev" : version)};
        }
    }
}
