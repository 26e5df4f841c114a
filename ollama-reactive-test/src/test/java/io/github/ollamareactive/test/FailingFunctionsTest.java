// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Assertions and other failures inside of the functions that a test hands to the server. */
class FailingFunctionsTest {

    private static Answer fail(ReceivedRequest request) {
        throw new AssertionError("expected seed 7");
    }

    private static Answer overflow(ReceivedRequest request) {
        throw new StackOverflowError();
    }

    static Stream<Arguments> h6AFailingFunctionFailsTheTest() {
        return Stream.<UnaryOperator<OllamaTestServer>>of(
                        server -> server.answer("GET", "/", Answer.to(FailingFunctionsTest::fail)),
                        server -> server.answer("GET", "/", Answer.to(FailingFunctionsTest::overflow)),
                        server -> server.expect(
                                Expected.request("GET", "/").optional(), Answer.to(FailingFunctionsTest::fail)),
                        server -> server.expect(
                                Expected.request("GET", "/").optional().that("seed", request -> {
                                    throw new AssertionError("expected seed 7");
                                }),
                                Answer.of(200)),
                        server -> server.otherwise(FailingFunctionsTest::fail),
                        server -> server.otherwise(request -> Answer.of(200).with(answer -> fail(request))),
                        server -> server.otherwise(request -> {
                            throw new IllegalStateException("expected seed 7");
                        }))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource
    void h6AFailingFunctionFailsTheTest(UnaryOperator<OllamaTestServer> setUp) throws Exception {
        try (OllamaTestServer server = setUp.apply(OllamaTestServer.start());
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.get("/").receive();
            assertThat(response.head().status()).isEqualTo(500);
            assertThat(response.body().text()).contains("failed for GET /: ");
            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("failed for GET /: ")
                    .cause()
                    .isInstanceOfAny(AssertionError.class, StackOverflowError.class, IllegalStateException.class);
        }
    }

    /** It was not asked for an answer. */
    @Test
    void h6AConditionBehindTheAnswerFailsNothing() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.request("GET", "/"), Answer.of(200))
                        .expect(
                                Expected.request("GET", "/").optional().that("seed", request -> {
                                    throw new AssertionError();
                                }),
                                Answer.of(201));
                RawClient client = new RawClient(server)) {
            assertThat(client.get("/").receive().head().status()).isEqualTo(200);
            assertThatCode(server::verify).doesNotThrowAnyException();
        }
    }

    @Test
    void h6ManyFailuresAreCounted() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start();
                RawClient client = new RawClient(server)) {
            for (int i = 0; i < 150; i++) {
                client.get("/").receive();
            }
            assertThatThrownBy(server::verify).hasMessageEndingWith("\n  and 50 more such requests");
        }
    }
}
