// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What a test can observe. */
class ExchangeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void requestsAreAvailableAsAFluxAndTheirBodiesAsJson() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RawClient client = new RawClient(server)) {
            client.send(
                            "POST",
                            "/api/chat",
                            "{\"model\":\"m\",\"options\":{\"seed\":7,\"top_p\":0.5},\"stop\":null,"
                                    + "\"messages\":[{\"content\":\"a\"},{\"content\":\"b\"}]}")
                    .receive();
            client.send("POST", "/api/chat", "{").receive();
            StepVerifier.create(server.receivedRequests().take(2))
                    .assertNext(request -> {
                        assertThat(request.json("model")).contains("m");
                        assertThat(request.json("/options"))
                                .contains(Map.of("seed", 7, "top_p", new BigDecimal("0.5")));
                        assertThat(request.json("/messages/1/content")).contains("b");
                        assertThat(request.json("stop")).isEmpty();
                        assertThat(request.json("other")).isEmpty();
                    })
                    .assertNext(request -> assertThat(request.json("model")).isEmpty())
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void aStallIsReportedWithTheBytesAccepted() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.endless("x".repeat(99)));
                RawClient client = new RawClient(server, 16 * 1024).get("/")) {
            Exchange exchange = Objects.requireNonNull(server.exchange(0).block(PATIENCE));
            Long still = exchange.stalledFor(Duration.ofMillis(500)).block(PATIENCE);
            assertThat(still).isPositive().isEqualTo(exchange.bytesAccepted());
            client.disconnect();
            exchange.clientGone().block(PATIENCE);
            StepVerifier.create(exchange.stalledFor(Duration.ofMinutes(1)))
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void manyServersServeInParallel() throws Exception {
        List<OllamaTestServer> servers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                servers.add(OllamaTestServer.start().answer("GET", "/", Answer.json(200, "\"" + i + "\"")));
            }
            List<RawClient> clients = new ArrayList<>();
            for (OllamaTestServer server : servers) {
                clients.add(new RawClient(server).get("/"));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(clients.get(i).receive().body().text()).isEqualTo("\"" + i + "\"");
                assertThat(servers.get(i).requests()).hasSize(1);
                clients.get(i).close();
            }
            assertThat(servers.stream().map(OllamaTestServer::port)).doesNotHaveDuplicates();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("ollama-test-server"))
                    .hasSizeLessThan(5);
        } finally {
            servers.forEach(OllamaTestServer::close);
        }
    }
}
