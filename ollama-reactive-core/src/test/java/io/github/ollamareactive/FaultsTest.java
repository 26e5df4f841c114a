// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.OllamaTestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every fault of the test server, as the typed error that a caller gets, with what had arrived before. */
final class FaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Answer ANSWER = Answer.tokens("Blue", " sky", ".");

    private final OllamaTestServer server = OllamaTestServer.start();
    private final OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
            .baseUrl(server.baseUrl())
            .retries(0)
            .firstEventTimeout(Duration.ofSeconds(1))
            .idleTimeout(Duration.ofSeconds(1))
            .maxLineBytes(50_000));

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static Arguments gives(Fault fault, String error, String partial) {
        return Arguments.of(fault, error, partial);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                gives(Fault.resetAt(200), "Connection RESET", "Blue"),
                gives(Fault.resetBeforeHeaders(), "Connection RESET", ""),
                gives(Fault.closeAt(200), "Connection CUT", "Blue"),
                gives(Fault.closeBeforeHeaders(), "Connection CUT", ""),
                gives(Fault.endAfter(2), "Stream", "Blue sky"),
                gives(Fault.endAt(200), "Stream", "Blue"),
                gives(Fault.stallBeforeHeaders(), "Timeout FIRST_EVENT", ""),
                gives(Fault.stallBeforeHeaders(Duration.ofHours(1)), "Timeout FIRST_EVENT", ""),
                gives(Fault.stallBeforeFirstLine(), "Timeout FIRST_EVENT", ""),
                gives(Fault.stallAfter(2), "Timeout IDLE", "Blue sky"),
                gives(Fault.malformedLineAfter(2), "Protocol 3", "Blue sky"),
                gives(Fault.oversizedLineAfter(1, 60_000), "Protocol 2", "Blue"),
                gives(Fault.errorLineAfter(2, "out of memory"), "Stream out of memory", "Blue sky"),
                gives(Fault.htmlPage(502), "Status SERVER_ERROR 502", ""),
                gives(Fault.redirect(307, "http://elsewhere/"), "Status REDIRECT 307", ""),
                gives(Fault.rateLimited(Duration.ofSeconds(7)), "Status RATE_LIMITED 429", ""),
                gives(Fault.flaky(1, Errors.overloaded()), "Status OVERLOADED 503", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isTheErrorThatItShouldBe(Fault fault, String error, String partial) {
        server.answer("POST", "/api/chat", ANSWER.with(fault));
        Throwable thrown = chat().then().materialize().block(LIMIT).getThrowable();
        assertThat(thrown).isInstanceOf(OllamaException.class);
        assertThat(words((OllamaException) thrown)).isEqualTo(error);
        assertThat(((OllamaException) thrown).partial().text()).isEqualTo(partial);
    }

    private Flux<GenerationEvent> chat() {
        return client.chat(ChatRequest.of("m", Message.user("Why?")));
    }

    private static String words(OllamaException error) {
        if (error instanceof OllamaException.Status status) {
            return "Status " + status.kind() + " " + status.status();
        }
        if (error instanceof OllamaException.Connection connection) {
            return "Connection " + connection.problem();
        }
        if (error instanceof OllamaException.Timeout timeout) {
            return "Timeout " + timeout.phase();
        }
        if (error instanceof OllamaException.Protocol protocol) {
            return "Protocol " + protocol.line();
        }
        String said = ((OllamaException.Stream) error).serverMessage();
        return said == null ? "Stream" : "Stream " + said;
    }

    static Stream<Fault> harmless() {
        return Stream.of(
                Fault.contentType("text/plain"),
                Fault.drip(Duration.ofMillis(1)),
                Fault.lineAfter(1, ""),
                Fault.stallAfter(1, Duration.ofMillis(20)),
                Fault.oversizedLineAfter(4, 2_000),
                Fault.closeWithoutTerminator(),
                Fault.closeAfterwards());
    }

    /** What a client must put up with; what comes after {@code done} does not matter. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void isNoError(Fault fault) {
        server.answer("POST", "/api/chat", ANSWER.with(fault));
        for (int call = 0; call < 2; call++) {
            // A connection that is killed behind the answer is stale for the next call, which replaces it.
            List<GenerationEvent> events = client.with(c -> c.retries(2))
                    .chat(ChatRequest.of("m", Message.user("Why?")))
                    .collectList()
                    .block(LIMIT);
            assertThat(events).hasSize(4);
        }
    }

    @Test
    void refusedAndKilledAndBack() {
        server.answer("POST", "/api/chat", ANSWER);
        assertThat(chat().blockLast(LIMIT)).isInstanceOf(GenerationEvent.Done.class);
        server.kill();
        Throwable thrown = chat().then().materialize().block(LIMIT).getThrowable();
        assertThat(words((OllamaException) thrown)).isEqualTo("Connection REFUSED");
        server.listen();
        assertThat(chat().blockLast(LIMIT)).isInstanceOf(GenerationEvent.Done.class);
    }
}
