// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Expected;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs nested test classes with a launcher of its own. */
class OllamaExtensionTest {

    private static final Queue<OllamaTestServer> SERVERS = new ConcurrentLinkedQueue<>();

    static int status(OllamaTestServer server, String path) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static TestExecutionSummary run(Class<?> tests) {
        SERVERS.clear();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        return summary.getSummary();
    }

    static List<String> failures(TestExecutionSummary summary) {
        return summary.getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName() + " " + failure.getException())
                .toList();
    }

    private static void assertAllClosed() {
        for (OllamaTestServer server : SERVERS) {
            try {
                status(server, "/");
                throw new AssertionError("still open: " + server.port());
            } catch (ConnectException e) {
                // As it should be.
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ExtendWith(OllamaExtension.class)
    static class EachItsOwn {

        private int port;

        @BeforeEach
        void setUp(OllamaTestServer ollama) {
            SERVERS.add(ollama);
            port = ollama.port();
            ollama.expect(Expected.request("GET", "/a"), Answer.of(200));
        }

        @Test
        void first(OllamaTestServer ollama) throws IOException {
            assertThat(ollama.port()).isEqualTo(port);
            assertThat(status(ollama, "/a")).isEqualTo(200);
        }

        @Test
        void second(OllamaTestServer ollama) throws IOException {
            assertThat(status(ollama, "/a")).isEqualTo(200);
        }

        @Test
        void third() {}
    }

    @Test
    void everyTestHasItsOwnServerWhichIsVerifiedAndClosed() {
        assertThat(failures(run(EachItsOwn.class)))
                .singleElement()
                .asString()
                .startsWith("third() java.lang.AssertionError: the requests were not as expected:")
                .contains("GET /a: expected at least 1 request, received 0");
        assertThat(SERVERS).hasSize(3).doesNotHaveDuplicates();
        assertAllClosed();
    }

    @ExtendWith(OllamaExtension.class)
    static class OneForAll {

        @BeforeAll
        static void setUp(OllamaTestServer ollama) {
            SERVERS.add(ollama);
            ollama.expect(Expected.request("GET", "/a").times(2), Answer.of(200));
        }

        @Test
        void first(OllamaTestServer ollama) throws IOException {
            assertThat(status(ollama, "/a")).isEqualTo(200);
            assertThat(SERVERS).containsExactly(ollama);
        }

        @Test
        void second(OllamaTestServer ollama) throws IOException {
            assertThat(status(ollama, "/a")).isEqualTo(200);
            assertThat(SERVERS).containsExactly(ollama);
        }
    }

    @Test
    void aServerOfBeforeAllIsSharedByAllTests() {
        TestExecutionSummary summary = run(OneForAll.class);
        assertThat(failures(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertAllClosed();
    }

    static class Registered {

        @RegisterExtension
        static final OllamaExtension OLLAMA =
                OllamaExtension.with(server -> server.expect(Expected.request("GET", "/a"), Answer.of(204)));

        @Test
        void fails(OllamaTestServer ollama) {
            SERVERS.add(ollama);
            throw new IllegalStateException("its own reason");
        }

        @Test
        void passes(OllamaTestServer ollama) throws IOException {
            SERVERS.add(ollama);
            assertThat(status(ollama, "/a")).isEqualTo(204);
        }
    }

    @Test
    void aFailingTestKeepsItsOwnFailure() {
        assertThat(failures(run(Registered.class)))
                .containsExactly("fails(OllamaTestServer) java.lang.IllegalStateException: its own reason");
        assertAllClosed();
    }
}
