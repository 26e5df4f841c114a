// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;

/** A browser's slowness and its leaving reach the model. */
final class TokenServiceFlowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LINE = "{\"model\":\"m\",\"created_at\":\"2026-11-23T08:37:21.983735218Z\","
            + "\"response\":\" again\",\"done\":false}";
    /**
     * The two buffers towards the browser, which Linux doubles, hold 64 KiB of events, and an event is a quarter of the model's line;
     * the two towards the model hold 96 KiB of lines, and this process less than 16 KiB. Together 368 KiB.
     */
    private static final long BOUND = 512 * 1024;

    private final OllamaTestServer model = OllamaTestServer.start();
    private final OllamaClient ollama = OllamaClient.create(
            TokenService.small(OllamaClientConfig.fromEnvironment(Map.of())).baseUrl(model.baseUrl()));
    private final DisposableServer service = new TokenService(ollama, "m").start(0);

    @AfterEach
    void close() {
        service.disposeNow();
        ollama.close();
        model.close();
    }

    private Socket reader(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(TokenService.SOCKET_BUFFER);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
        socket.getOutputStream().write(("GET " + path + "?prompt=x HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/ndjson"})
    void aReaderThatStopsReadingStopsTheModel(String path) throws IOException {
        model.answer("POST", "/api/generate", Answer.endless(LINE));
        try (Socket browser = reader(path)) {
            InputStream in = browser.getInputStream();
            assertThat(in.readNBytes(1000)).hasSize(1000);
            Exchange exchange = model.exchange(0).block(PATIENCE);
            Long blocked = exchange.stalledFor(Duration.ofMillis(700)).block(PATIENCE);
            System.out.printf("%s: after 1,000 bytes read, the model's socket took %,d bytes%n", path, blocked);
            assertThat(blocked).isLessThan(BOUND);

            assertThat(in.readNBytes(300_000)).hasSize(300_000);
            Long later = exchange.stalledFor(Duration.ofMillis(700)).block(PATIENCE);
            System.out.printf("%s: after 301,000 bytes read, it took %,d bytes%n", path, later);
            assertThat(later).isGreaterThan(300_000);
            browser.close();
            assertThat(exchange.clientGone().block(PATIENCE)).isNotNull();
        }
    }

    @Test
    void aReaderThatLeavesStopsTheModelInFullFlow() throws IOException {
        model.answer("POST", "/api/generate", Answer.endless(LINE));
        try (Socket browser = reader("/events")) {
            assertThat(browser.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        assertThat(model.exchange(0).flatMap(Exchange::clientGone).block(PATIENCE))
                .isNotNull();
    }

    @Test
    void aReaderThatLeavesStopsTheModelWhileItIsSilent() throws IOException {
        model.answer("POST", "/api/generate", Answer.lines(Flux.just(LINE).concatWith(Flux.never())));
        try (Socket browser = reader("/events")) {
            assertThat(browser.getInputStream().readNBytes(200)).hasSize(200);
        }
        assertThat(model.exchange(0).flatMap(Exchange::clientGone).block(PATIENCE))
                .isNotNull();
    }
}
