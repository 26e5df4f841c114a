// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The events of a call, and the error that ended them.
 *
 * @param events the events
 * @param error the error; null for a completion
 */
public record CallResult(List<Object> events, @Nullable Throwable error) {
    /** When a test that waits for something gives up. */
    public static final Duration LIMIT = Duration.ofSeconds(50);

    /** Requests everything, and gives the result when the call has ended. */
    public static Mono<CallResult> when(Flux<?> call) {
        return Mono.defer(() -> {
            List<Object> events = new ArrayList<>();
            return call.doOnNext(CallResult::assertStorable)
                    .doOnNext(events::add)
                    .then(Mono.<Throwable>empty())
                    .onErrorResume(Mono::just)
                    .map(error -> new CallResult(events, error))
                    .switchIfEmpty(Mono.fromSupplier(() -> new CallResult(events, null)));
        });
    }

    /** Every event of every test goes to JSON and back. */
    private static void assertStorable(Object event) {
        if (event instanceof OllamaEvent original) {
            Class<? extends OllamaEvent> family = Arrays.stream(event.getClass().getInterfaces())
                    .filter(OllamaEvent.class::isAssignableFrom)
                    .findFirst()
                    .orElseThrow()
                    .asSubclass(OllamaEvent.class);
            if (event instanceof ModelEvent) {
                family = original.getClass(); // installed and loaded models have one name
            }
            JsonObject json = (JsonObject) JsonValue.parse(original.toJson().toString());
            OllamaEvent back = OllamaEvent.fromJson(json, family);
            if (!back.equals(original)) {
                throw new AssertionError("stored as " + json + ", " + original + " came back as " + back);
            }
        }
    }

    /** Requests everything, and waits for the end of the call. */
    public static CallResult of(Flux<?> call) {
        return when(call).block(LIMIT);
    }

    /** The same, by a client of its own. */
    public static CallResult of(
            OllamaTestServer server, UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, Flux<?>> call) {
        try (OllamaClient client = OllamaClient.create(change.apply(config(server)))) {
            return of(call.apply(client));
        }
    }

    /** The same, by a client of its own that has no settings. */
    public static CallResult of(OllamaTestServer server, Function<OllamaClient, Flux<?>> call) {
        return of(server, UnaryOperator.identity(), call);
    }

    /** The same, from a server that has but this answer. */
    public static CallResult of(
            Answer answer, UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> answer)) {
            return of(server, change, call);
        }
    }

    /** The same, by a client that has no settings. */
    public static CallResult of(Answer answer, Function<OllamaClient, Flux<?>> call) {
        return of(answer, UnaryOperator.identity(), call);
    }

    /** A configuration that doesn't read this machine's environment, and that repeats calls without delay. */
    public static OllamaClientConfig config(OllamaTestServer server) {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.baseUrl())
                .retryDelay(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    public void assertCompleted(Object... expected) {
        assertThat(events).as("ended with %s", error).containsExactly(expected);
        assertThat(error).isNull();
    }

    /** The error, of the type that is expected. */
    public <E extends OllamaException> E error(Class<E> type) {
        assertThat(error).isInstanceOf(type);
        assertThat(error.getMessage()).isNotBlank();
        E typed = type.cast(error);
        assertThat(typed.partial().events()).isEqualTo(events.size());
        return typed;
    }

    public <E extends OllamaException> E assertFailed(Class<E> type, Object... before) {
        assertThat(events).containsExactly(before);
        return error(type);
    }

    public OllamaException.Status assertRefused(int status, Kind kind, String words) {
        OllamaException.Status refusal = assertFailed(OllamaException.Status.class);
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.serverMessage()).isEqualTo(words);
        assertThat(refusal).hasMessageContaining(words).hasMessageContaining(String.valueOf(status));
        return refusal;
    }

    /** The answer ended before its last record. */
    public OllamaException.Stream assertIncomplete(String partial, int fragmentBytes, Object... before) {
        OllamaException.Stream incomplete = assertFailed(OllamaException.Stream.class, before);
        assertThat(incomplete.serverMessage()).isNull();
        assertThat(incomplete.partial().text()).isEqualTo(partial);
        assertThat(incomplete.fragmentBytes()).isEqualTo(fragmentBytes);
        return incomplete;
    }

    /** The server reported an error in its answer. */
    public OllamaException.Stream assertReported(String words, String partial, Object... before) {
        OllamaException.Stream reported = assertFailed(OllamaException.Stream.class, before);
        assertThat(reported.serverMessage()).isEqualTo(words);
        assertThat(reported.partial().text()).isEqualTo(partial);
        return reported;
    }

    public OllamaException.Connection assertDisconnected(OllamaException.Connection.Problem problem, Object... before) {
        OllamaException.Connection disconnected = assertFailed(OllamaException.Connection.class, before);
        assertThat(disconnected.problem()).isEqualTo(problem);
        assertThat(disconnected.getCause()).isNotNull();
        return disconnected;
    }

    public OllamaException.Protocol assertMalformed(long line, Object... before) {
        OllamaException.Protocol malformed = assertFailed(OllamaException.Protocol.class, before);
        assertThat(malformed.line()).isEqualTo(line);
        return malformed;
    }
}
