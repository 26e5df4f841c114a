// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.junit;

import static io.github.ollamareactive.test.junit.OllamaExtensionTest.failures;
import static io.github.ollamareactive.test.junit.OllamaExtensionTest.run;
import static io.github.ollamareactive.test.junit.OllamaExtensionTest.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Expected;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Which servers tests get, and what is shown when they fail. */
class ExtensionServersTest {

    private static final Queue<OllamaTestServer> SERVERS = new ConcurrentLinkedQueue<>();
    private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void forgetServers() {
        SERVERS.clear();
    }

    private static void expectA(OllamaTestServer server) {
        SERVERS.add(server);
        server.expect(Expected.request("GET", "/a"), Answer.of(200));
    }

    /** All servers are closed, so that their ports answer no more. */
    private static void assertClosed(int number) {
        assertThat(SERVERS).hasSize(number);
        for (OllamaTestServer server : SERVERS) {
            assertThatThrownBy(() -> status(server, "/")).isInstanceOf(IOException.class);
        }
        SERVERS.clear();
    }

    @ExtendWith(OllamaExtension.class)
    static class Constructed {

        private final OllamaTestServer server;

        Constructed(OllamaTestServer server) {
            this.server = server;
            expectA(server);
        }

        @RepeatedTest(8)
        void asks(OllamaTestServer same) throws IOException {
            assertThat(same).isSameAs(server);
            assertThat(status(server, "/a")).isEqualTo(200);
        }

        @Test
        void forgets() {}
    }

    @Test
    void h7ConstructorsInParallelGetOneServerATest() {
        assertThat(failures(run(Constructed.class)))
                .singleElement()
                .asString()
                .startsWith("forgets() java.lang.AssertionError: the requests were not as expected:");
        assertClosed(9);
    }

    @ExtendWith(OllamaExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class ConstructedOnce {

        private final OllamaTestServer server;

        ConstructedOnce(OllamaTestServer server) {
            this.server = server;
            SERVERS.add(server);
            server.expect(Expected.request("GET", "/a").times(9), Answer.of(200));
        }

        @RepeatedTest(8)
        void asks(OllamaTestServer same) throws IOException {
            assertThat(same).isSameAs(server);
            assertThat(status(server, "/a")).isEqualTo(200);
        }
    }

    @Test
    void h7OneInstanceHasOneServer() {
        assertThat(failures(run(ConstructedOnce.class)))
                .singleElement()
                .asString()
                .contains("expected 9 requests, received 8");
        assertClosed(1);
    }

    @ExtendWith(OllamaExtension.class)
    static class FailsByItself {
        @BeforeEach
        void setUp(OllamaTestServer server) {
            expectA(server);
        }

        @Test
        void fails() {
            throw new IllegalStateException("own");
        }

        @Test
        void aborts() {
            Assumptions.abort("not here");
        }
    }

    @ExtendWith(OllamaExtension.class)
    static class FailsBefore {
        @BeforeEach
        void setUp(OllamaTestServer server) {
            expectA(server);
            throw new IllegalStateException("own");
        }

        @Test
        void test() {}
    }

    @ExtendWith(OllamaExtension.class)
    static class FailsAfter {
        @Test
        void test(OllamaTestServer server) {
            expectA(server);
        }

        @AfterEach
        void tearDown() {
            throw new IllegalStateException("own");
        }
    }

    @ExtendWith(OllamaExtension.class)
    static class FailsWithASharedServer {
        @BeforeAll
        static void setUp(OllamaTestServer server) {
            SERVERS.add(server);
            server.expect(Expected.request("GET", "/a").optional(), Answer.of(200));
        }

        @Test
        void fails(OllamaTestServer server) throws IOException {
            assertThat(status(server, "/b")).isEqualTo(501);
            throw new IllegalStateException("own");
        }
    }

    @Test
    void h5TheDifferenceIsInEveryFailure() {
        for (Class<?> tests : new Class<?>[] {FailsByItself.class, FailsBefore.class, FailsAfter.class}) {
            TestExecutionSummary summary = run(tests);
            assertThat(summary.getFailures()).singleElement().satisfies(failure -> {
                assertThat(failure.getException()).hasMessage("own");
                assertThat(failure.getException().getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("GET /a: expected at least 1 request, received 0");
            });
            assertThat(summary.getTestsAbortedCount()).isEqualTo(tests == FailsByItself.class ? 1 : 0);
            assertClosed(tests == FailsByItself.class ? 2 : 1);
        }
    }

    @Test
    void h5TheDifferenceOfASharedServerIsInTheFailure() {
        assertThat(run(FailsWithASharedServer.class).getFailures()).anySatisfy(failure -> {
            assertThat(failure.getException()).hasMessage("own");
            assertThat(failure.getException().getSuppressed())
                    .singleElement()
                    .asString()
                    .contains("no answer for GET /b");
        });
        assertClosed(1);
    }

    static class Fields {

        @RegisterExtension
        static final OllamaExtension OLLAMA = OllamaExtension.with(SERVERS::add);

        @RepeatedTest(8)
        void asks(OllamaTestServer server) throws IOException {
            assertThat(OLLAMA.server()).isSameAs(server);
            assertThat(OLLAMA.baseUrl()).isEqualTo(server.baseUrl());
            OLLAMA.server().expect(Expected.request("GET", "/a"), Answer.of(200));
            assertThat(status(server, "/a")).isEqualTo(200);
        }

        @Nested
        class Inner {
            @Test
            void asks() throws IOException {
                OLLAMA.server().expect(Expected.request("GET", "/a"), Answer.of(200));
                assertThat(status(OLLAMA.server(), "/a")).isEqualTo(200);
            }
        }
    }

    @Test
    void h14TheExtensionGivesItsServers() {
        assertThat(failures(run(Fields.class))).isEmpty();
        assertClosed(9);
        assertThatThrownBy(Fields.OLLAMA::baseUrl)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs no test");
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static class InTurn {

        @RegisterExtension
        static final OllamaExtension OLLAMA =
                OllamaExtension.with(server -> server.answer("GET", "/up", Answer.of(204)));

        private final String baseUrl = OLLAMA.baseUrl();

        @BeforeEach
        void setUp() {
            SERVERS.add(OLLAMA.server());
            PORTS.add(OLLAMA.server().port());
            assertThat(OLLAMA.server().requests()).isEmpty();
            assertThat(OLLAMA.server().baseUrl()).isEqualTo(baseUrl);
        }

        @RepeatedTest(3)
        void asks() throws IOException {
            OLLAMA.server().expect(Expected.request("GET", "/a").times(1), Answer.of(200));
            assertThat(status(OLLAMA.server(), "/a")).isEqualTo(200);
            assertThat(status(OLLAMA.server(), "/up")).isEqualTo(204);
        }

        @Test
        void forgets() {
            OLLAMA.server().expect(Expected.request("GET", "/b"), Answer.of(200));
        }
    }

    @Test
    void h14AnAddressAskedForBeforeTheTestsStaysAndIsVerifiedAfterEach() {
        PORTS.clear();
        assertThat(failures(run(InTurn.class)))
                .singleElement()
                .asString()
                .startsWith("forgets() ")
                .contains("GET /b: expected at least 1 request, received 0");
        assertThat(PORTS).hasSize(1);
        assertClosed(4);
    }

    @ExtendWith(OllamaExtension.class)
    static class Several {
        @Test
        void test(
                OllamaTestServer main,
                @ServerName("other") OllamaTestServer other,
                @ServerName("other") OllamaTestServer again)
                throws IOException {
            expectA(main);
            expectA(other);
            assertThat(again).isSameAs(other).isNotSameAs(main);
            assertThat(status(main, "/a")).isEqualTo(200);
        }
    }

    @Test
    void h14ATestHasSeveralServersAndAllAreVerified() {
        assertThat(failures(run(Several.class)))
                .singleElement()
                .asString()
                .contains("GET /a: expected at least 1 request, received 0");
        assertClosed(2);
    }
}
