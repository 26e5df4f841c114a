// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.input.WrongUsage;
import io.github.ollamareactive.examples.cli.output.ErrorJson;
import io.github.ollamareactive.examples.cli.output.ErrorLine;
import io.github.ollamareactive.examples.cli.output.EventJson;
import io.github.ollamareactive.examples.cli.output.Events;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.View;
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
abstract class ServerCommand<E extends OllamaEvent> implements Callable<Integer> {
    static final int FAILED = 1;
    static final int INTERRUPTED = 130;

    @Mixin
    final CommonOptions common = new CommonOptions();

    final Surroundings surroundings;
    final Output out;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
    }

    /**
     * Reads the options, before any server is asked.
     *
     * @return what makes the call
     * @throws WrongUsage when they can't be
     * @throws IllegalArgumentException when core refuses them, which is wrong usage too
     * @throws UncheckedIOException when a file that they name can't be read, likewise
     */
    abstract Function<Server, Flux<E>> prepare();

    /** How people see the events. */
    abstract View<E> view(Server server);

    /** The bundled recording that is replayed when no server was named and none is there; null where none can stand in. */
    abstract @Nullable String recording();

    /** Refuses a blank name before anything is sent. */
    static String required(String name, String value) {
        if (value.isBlank()) {
            throw new WrongUsage(name + " must not be empty");
        }
        return value;
    }

    /** Called when the call has come to its good end. */
    void succeeded() {}

    @Override
    public final Integer call() {
        OllamaClientConfig config;
        Function<Server, Flux<E>> call;
        try {
            config = common.config(surroundings);
            call = prepare();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
        try (Server server = Server.open(config, common.namesServer(surroundings), recording(), surroundings)) {
            ask(server, call);
            succeeded();
            return 0;
        } catch (RuntimeException e) {
            return failed(Exceptions.unwrap(e));
        }
    }

    /** Makes the call and shows what comes. */
    void ask(Server server, Function<Server, Flux<E>> call) {
        View<E> view = common.events() ? this::showJson : view(server);
        view.show(Flux.defer(() -> call.apply(server)));
    }

    private void showJson(Flux<E> events) {
        Events.forEach(events, event -> out.line(EventJson.of(event).toString()));
    }

    private int failed(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return INTERRUPTED;
        }
        surroundings.err().line(ErrorLine.of(failure));
        if (common.events() && !(failure instanceof Output.Closed)) {
            out.line(ErrorJson.of(failure).toString());
        }
        return FAILED;
    }
}
