// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What came of a call.
 *
 * @param events the events
 * @param error what ended them; null for a completion
 */
record Outcome(List<Object> events, @Nullable Throwable error) {
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** Waits for the end of a call, and asks for everything. */
    static Outcome of(Flux<?> call) {
        List<Object> events = new ArrayList<>();
        Throwable error = call.doOnNext(events::add)
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block(LIMIT);
        return new Outcome(events, error);
    }

    static Outcome of(
            OllamaTestServer server, UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, Flux<?>> call) {
        try (OllamaClient client = OllamaClient.create(change.apply(config(server)))) {
            return of(call.apply(client));
        }
    }

    static Outcome of(OllamaTestServer server, Function<OllamaClient, Flux<?>> call) {
        return of(server, UnaryOperator.identity(), call);
    }

    /** The same, of a server that has but this answer. */
    static Outcome of(Answer answer, UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> answer)) {
            return of(server, change, call);
        }
    }

    static Outcome of(Answer answer, Function<OllamaClient, Flux<?>> call) {
        return of(answer, UnaryOperator.identity(), call);
    }

    /** Nothing of this machine's environment, and no waits between repetitions. */
    static OllamaClientConfig config(OllamaTestServer server) {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.baseUrl())
                .retryDelay(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    void gives(Object... expected) {
        assertThat(events).containsExactly(expected);
        assertThat(error).isNull();
    }

    <E extends OllamaException> E fails(Class<E> type, Object... before) {
        assertThat(events).containsExactly(before);
        assertThat(error).isInstanceOf(type);
        assertThat(error.getMessage()).isNotBlank();
        E e = type.cast(error);
        assertThat(e.partial().events()).isEqualTo(before.length);
        return e;
    }

    /** A refusal: nothing before it. */
    OllamaException.Status refused(int status, Kind kind, String words) {
        OllamaException.Status e = fails(OllamaException.Status.class);
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.serverMessage()).isEqualTo(words);
        assertThat(e).hasMessageContaining(words).hasMessageContaining(String.valueOf(status));
        return e;
    }

    /** The answer ended too early. */
    OllamaException.Stream incomplete(String partial, int fragmentBytes, Object... before) {
        OllamaException.Stream e = fails(OllamaException.Stream.class, before);
        assertThat(e.serverMessage()).isNull();
        assertThat(e.partial().text()).isEqualTo(partial);
        assertThat(e.fragmentBytes()).isEqualTo(fragmentBytes);
        return e;
    }

    /** The server reported an error in its answer. */
    OllamaException.Stream reported(String words, String partial, Object... before) {
        OllamaException.Stream e = fails(OllamaException.Stream.class, before);
        assertThat(e.serverMessage()).isEqualTo(words);
        assertThat(e.partial().text()).isEqualTo(partial);
        return e;
    }

    OllamaException.Connection disconnected(OllamaException.Connection.Problem problem, Object... before) {
        OllamaException.Connection e = fails(OllamaException.Connection.class, before);
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.getCause()).isNotNull();
        return e;
    }

    OllamaException.Protocol malformed(long line, Object... before) {
        OllamaException.Protocol e = fails(OllamaException.Protocol.class, before);
        assertThat(e.line()).isEqualTo(line);
        return e;
    }
}
