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

/** A slow reader slows the model down by backpressure, and a reader that disconnects stops it. */
final class TokenServiceBackpressureTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String LINE = "{\"model\":\"m\",\"created_at\":\"2026-11-23T08:37:21.983735218Z\","
            + "\"response\":\" again\",\"done\":false}";
    /**
     * The two socket buffers towards the browser, which Linux doubles, hold 64 KiB of events. An event has a quarter of the size of
     * the model's line, so they correspond to 256 KiB of lines. The two buffers towards the model hold 96 KiB of lines, and this
     * process less than 16 KiB. The sum is 368 KiB.
     */
    private static final long MAX_BYTES_WHILE_PAUSED = 512 * 1024;

    private final OllamaTestServer model = OllamaTestServer.start();
    private final OllamaClient ollama =
            OllamaClient.create(TokenService.withSmallBuffer(OllamaClientConfig.fromEnvironment(Map.of()))
                    .baseUrl(model.baseUrl()));
    private final DisposableServer service = new TokenService(ollama, "m").start(0);

    @AfterEach
    void close() {
        service.disposeNow();
        ollama.close();
        model.close();
    }

    private Socket connect(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(TokenService.SOCKET_BUFFER_BYTES);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
        socket.getOutputStream().write(("GET " + path + "?prompt=x HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/ndjson"})
    void pausedReaderBlocksTheModel(String path) throws IOException {
        model.answer("POST", "/api/generate", Answer.endless(LINE));
        try (Socket browser = connect(path)) {
            InputStream in = browser.getInputStream();
            assertThat(in.readNBytes(1000)).hasSize(1000);
            Exchange exchange = model.exchange(0).block(TIMEOUT);
            Long bytesWhilePaused = exchange.stalledFor(Duration.ofMillis(700)).block(TIMEOUT);
            System.out.printf(
                    "%s: after 1,000 bytes read, the model's socket had accepted %,d bytes%n", path, bytesWhilePaused);
            assertThat(bytesWhilePaused).isLessThan(MAX_BYTES_WHILE_PAUSED);

            assertThat(in.readNBytes(300_000)).hasSize(300_000);
            Long bytesLater = exchange.stalledFor(Duration.ofMillis(700)).block(TIMEOUT);
            System.out.printf("%s: after 301,000 bytes read, it had accepted %,d bytes%n", path, bytesLater);
            assertThat(bytesLater).isGreaterThan(300_000);
            browser.close();
            assertThat(exchange.clientGone().block(TIMEOUT)).isNotNull();
        }
    }

    @Test
    void disconnectedReaderStopsTheGeneratingModel() throws IOException {
        model.answer("POST", "/api/generate", Answer.endless(LINE));
        try (Socket browser = connect("/events")) {
            assertThat(browser.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        assertThat(model.exchange(0).flatMap(Exchange::clientGone).block(TIMEOUT))
                .isNotNull();
    }

    @Test
    void disconnectedReaderStopsTheSilentModel() throws IOException {
        model.answer("POST", "/api/generate", Answer.lines(Flux.just(LINE).concatWith(Flux.never())));
        try (Socket browser = connect("/events")) {
            assertThat(browser.getInputStream().readNBytes(200)).hasSize(200);
        }
        assertThat(model.exchange(0).flatMap(Exchange::clientGone).block(TIMEOUT))
                .isNotNull();
    }
}
