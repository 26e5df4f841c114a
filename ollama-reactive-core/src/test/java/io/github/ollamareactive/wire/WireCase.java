// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/**
 * An exchange of a {@link WireTable}.
 *
 * @param title the title of its case, with the number first if there is one
 * @param ask the name of the call; behind a semicolon, in what the exchange differs from another of its case
 * @param sends the method, the path and the body of the request; null where a case says nothing of it
 * @param answer what the server answers; null in a case about the request alone
 * @param expected what the subscriber gets
 */
record WireCase(
        String title,
        String ask,
        @Nullable String sends,
        @Nullable Answer answer,
        ExpectedEvents expected) {

    /** The exchanges of a table that have an answer, each under each cut. */
    static Stream<Arguments> underEveryCut(String table) {
        List<Chunking> all = EveryCut.Source.cuts().toList();
        return WireTable.read(table).stream()
                .filter(exchange -> exchange.answer != null)
                .flatMap(exchange -> all.stream().map(cuts -> Arguments.of(exchange, cuts)));
    }

    /** The number that a title, or the name of a test, begins with; null if there is none. */
    static @Nullable String numberOf(String title) {
        String word = title.split(" ", 2)[0];
        return word.matches("[WSEFD][0-9]{1,2}") ? word : null;
    }

    /** The name of the call alone. */
    String call() {
        return ask.split("; ")[0];
    }

    /** Makes the call, and compares the request, the events and the error. */
    void run(Chunking cuts) {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> answer.chunking(cuts))) {
            CallResult result = CallResult.of(server, config -> config.retries(0), WireCalls.call(call()));
            expected.assertMatch(result);
            assertThat(server.requests()).hasSize(1);
            ReceivedRequest request = server.requests().get(0);
            if (sends != null) {
                assertThat((request.method() + " " + request.path() + " " + request.body()).strip())
                        .isEqualTo(sends);
            }
        } catch (Throwable e) {
            // Reports name parameterised tests by their index: the message says which exchange it was.
            throw new AssertionError(this + ", " + cuts + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return title + ": " + ask;
    }
}
