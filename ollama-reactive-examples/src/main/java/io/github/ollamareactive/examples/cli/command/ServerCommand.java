// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ErrorJson;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.EventJson;
import io.github.ollamareactive.examples.cli.output.Output;
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
 * The shape of every command that asks a server: options become a call, the call's events are shown. A command says what it
 * sends ({@link #prepare}), how people see it ({@link #view}), and what stands in for the server where there is none
 * ({@link #recording}).
 */
public abstract class ServerCommand<E extends OllamaEvent> implements Callable<Integer> {
    @Mixin
    protected final CommonOptions common = new CommonOptions();

    protected final Environment surroundings;
    protected final Output out;

    protected ServerCommand(Environment surroundings) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
    }

    /**
     * Reads the options, before any server is asked.
     *
     * @return what makes the call
     * @throws UsageException when they can't be
     * @throws IllegalArgumentException when core refuses them, which is wrong usage too
     * @throws UncheckedIOException when a file that they name can't be read, likewise
     */
    protected abstract Function<ServerConnection, Flux<E>> prepare();

    /** How people see the events. */
    protected abstract View<E> view(ServerConnection server);

    /** The bundled recording that is replayed when no server was named and none is there; null where none can stand in. */
    protected abstract @Nullable String recording();

    /** Refuses a blank name before anything is sent. */
    protected static String required(String name, String value) {
        if (value.isBlank()) {
            throw new UsageException(name + " must not be empty");
        }
        return value;
    }

    /** Called when the call has come to its good end. */
    protected void succeeded() {}

    @Override
    public final Integer call() {
        OllamaClientConfig config;
        Function<ServerConnection, Flux<E>> call;
        try {
            config = common.config(surroundings);
            call = prepare();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        try (ServerConnection server =
                ServerConnection.open(config, common.namesServer(surroundings), recording(), surroundings)) {
            ask(server, call);
            succeeded();
            return 0;
        } catch (RuntimeException e) {
            return failed(Exceptions.unwrap(e));
        }
    }

    /** Makes the call and shows what comes. */
    protected void ask(ServerConnection server, Function<ServerConnection, Flux<E>> call) {
        View<E> view = common.events() ? this::showJson : view(server);
        view.show(Flux.defer(() -> call.apply(server)));
    }

    private void showJson(Flux<E> events) {
        BlockingEvents.forEach(events, event -> out.line(EventJson.of(event).toString()));
    }

    private int failed(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return ExitCodes.INTERRUPTED;
        }
        surroundings.err().line(ErrorLine.of(failure));
        if (common.events() && !(failure instanceof Output.Closed)) {
            out.line(ErrorJson.of(failure).toString());
        }
        return ExitCodes.FAILED;
    }
}
