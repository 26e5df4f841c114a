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
import io.github.ollamareactive.wire.CallResult;
import io.github.ollamareactive.wire.Eventually;
import io.github.ollamareactive.wire.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every fault of the test server, as the typed error that a caller gets, with what had arrived before. */
final class TestServerFaultsTest {
    private static final Answer ANSWER = Answer.tokens("Blue", " sky", ".");
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private OllamaClientConfig config() {
        return CallResult.config(server).retries(0).maxLineBytes(50_000);
    }

    private static Flux<GenerationEvent> chat(OllamaClient client) {
        return client.chat(ChatRequest.of("m", Message.user("Why?")));
    }

    private static void assertError(CallResult result, String error, String partial) {
        OllamaException thrown = result.error(OllamaException.class);
        assertThat(described(thrown)).isEqualTo(error);
        assertThat(thrown.partial().text()).isEqualTo(partial);
    }

    private static String described(OllamaException error) {
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

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Fault.resetAt(200), "Connection RESET", "Blue"),
                Arguments.of(Fault.resetBeforeHeaders(), "Connection RESET", ""),
                Arguments.of(Fault.closeAt(200), "Connection CUT", "Blue"),
                Arguments.of(Fault.closeBeforeHeaders(), "Connection CUT", ""),
                Arguments.of(Fault.endAfter(2), "Stream", "Blue sky"),
                Arguments.of(Fault.endAt(200), "Stream", "Blue"),
                Arguments.of(Fault.malformedLineAfter(2), "Protocol 3", "Blue sky"),
                Arguments.of(Fault.oversizedLineAfter(1, 60_000), "Protocol 2", "Blue"),
                Arguments.of(Fault.errorLineAfter(2, "out of memory"), "Stream out of memory", "Blue sky"),
                Arguments.of(Fault.htmlPage(502), "Status SERVER_ERROR 502", ""),
                Arguments.of(Fault.redirect(307, "http://elsewhere/"), "Status REDIRECT 307", ""),
                Arguments.of(Fault.rateLimited(Duration.ofSeconds(7)), "Status RATE_LIMITED 429", ""),
                Arguments.of(Fault.flaky(1, Errors.overloaded()), "Status OVERLOADED 503", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsAnErrorOfItsType(Fault fault, String error, String partial) {
        server.answer("POST", "/api/chat", ANSWER.with(fault));
        try (OllamaClient client = OllamaClient.create(config())) {
            assertError(CallResult.of(chat(client)), error, partial);
        }
    }

    static Stream<Arguments> stalls() {
        return Stream.of(
                Arguments.of(Fault.stallBeforeHeaders(), 0, "Timeout FIRST_EVENT", ""),
                Arguments.of(Fault.stallBeforeHeaders(Duration.ofHours(1)), 0, "Timeout FIRST_EVENT", ""),
                Arguments.of(Fault.stallBeforeFirstLine(), 0, "Timeout FIRST_EVENT", ""),
                Arguments.of(Fault.stallAfter(2), 2, "Timeout IDLE", "Blue sky"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalls")
    void aStallIsATimeout(Fault fault, int eventsBefore, String error, String partial) {
        server.answer("POST", "/api/chat", ANSWER.with(fault));
        List<Object> arrived = new CopyOnWriteArrayList<>();
        try (VirtualTime time = VirtualTime.stopped();
                OllamaClient client =
                        OllamaClient.create(config().firstEventTimeout(LIMIT).idleTimeout(LIMIT))) {
            CallResult result = time.passUntilTheEndOf(
                    chat(client).doOnNext(arrived::add),
                    LIMIT,
                    () -> server.requests().size() == 1 && arrived.size() == eventsBefore);
            assertError(result, error, partial);
        }
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
    void aHarmlessFaultIsNoError(Fault fault) {
        server.answer("POST", "/api/chat", ANSWER.with(fault));
        try (OllamaClient client = OllamaClient.create(config().retries(2))) {
            for (int call = 0; call < 2; call++) {
                // A connection that is killed behind the answer is stale for the next call, which replaces it.
                CallResult result = CallResult.of(chat(client));
                assertThat(result.error()).isNull();
                assertThat(result.events()).hasSize(4);
            }
        }
    }

    @Test
    void aServerThatIsKilledAndListensAgainIsFoundAgain() {
        server.answer("POST", "/api/chat", ANSWER);
        OpenConnections open = new OpenConnections();
        try (OllamaClient client = OllamaClient.create(open.observe(config()))) {
            assertThat(CallResult.of(chat(client)).events()).last().isInstanceOf(GenerationEvent.Done.class);
            server.kill();
            Eventually.until("the client knows that its connection is closed", () -> open.count() == 0);
            assertError(CallResult.of(chat(client)), "Connection REFUSED", "");
            server.listen();
            assertThat(CallResult.of(chat(client)).events()).last().isInstanceOf(GenerationEvent.Done.class);
        }
    }
}
