// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Servers that refuse connections, die, restart and close. */
class ServerLifecycleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void newConnectionsAreRefusedAndOpenOnesStay() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(204));
                RawClient there = new RawClient(server)) {
            assertThat(there.get("/").receive().head().status()).isEqualTo(204);
            server.refuse().refuse();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            assertThat(there.get("/").receive().head().status()).isEqualTo(204);
            server.listen().listen();
            try (RawClient next = new RawClient(server)) {
                assertThat(next.get("/").receive().head().status()).isEqualTo(204);
            }
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void aKilledServerClosesItsConnectionsAndCanRestart() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.ndjson("a").thenSilence(), Answer.of(204));
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            client.readChunk();
            int port = server.port();
            server.kill();
            assertThat(client.read()).isEqualTo(-1);
            assertThat(server.openConnections()).isZero();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            StepVerifier.create(server.exchange(0).flatMap(Exchange::finished))
                    .expectErrorMessage("the test server was closed")
                    .verify(PATIENCE);

            server.listen();
            assertThat(server.port()).isEqualTo(port);
            try (RawClient next = new RawClient(server)) {
                assertThat(next.get("/").receive().head().status()).isEqualTo(204);
            }
            StepVerifier.create(server.exchange(1).flatMap(Exchange::finished))
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void closingEndsAllExchangesAndFreesThePort() throws Exception {
        OllamaTestServer first =
                OllamaTestServer.start().answer("GET", "/", Answer.ndjson("a").thenSilence());
        int port = first.port();
        try (RawClient client = new RawClient(first).get("/")) {
            client.readHead();
            client.readChunk();
            Exchange exchange = Objects.requireNonNull(first.exchange(0).block(PATIENCE));

            first.close();
            first.close();

            assertThatThrownBy(client::readChunk).isInstanceOf(EOFException.class);
            assertThat(first.openConnections()).isZero();
            StepVerifier.create(exchange.clientGone()).expectComplete().verify(PATIENCE);
            StepVerifier.create(exchange.finished())
                    .expectErrorMessage("the test server was closed")
                    .verify(PATIENCE);
            StepVerifier.create(first.exchanges())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(first.exchange(1))
                    .expectError(IndexOutOfBoundsException.class)
                    .verify(PATIENCE);
            assertThatThrownBy(() -> new RawClient(first)).isInstanceOf(IOException.class);
        }
        try (OllamaTestServer second = OllamaTestServer.start(port).otherwise(request -> Answer.of(204));
                RawClient client = new RawClient(second)) {
            assertThat(second.baseUrl()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(client.get("/").receive().head().status()).isEqualTo(204);
        }
    }

    @Test
    void h1AClosedServerIsClosed() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RawClient first = new RawClient(server)) {
            assertThat(first.get("/").receive().head().status()).isEqualTo(200);
            server.refuse().listen();
            assertThat(server.openConnections()).isEqualTo(1);
            server.kill();
            assertThat(first.read()).isEqualTo(-1);
            server.close();
            assertThat(server.openConnections()).isZero();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void h1EveryWayToClosedIsForEver() throws Exception {
        for (UnaryOperator<OllamaTestServer> way : List.<UnaryOperator<OllamaTestServer>>of(
                server -> server,
                server -> server.refuse(),
                server -> server.kill(),
                server -> server.kill().listen(),
                server -> server.refuse().listen().refuse(),
                server -> server.kill().refuse().kill().listen().refuse().listen())) {
            OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
            try (RawClient client = new RawClient(server)) {
                client.get("/").receive();
                way.apply(server).close();
                assertThatThrownBy(() -> client.get("/").receive()).isInstanceOf(IOException.class);
                assertThatThrownBy(server::listen)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("is closed");
                server.refuse().kill().close();
                assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void aServerCanBeClosedFromItsOwnEventLoop() throws Exception {
        OllamaTestServer server = OllamaTestServer.start();
        server.otherwise(request -> {
            server.close();
            return Answer.of(200);
        });
        try (RawClient client = new RawClient(server).get("/")) {
            assertThatThrownBy(client::readHead).isInstanceOf(IOException.class);
        }
        StepVerifier.create(server.exchanges())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }
}
