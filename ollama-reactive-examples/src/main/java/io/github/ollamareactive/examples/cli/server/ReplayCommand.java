// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "replay", description = "Run a server that replays recordings, until Ctrl-C; as serve --replay does.")
public final class ReplayCommand extends LocalServerCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder with the recordings. Default: those that the program comes with.")
    private @Nullable Path folder;

    @Mixin
    private AnswerOptions options = new AnswerOptions();

    public ReplayCommand(Environment environment) {
        super(environment);
    }

    @Override
    AutoCloseable start(String host, int port) {
        Recording[] recordings = AnswerOptions.recordings(folder);
        UnaryOperator<Answer> change = options.change(environment);
        ReplayRule[] rules = options.rules();
        return serve(
                host,
                port,
                server -> server.replay(change, recordings).replayBy(rules),
                "Replaying " + recordings.length + " recordings");
    }
}
