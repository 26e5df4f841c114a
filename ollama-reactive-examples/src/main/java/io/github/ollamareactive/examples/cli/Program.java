// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import io.github.ollamareactive.examples.cli.inference.ChatCommand;
import io.github.ollamareactive.examples.cli.inference.EmbedCommand;
import io.github.ollamareactive.examples.cli.inference.GenerateCommand;
import io.github.ollamareactive.examples.cli.inference.LoadCommand;
import io.github.ollamareactive.examples.cli.inference.StopCommand;
import io.github.ollamareactive.examples.cli.inference.StoryCommand;
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
import io.github.ollamareactive.examples.cli.output.HelpWriter;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.OutputClosedException;
import io.github.ollamareactive.examples.cli.server.PingCommand;
import io.github.ollamareactive.examples.cli.server.RecordCommand;
import io.github.ollamareactive.examples.cli.server.ReplayCommand;
import io.github.ollamareactive.examples.cli.server.ServeCommand;
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

/** The command line program: registers the commands and reports invalid usage. */
@Command(
        name = "ollama-reactive",
        description = "Command line client of an Ollama server. Exit codes: 0 success, 1 the call failed,"
                + " 2 invalid usage, 130 interrupted, 141 the output was closed.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        versionProvider = Program.Version.class)
@SuppressWarnings("UnusedVariable") // picocli handles these two options itself.
public final class Program {
    /** Wider than any line: {@link HelpWriter} wraps them, because picocli breaks URLs and needs 55 columns. */
    private static final int HELP_WIDTH = 10_000;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of this program.")
    private boolean version;

    private Program() {}

    private static List<Object> commands(Environment environment) {
        return List.of(
                new ChatCommand(environment),
                new GenerateCommand(environment),
                new PullCommand(environment),
                new PushCommand(environment),
                new CreateCommand(environment),
                new ListCommand(environment),
                new PsCommand(environment),
                new ShowCommand(environment),
                new CpCommand(environment),
                new RmCommand(environment),
                new LoadCommand(environment),
                new StopCommand(environment),
                new EmbedCommand(environment),
                new StoryCommand(environment),
                new BlobCommand(environment),
                new VersionCommand(environment),
                new PingCommand(environment),
                new ServeCommand(environment),
                new RecordCommand(environment),
                new ReplayCommand(environment),
                new CompletionCommand(environment),
                new HelpCommand());
    }

    /**
     * Runs a command.
     *
     * @param environment what the program reads from and writes to
     * @param args the command and its options
     * @return the exit code, one of {@link ExitCodes}
     */
    public static int run(Environment environment, String... args) {
        try {
            return execute(environment, args);
        } catch (OutputClosedException e) {
            return reportClosed(environment.err(), e);
        }
    }

    private static int reportClosed(Output err, OutputClosedException failure) {
        if (failure.isClosedByReader()) {
            return ExitCodes.OUTPUT_CLOSED;
        }
        try {
            err.printLine(ErrorLine.of(failure, ""));
        } catch (OutputClosedException e) {
            // Standard error can't be written either: there is nobody to tell.
        }
        return ExitCodes.FAILED;
    }

    private static int execute(Environment environment, String... args) {
        Output err = environment.err();
        CommandLine program = new CommandLine(new Program());
        commands(environment).forEach(program::addSubcommand);
        HelpWriter help = new HelpWriter(environment.out());
        program.setOut(new PrintWriter(help, true))
                .setErr(new PrintWriter(new HelpWriter(err), true))
                .setColorScheme(Help.defaultColorScheme(environment.allowsColours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                // A prompt may begin with an @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(
                        (exception, arguments) -> reportUsage(err, exception.getCommandLine(), exception))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof UsageException) {
                        return reportUsage(err, command, exception);
                    } else if (exception instanceof OutputClosedException closed) {
                        return reportClosed(err, closed);
                    }
                    err.printLine(ErrorLine.of(exception, ""));
                    return ExitCodes.FAILED;
                });
        if (args.length == 0) {
            program.usage(program.getErr());
            return ExitCodes.USAGE;
        }
        int exitCode = program.execute(args);
        help.throwFailure();
        return exitCode;
    }

    private static int reportUsage(Output err, CommandLine command, Exception exception) {
        err.printLine("ollama-reactive: " + exception.getMessage());
        if (exception instanceof ParameterException parameterException) {
            UnmatchedArgumentException.printSuggestions(parameterException, command.getErr());
        }
        err.printLine("Run '" + command.getCommandSpec().qualifiedName() + " --help' for usage.");
        return ExitCodes.USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Program.class.getPackage().getImplementationVersion();
            return new String[] {"ollama-reactive " + (version == null ? "dev" : version)};
        }
    }
}
