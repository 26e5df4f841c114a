// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ErrorJson;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.OutputClosedException;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * The base class of all commands that call a server. It turns the options into a call and displays the events of the call. A
 * subclass defines the call ({@link #prepareCall}) and the display for people ({@link #view}), and may define
 * the recording that replaces a missing server ({@link #recordingName}).
 *
 * @param <E> the events of the call
 */
public abstract class ServerCommand<E extends OllamaEvent> implements Callable<Integer> {
    /** The options that every command has. */
    @Mixin
    protected final CommonOptions common = new CommonOptions();

    /** The environment of the program. */
    protected final Environment environment;

    /** Standard output. */
    protected final Output out;

    /**
     * Creates a command.
     *
     * @param environment the environment of the program
     */
    protected ServerCommand(Environment environment) {
        this.environment = environment;
        this.out = environment.out();
    }

    /**
     * Validates the options and creates the call. Runs before any connection is opened.
     *
     * @return a function that makes the call
     * @throws UsageException if an option is invalid
     * @throws IllegalArgumentException if core rejects a value; reported as invalid usage
     * @throws UncheckedIOException if a file named by an option can't be read; reported as invalid usage
     */
    protected abstract Function<ServerConnection, Flux<E>> prepareCall();

    /**
     * Creates the view that displays the events if {@code --events} is absent.
     *
     * @param server the connection that the call uses
     * @return the view
     */
    protected abstract View<E> view(ServerConnection server);

    /**
     * Names the bundled recording to replay if no server was named and none listens at the default address. Only what generates text
     * has one: whoever asks what is installed, or changes it, must not be told about a server that is not there.
     *
     * @return the name; null if the command needs a server, as most do
     */
    protected @Nullable String recordingName() {
        return null;
    }

    /**
     * Checks that an argument is not blank.
     *
     * @param name the argument's name, for the error message
     * @param value the argument
     * @throws UsageException if the argument is blank
     */
    protected static void requireNonBlank(String name, String value) {
        if (value.isBlank()) {
            throw new UsageException(name + " must not be empty");
        }
    }

    /** Called after the call has completed without an error. */
    protected void onSuccess() {}

    @Override
    public final Integer call() {
        OllamaClientConfig config;
        Function<ServerConnection, Flux<E>> call;
        try {
            config = common.config(environment);
            call = prepareCall();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        boolean namesServer = common.server().namesServer(environment);
        try (ServerConnection server = ServerConnection.open(config, namesServer, recordingName(), environment)) {
            execute(server, call);
            onSuccess();
            return ExitCodes.OK;
        } catch (RuntimeException e) {
            return reportFailure(Exceptions.unwrap(e));
        }
    }

    /**
     * Makes the call and displays its events.
     *
     * @param server the connection to use
     * @param call makes the call
     */
    protected void execute(ServerConnection server, Function<ServerConnection, Flux<E>> call) {
        View<E> view = common.events() ? this::printJson : view(server);
        view.show(Flux.defer(() -> call.apply(server)));
    }

    private void printJson(Flux<E> events) {
        BlockingEvents.forEach(events, event -> out.print(event.toJson() + "\n"));
    }

    private int reportFailure(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return ExitCodes.INTERRUPTED;
        } else if (failure instanceof OutputClosedException closed && closed.isClosedByReader()) {
            return ExitCodes.OUTPUT_CLOSED;
        }
        environment.err().printLine(ErrorLine.of(failure, common.server().advice(environment)));
        if (common.events() && !(failure instanceof OutputClosedException)) {
            out.print(ErrorJson.of(failure) + "\n");
        }
        return ExitCodes.FAILED;
    }
}
